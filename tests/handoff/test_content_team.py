"""The content desk: what the knowledge service says, with what shoppers asked and said of it."""

import json

import httpx
import pytest

from tests.handoff.conftest import running

FAULT = {
    "code": "dead_link",
    "line": 12,
    "message": "The link leads nowhere.",
    "remedy": "Mend or remove it.",
    "level": "warning",
}
PAGE = {
    "path": "refunds/how-long.md",
    "title": "How long you have",
    "url": "/help/returns",
    "category": "refunds",
    "updated": "2026-02-01",
    "passages": 4,
    "draft": False,
    "faults": [FAULT],
}
SIDE = {"verdict": "unknown", "probability": 0.1}


class FakeKnowledge:
    """Answers like the knowledge service, and remembers what it was asked."""

    def __init__(self):
        self.asked = {}
        self.answers = {"/pages": {"pages": [PAGE]}, "/drafts": {"path": "drafts/x.md"}, "/asked-as": {"path": "a.md"}}

    def __call__(self, request):
        body = json.loads(request.content) if request.content else None
        self.asked[request.url.path] = body
        if request.url.path == "/clusters":
            ids = [q["id"] for q in body["questions"]]
            return httpx.Response(
                200, json={"clusters": [{"name": "wet tents", "members": ids, "answered": 0, "closed": False}]}
            )
        answer = self.answers.get(request.url.path)
        return httpx.Response(404) if answer is None else answer_with(answer)


def answer_with(answer):
    return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)


@pytest.fixture
def knowledge():
    return FakeKnowledge()


@pytest.fixture
async def bridge(sqlite_url, knowledge):
    async with running(sqlite_url, inner=httpx.MockTransport(knowledge)) as started:
        yield started


async def helped(bridge, helpful):
    shopper = await bridge.shopper()
    await shopper.say("how long do I have?")
    await bridge.settled()
    answer = next(e for e in await shopper.events() if e.get("answer"))
    await shopper.post("feedback", {"seq": answer["seq"], "helpful": helpful})
    await bridge.settled()
    return shopper, answer


async def test_pages_with_their_faults_and_what_they_did(bridge, knowledge):
    editor = await bridge.agent("Ed", role="content")
    _, answer = await helped(bridge, helpful=True)
    knowledge.answers["/pages"] = {"pages": [{**PAGE, "url": answer["answer"]["url"].split("#")[0]}]}
    [page] = (await editor.http.get("/api/v1/content/pages")).json()["pages"]
    assert page["faults"] == [FAULT]
    assert (page["helpful"], page["unhelpful"]) == (1, 0)
    assert page["answered"] >= 1


async def test_the_questions_that_a_page_answered(bridge):
    editor = await bridge.agent("Ed", role="content")
    shopper, answer = await helped(bridge, helpful=False)
    url = answer["answer"]["url"]

    async def of(address):
        answers = await editor.http.get("/api/v1/content/answered", params={"url": address})
        return answers.json()["answers"]

    found = await of(url)
    assert {(a["question"], a["conversation_id"]) for a in found} == {("how long do I have?", shopper.id)}
    assert [a["helpful"] for a in found if a["helpful"] is not None] == [False]
    assert await of(url.split("#")[0]) == found
    assert await of("/help/another") == []
    agent = await bridge.agent("Sam")
    assert (await agent.http.get("/api/v1/content/answered", params={"url": url})).status_code == 403


async def test_a_gap_gathers_questions_and_counts_them_by_week(bridge, knowledge):
    editor = await bridge.agent("Ed", role="content")
    assert (await editor.http.get("/api/v1/content/gaps")).json() == {"gaps": []}
    assert "/clusters" not in knowledge.asked
    await helped(bridge, helpful=False)
    [gap] = (await editor.http.get("/api/v1/content/gaps")).json()["gaps"]
    assert (gap["name"], gap["count"], gap["closed"]) == ("wet tents", 1, False)
    assert gap["per_week"] == [0, 0, 0, 1]
    assert (gap["questions"][0]["text"], gap["questions"][0]["reason"]) == ("how long do I have?", "unhelpful")


async def test_an_answer_that_an_agent_calls_wrong_becomes_a_gap(bridge):
    robin, editor = await bridge.agent(), await bridge.agent("Ed", role="content")
    shopper = await bridge.shopper()
    await shopper.say("how long do I have?")
    await bridge.settled()
    answer = next(e for e in await shopper.events() if e.get("answer"))

    async def call_wrong(seq):
        body = {"conversation_id": shopper.id, "seq": seq}
        return await robin.http.post("/api/v1/content/wrong", json=body, headers=robin.csrf)

    assert (await call_wrong(answer["seq"])).status_code == 200
    [gap] = (await editor.http.get("/api/v1/content/gaps")).json()["gaps"]
    assert gap["questions"][0]["reason"] == "wrong"
    assert (await call_wrong(1)).status_code == 404


async def test_an_address_that_cannot_be_read_hides_no_page(bridge, knowledge):
    editor = await bridge.agent("Ed", role="content")
    knowledge.answers["/pages"] = {"pages": [{**PAGE, "url": "http://[x/help"}, PAGE]}
    seen = (await editor.http.get("/api/v1/content/pages")).json()
    assert [page["url"] for page in seen["pages"]] == ["http://[x/help", PAGE["url"]]
    answered = await editor.http.get("/api/v1/content/answered", params={"url": "http://[x/help"})
    assert (answered.status_code, answered.json()) == (200, {"answers": []})


async def test_the_questions_of_the_last_weeks_are_asked_of_both_states(bridge, knowledge):
    editor = await bridge.agent("Ed", role="content")
    for _ in range(2):
        shopper = await bridge.shopper()
        await shopper.say("How long do I have?")
        await bridge.settled()
    change = {"kind": "lost", "question": "How long do I have?", "before": SIDE, "after": SIDE}
    knowledge.answers["/diff"] = {"counts": {"lost": 1}, "changes": [change]}
    seen = (await editor.http.post("/api/v1/content/diff", json={}, headers=editor.csrf)).json()
    assert knowledge.asked["/diff"] == {"questions": ["How long do I have?"]}
    assert (seen["asked"], seen["changes"][0]["kind"]) == (1, "lost")


async def test_drafts_and_asked_as_are_written_by_the_service(bridge, knowledge):
    editor, robin = await bridge.agent("Ed", role="content"), await bridge.agent()
    draft = {"title": "Wet tents", "category": "products", "text": "Dry it first.", "questions": ["my tent is wet"]}
    assert (await robin.http.post("/api/v1/content/drafts", json=draft, headers=robin.csrf)).json() == {
        "path": "drafts/x.md"
    }
    assert knowledge.asked["/drafts"] == draft
    attach = {"passage_id": "p1", "question": "my tent is wet"}
    assert (await editor.http.post("/api/v1/content/asked-as", json=attach, headers=editor.csrf)).status_code == 200
    refused = await robin.http.post("/api/v1/content/asked-as", json=attach, headers=robin.csrf)
    assert refused.status_code == 403


async def test_what_the_service_refuses_is_told_in_its_words(bridge, knowledge):
    editor = await bridge.agent("Ed", role="content")
    words = "There is a page with this title already."
    knowledge.answers["/drafts"] = httpx.Response(409, json={"error": {"code": "exists", "message": words}})
    draft = {"title": "Wet tents", "category": "products"}
    refused = await editor.http.post("/api/v1/content/drafts", json=draft, headers=editor.csrf)
    assert refused.status_code == 422
    assert refused.json()["error"]["message"] == words


@pytest.mark.parametrize("answer", [httpx.Response(500), httpx.Response(200, json={"nothing": 1}), None])
async def test_a_service_that_cannot(bridge, knowledge, answer):
    editor = await bridge.agent("Ed", role="content")
    knowledge.answers["/pages"] = answer
    failed = await editor.http.get("/api/v1/content/pages")
    assert (failed.status_code, failed.json()["error"]["code"]) == (503, "knowledge_unavailable")


async def test_a_preview_is_asked_for_by_path_and_nothing_else(bridge, knowledge):
    editor = await bridge.agent("Ed", role="content")
    passages = [{"heading": "How long", "anchor": "how-long", "text": "60 days."}]
    knowledge.answers["/preview"] = {"title": "Returns", "url": "/help/returns", "passages": passages, "faults": []}

    async def preview(body):
        return await editor.http.post("/api/v1/content/preview", json=body, headers=editor.csrf)

    assert (await preview({"path": "returns.md"})).json()["passages"] == passages
    assert knowledge.asked["/preview"] == {"path": "returns.md"}
    for body in ({}, {"path": ""}, {"path": "a.md", "markdown": "# A"}):
        assert (await preview(body)).status_code == 422


async def test_a_service_that_says_what_was_not_agreed_is_not_understood(bridge, knowledge):
    editor = await bridge.agent("Ed", role="content")
    knowledge.answers["/pages"] = {"pages": [{**PAGE, "words": 310}]}
    assert (await editor.http.get("/api/v1/content/pages")).status_code == 503


@pytest.mark.parametrize("path", ["pages", "gaps"])
async def test_agents_do_not_tend_the_pages(bridge, path):
    robin = await bridge.agent()
    assert (await robin.http.get(f"/api/v1/content/{path}")).status_code == 403
    assert (await bridge.client().get(f"/api/v1/content/{path}")).status_code == 401
