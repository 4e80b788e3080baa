"""What use suggests is accepted, refused and undone; harm to held-out questions is said, and kept out."""

import json

import httpx
import pytest

from handoff.engine import EngineReply
from handoff.wire import Confirmed, EngineMessage, TurnReport
from tests.handoff.conftest import running
from tests.handoff.fakes import ANSWER, FakeEngine

PASSAGE, OTHER = "returns.md#how-long", "returns.md#how"
QUESTION = "how long to return"
SECTION = {"page_title": "Returns", "heading": "How long", "url": "/returns#how-long"}
FINE, WORSE = {"asked": 40, "before": 30, "after": 31}, {"asked": 40, "before": 30, "after": 28}
DAY_S = 86_400


class Assistant(FakeEngine):
    """Shows a passage, and with “took” before a text says that the shopper has just taken it for these words."""

    def reply(self, turn):
        text = turn.text.removeprefix("took ")
        passage = OTHER if "gas" in text else PASSAGE
        confirmed = Confirmed(kind="choice", question=text, passage_id=passage) if text != turn.text else None
        answer = ANSWER.model_copy(update={"passage_id": passage})
        report = TurnReport(
            intent="ask",
            intent_confidence=0.9,
            verdict="likely",
            passage_ids=[passage],
            question=text,
            confirmed=confirmed,
        )
        return EngineReply((EngineMessage(text="Here:", answer=answer),), None, report)


class FakeKnowledge:
    """A folder of pages: what sections are asked, what is gone, and what the next trial says."""

    def __init__(self):
        self.asked_as, self.gone, self.refused, self.trial, self.calls = [], set(), set(), FINE, []

    def __call__(self, request):
        body, path = json.loads(request.content), request.url.path
        self.calls.append((path, body))
        if path == "/learnable":
            return httpx.Response(200, json={"pairs": [self.told(pair) for pair in body["pairs"]]})
        if path == "/trial":
            return httpx.Response(200, json=self.trial)
        if path == "/taught":
            owed = [
                {"id": one["id"], "accepted": number}
                for one in body["answers"]
                for number, pair in enumerate(body["accepted"])
                if pair["question"] == one["question"]
            ]
            return httpx.Response(200, json={"answers": owed})
        if body["question"] in self.refused:
            return httpx.Response(409, json={"error": {"code": "x", "message": "Edit it by hand."}})
        pair = (body["passage_id"], body["question"])
        self.asked_as = [one for one in self.asked_as if one != pair] + [pair] * (path == "/asked-as")
        return httpx.Response(200, json={"path": "returns.md"})

    def told(self, pair):
        question = pair["question"].replace(" …", "")
        listed = question in [one for _, one in self.asked_as]
        standing = "gone" if pair["passage_id"] in self.gone else "listed" if listed else "new"
        return {"standing": standing, "question": question, **SECTION}


@pytest.fixture
def knowledge():
    return FakeKnowledge()


@pytest.fixture
async def bridge(database_url, knowledge):
    async with running(database_url, engine=Assistant(), inner=httpx.MockTransport(knowledge)) as started:
        yield started


@pytest.fixture
async def editor(bridge):
    return await bridge.agent("Ed", role="content")


async def take(bridge, *texts):
    """In each of two conversations a heading is taken for each text."""
    for _ in range(2):
        shopper = await bridge.shopper()
        for text in texts:
            await shopper.say(f"took {text}")
            await bridge.settled()


async def look(editor):
    return (await editor.http.get("/api/v1/content/learned")).json()


async def do(editor, verb, keys=None):
    body = None if keys is None else {"keys": keys}
    return await editor.http.post(f"/api/v1/content/learned/{verb}", json=body, headers=editor.csrf)


async def keys_of(editor):
    return [one["key"] for one in (await look(editor))["suggestions"]]


async def deeds(bridge):
    entries = await bridge.context.store.audit.entries()
    return [(one.action, one.detail) for one in entries if one.action.startswith("lessons")]


async def test_what_two_shoppers_took_is_suggested_with_its_reason(bridge, editor):
    shopper = await bridge.shopper()
    await shopper.say(f"took {QUESTION}")
    await bridge.settled()
    assert (await look(editor)) == {"suggestions": [], "accepted": []}
    await take(bridge, f"{QUESTION} 482913")
    await take(bridge, QUESTION)
    [one] = (await look(editor))["suggestions"]
    assert (one["question"], one["heading"], one["passage_id"]) == (QUESTION, "How long", PASSAGE)
    assert (one["conversations"], one["reason"]) == (5, "5 shoppers took this heading; last on 2 March 2026.")


async def test_what_is_asked_already_or_gone_is_not_suggested(bridge, editor, knowledge):
    await take(bridge, QUESTION, "gas back")
    knowledge.asked_as, knowledge.gone = [("another.md", QUESTION)], {OTHER}
    assert await keys_of(editor) == []


async def test_an_accepted_one_stands_in_its_page_until_it_is_undone(bridge, editor, knowledge):
    await take(bridge, QUESTION, "gas back")
    [first, _] = (await look(editor))["suggestions"]
    done = (await do(editor, "accept", [first["key"]])).json()
    assert done == {"keys": [first["key"]], "not_done": [], "held_out": FINE, "harmful": False, "undone": False}
    assert knowledge.asked_as == [(first["passage_id"], first["question"])]
    seen = await look(editor)
    assert [one["key"] for one in seen["suggestions"]] != [first["key"]]
    [accepted] = seen["accepted"]
    assert (accepted["question"], accepted["heading"]) == (first["question"], "Returns: How long")

    assert (await do(editor, "undo", [first["key"]])).json() == {"keys": [first["key"]], "not_done": []}
    assert knowledge.asked_as == []
    assert (await look(editor))["accepted"] == []
    assert first["key"] not in await keys_of(editor)
    assert (await do(editor, "undo", [first["key"]])).status_code == 404
    assert await deeds(bridge) == [("lessons_undone", {"count": 1}), ("lessons_accepted", {"count": 1, **FINE})]


async def test_a_refused_one_is_remembered_without_its_words(bridge, editor, knowledge):
    await take(bridge, QUESTION)
    [key] = await keys_of(editor)
    assert (await do(editor, "refuse", [key])).json() == {"keys": [key]}
    await take(bridge, "HOW LONG, to return?")
    assert await look(editor) == {"suggestions": [], "accepted": []}
    assert (await do(editor, "refuse", [key])).status_code == 404
    assert (await do(editor, "accept", [key])).status_code == 404
    assert await deeds(bridge) == [("lessons_refused", {"count": 1})]
    assert await bridge.context.store.lessons.decided() == {key}
    assert knowledge.asked_as == []


async def test_harm_is_reported_and_offered_for_undo(bridge, editor, knowledge):
    await take(bridge, QUESTION)
    knowledge.trial = WORSE
    done = (await do(editor, "accept", await keys_of(editor))).json()
    assert (done["harmful"], done["undone"], done["held_out"]) == (True, False, WORSE)
    assert (await do(editor, "undo", done["keys"])).status_code == 200
    assert knowledge.asked_as == []


async def test_all_at_once_is_all_or_with_harm_none(bridge, editor, knowledge):
    await take(bridge, QUESTION, "gas back")
    knowledge.trial = WORSE
    done = (await do(editor, "accept-all")).json()
    assert (done["harmful"], done["undone"], done["keys"]) == (True, True, [])
    assert knowledge.asked_as == []
    assert len(await keys_of(editor)) == 2
    knowledge.trial = FINE
    assert len((await do(editor, "accept-all")).json()["keys"]) == 2
    assert sorted(knowledge.asked_as) == [(OTHER, "gas back"), (PASSAGE, QUESTION)]
    assert (await do(editor, "accept-all")).status_code == 404
    assert [action for action, _ in await deeds(bridge)] == ["lessons_accepted", "lessons_undone"]


async def test_a_page_that_cannot_be_edited_is_told_and_stays_suggested(bridge, editor, knowledge):
    await take(bridge, QUESTION, "gas back")
    knowledge.refused = {QUESTION}
    done = (await do(editor, "accept-all")).json()
    [left] = await keys_of(editor)
    assert done["not_done"] == [{"key": left, "question": QUESTION, "why": "Edit it by hand."}]
    assert len(done["keys"]) == 1
    knowledge.refused = {"gas back"}
    assert (await do(editor, "undo", done["keys"])).json()["not_done"][0]["why"] == "Edit it by hand."
    assert [one["key"] for one in (await look(editor))["accepted"]] == done["keys"]


async def test_the_answers_that_this_weeks_chats_taught(bridge, editor):
    await take(bridge, QUESTION)
    bridge.clock.pass_s(60)
    await do(editor, "accept-all")

    async def taught():
        return (await editor.http.get("/api/v1/content/learned/taught")).json()

    # What was answered before is owed to nobody.
    assert ((await taught())["answered"], (await taught())["taught"]) == (2, 0)
    bridge.clock.pass_s(60)
    shopper = await bridge.shopper()
    for text in (QUESTION, "something else"):
        await shopper.say(text)
        await bridge.settled()
    told = await taught()
    assert (told["answered"], told["taught"]) == (4, 1)
    [answer] = told["answers"]
    assert (answer["conversation_id"], answer["question"], answer["asked_as"]) == (shopper.id, QUESTION, QUESTION)
    bridge.clock.pass_s(8 * DAY_S)
    editor = await bridge.agent("Lea", role="lead")
    assert (await editor.http.get("/api/v1/content/learned/taught")).json()["taught"] == 0


async def test_what_was_confirmed_goes_with_its_conversation(bridge, editor):
    await take(bridge, QUESTION)
    one, _ = await bridge.context.store.confirmations.since(bridge.clock())
    await bridge.context.erasure.erase([one.conversation_id], who="test")
    assert await keys_of(editor) == []


async def test_it_is_for_the_content_team(bridge, editor):
    robin = await bridge.agent()
    assert (await robin.http.get("/api/v1/content/learned")).status_code == 403
    assert (await do(robin, "accept-all")).status_code == 403
    for body in ([], ["nonsense"]):
        assert (await do(editor, "accept", body)).status_code == 422
