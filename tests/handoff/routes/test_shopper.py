"""A shopper over HTTP: what is accepted, what is refused, and what they then see."""

import asyncio

import pytest

from handoff.engine import EngineReply
from handoff.wire import EngineMessage, TurnReport
from tests.handoff.conftest import running
from tests.handoff.fakes import FakeEngine

PAGE = {"url": "https://shop.example/products/tent", "title": "Tent", "sku": "FF-TNT-2P"}


async def test_a_question_is_answered_with_its_source(either_bridge):
    shopper = await either_bridge.shopper(PAGE)
    assert await shopper.say("how long do I have?") == 1
    await either_bridge.settled()
    asked, answered = await shopper.events()
    assert (asked["seq"], asked["from"], asked["text"]) == (1, "shopper", "how long do I have?")
    assert (answered["seq"], answered["from"]) == (2, "bot")
    assert answered["answer"]["url"].startswith("/help/")
    assert either_bridge.engine.turns[0].page == PAGE


async def test_the_same_client_id_again_gives_the_same_seq(either_bridge):
    shopper = await either_bridge.shopper()
    first = await shopper.say("hello", client_id="one")
    assert await shopper.say("hello", client_id="one") == first
    assert (
        await asyncio.gather(*(shopper.say("twice", client_id="two") for _ in range(5)))
        == [await shopper.say("twice", client_id="two")] * 5
    )
    await either_bridge.settled()
    assert await shopper.texts("shopper") == ["hello", "twice"]


async def test_messages_sent_at_once_are_numbered_without_gaps(either_bridge):
    shopper = await either_bridge.shopper()
    seqs = await asyncio.gather(*(shopper.say(f"number {n}") for n in range(20)))
    assert len(set(seqs)) == 20
    await either_bridge.settled()
    events = await shopper.events()
    assert [e["seq"] for e in events] == list(range(1, 41))


async def test_reading_on_from_a_seq(bridge):
    shopper = await bridge.shopper()
    await shopper.say("hello")
    await bridge.settled()
    assert [e["seq"] for e in await shopper.events(after=1)] == [2]
    assert await shopper.events(after=2) == []
    assert await shopper.events(after=2**53 - 1) == []


async def test_a_long_poll_ends_with_the_first_event(bridge):
    shopper = await bridge.shopper()
    waiting = asyncio.create_task(shopper.read(after=0, wait=20))
    await asyncio.sleep(0)
    await shopper.say("hello")
    assert (await asyncio.wait_for(waiting, 5))["events"][0]["text"] == "hello"


async def test_asking_for_a_person_gives_a_place_and_a_brief(either_bridge):
    shopper, agent = await either_bridge.shopper(PAGE), await either_bridge.agent()
    await shopper.say("unknown: is the zip metal?")
    await either_bridge.settled()
    answer = await shopper.post("request-human")
    assert answer.json()["state"] == "waiting"
    state, told, place = (await shopper.events())[-3:]
    assert (state["type"], state["state"], state["reason"]) == ("state", "waiting", "asked")
    assert "number 1" in told["text"]
    assert (place["type"], place["position"]) == ("queue", 1)
    assert place["wait_low_s"] < place["wait_high_s"]
    (line,) = await agent.queue()
    assert line["wants"] == "unknown: is the zip metal?"
    assert line["page"]["sku"] == "FF-TNT-2P"
    brief = (await agent.transcript(shopper))["brief"]
    assert brief["tried"] == [
        {
            "question": "unknown: is the zip metal?",
            "page_title": None,
            "heading": None,
            "url": None,
            "probability": None,
        }
    ]
    assert brief["entities"] == {"place": ["Norway"]}
    assert brief["signals"][0]["name"] == "asked_for_person"


async def test_asking_again_changes_nothing(bridge):
    shopper = await bridge.shopper()
    first = (await shopper.post("request-human")).json()
    assert (await shopper.post("request-human")).json() == first


async def test_going_back_to_the_assistant(bridge):
    shopper = await bridge.shopper()
    await shopper.post("request-human")
    assert (await shopper.post("withdraw")).json()["state"] == "bot"
    assert (await shopper.post("withdraw")).status_code == 200
    await shopper.say("hello again")
    await bridge.settled()
    assert (await shopper.texts("bot")) == ["echo hello again"]


async def test_feedback_and_rating_are_part_of_the_story(bridge):
    shopper = await bridge.shopper()
    await shopper.say("hello")
    await bridge.settled()
    assert (await shopper.post("feedback", {"seq": 2, "helpful": True})).status_code == 200
    assert (await shopper.post("feedback", {"seq": 2, "helpful": True})).status_code == 200
    assert (await shopper.post("rating", {"score": 4, "comment": "fine"})).status_code == 200
    kinds = [e["type"] for e in await shopper.events()]
    assert kinds == ["message", "message", "feedback", "rating"]


async def test_a_thumbs_down_reaches_the_assistant_and_never_fails_anybody(bridge):
    shopper = await bridge.shopper()
    await shopper.say("hello")
    await bridge.settled()
    await shopper.post("feedback", {"seq": 2, "helpful": False})
    await bridge.settled()
    assert bridge.engine.turns[-1].payload == '/feedback_negative{"passage": "returns#how-long"}'
    assert (await shopper.events())[-1]["from"] == "bot"


@pytest.mark.parametrize("seq", [1, 3, 99])
async def test_feedback_is_about_an_answer(bridge, seq):
    shopper = await bridge.shopper()
    await shopper.say("hello")
    await bridge.settled()
    await shopper.post("request-human")
    refused = await shopper.post("feedback", {"seq": seq, "helpful": True})
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "seq")


async def test_a_choice_is_stored_by_its_label_and_passed_on_by_its_payload(bridge):
    shopper = await bridge.shopper()
    await shopper.say("which one")
    await bridge.settled()
    await shopper.say("/choose{}")
    await bridge.settled()
    assert await shopper.texts("shopper") == ["which one", "Tents"]
    assert bridge.engine.turns[-1].payload == "/choose{}"


async def test_a_label_typed_counts_as_pressed(bridge):
    shopper = await bridge.shopper()
    await shopper.say("which one")
    await bridge.settled()
    await shopper.say("a person")
    await bridge.settled()
    assert bridge.engine.turns[-1].payload == "/request_human"


async def test_a_payload_that_was_never_offered_is_only_text(bridge):
    shopper = await bridge.shopper()
    await shopper.say("/request_human")
    await bridge.settled()
    assert bridge.engine.turns[-1].payload is None


async def test_card_numbers_are_never_stored(bridge):
    shopper = await bridge.shopper()
    await shopper.say("I paid with 4111 1111 1111 1111")
    await bridge.settled()
    assert "4111 1111" not in str(await shopper.events())
    assert "4111 1111" not in bridge.engine.turns[0].text


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        ("  \n\t ", "text_empty"),
        ("\0\0", "text_empty"),
        ("x" * 10_001, "text_too_long"),
        (None, "invalid_field"),
        (7, "invalid_field"),
    ],
)
async def test_text_that_is_refused(bridge, text, code):
    shopper = await bridge.shopper()
    refused = await shopper.post("messages", {"client_id": "x", "text": text})
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == code
    assert refused.json()["error"]["field"] == "text"
    assert await shopper.events() == []


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("be\0fore", "before"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("مرحبا، أين طلبي؟ \u202eabc", "مرحبا، أين طلبي؟ \u202eabc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("👩‍👩‍👧 x" * 10, "👩‍👩‍👧 x" * 10),
        ("x" * 4_000, "x" * 4_000),
    ],
)
async def test_text_that_is_kept(either_bridge, text, stored):
    shopper = await either_bridge.shopper()
    await shopper.say(text)
    assert (await shopper.events())[0]["text"] == stored


async def raw(shopper, content, verb="messages"):
    headers = {"Authorization": f"Bearer {shopper.token}", "Content-Type": "application/json"}
    return await shopper.http.post(f"/api/v1/conversations/{shopper.id}/{verb}", content=content, headers=headers)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b'{"client_id": "x", "text": "\\ud800"}', 422, "invalid_field"),
        (b'{"client_id": "x", "text": "\xff"}', 400, "bad_request"),
        (b"{", 400, "bad_request"),
        (b"", 422, "invalid_field"),
        (b"[]", 422, "invalid_field"),
        (b"null", 422, "invalid_field"),
        (b'{"client_id": "x", "text": "hi", "admin": true}', 422, "invalid_field"),
        (b'{"text": "hi"}', 422, "invalid_field"),
        (b'{"client_id": "", "text": "hi"}', 422, "invalid_field"),
        (b'{"client_id": "a b", "text": "hi"}', 422, "invalid_field"),
        (b'{"client_id": "x", "text": "hi", "page": {"url": "javascript:alert(1)"}}', 422, "invalid_field"),
        (b'{"client_id": "x", "text": "hi", "page": {"url": " java\\tscript:alert(1)"}}', 422, "invalid_field"),
        (b'{"client_id": "x", "text": "hi", "page": {"url": "http://[x"}}', 422, "invalid_field"),
        (b'{"client_id": "x", "text": "hi", "page": {"url": "\\ud800"}}', 422, "invalid_field"),
        (b"[" * 20_000 + b"]" * 20_000, 400, "bad_request"),
        (b'{"client_id": "x", "text": "' + b"x" * 70_000 + b'"}', 413, "payload_too_large"),
    ],
)
async def test_bodies_that_are_refused(bridge, content, status, code):
    shopper = await bridge.shopper()
    refused = await raw(shopper, content)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code), refused.text
    assert refused.json()["error"]["message"]
    assert await shopper.events() == []


async def test_a_body_without_announced_length_is_cut_off_too(bridge):
    shopper = await bridge.shopper()

    async def pour():
        for _ in range(20):
            yield b"x" * 10_000

    refused = await raw(shopper, pour())
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "payload_too_large")


@pytest.mark.parametrize("verb", ["messages", "request-human", "withdraw", "feedback", "rating"])
async def test_only_the_token_of_this_conversation_opens_it(bridge, verb):
    shopper, other = await bridge.shopper(), await bridge.shopper()
    body = {
        "messages": {"client_id": "x", "text": "hi"},
        "feedback": {"seq": 1, "helpful": True},
        "rating": {"score": 1},
    }
    for token in ("wrong", other.token, "ü"):
        refused = await shopper.post(verb, body.get(verb), token=token)
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "unauthorized")
    address = f"/api/v1/conversations/{shopper.id}/{verb}"
    assert (await shopper.http.post(address, json=body.get(verb))).status_code == 401
    assert await shopper.events() == []


async def test_reading_needs_the_token_too(bridge):
    shopper, other = await bridge.shopper(), await bridge.shopper()
    address = f"/api/v1/conversations/{shopper.id}/events"
    for headers in ({}, {"Authorization": f"Bearer {other.token}"}, {"Authorization": f"Basic {shopper.token}"}):
        assert (await shopper.http.get(address, headers=headers)).status_code == 401


async def test_an_unknown_conversation(bridge):
    shopper = await bridge.shopper()
    shopper.id = "c_unknown"
    refused = await shopper.post("messages", {"client_id": "x", "text": "hi"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=26", "wait=-1", "wait=nan", f"after={10**30}"])
async def test_queries_that_are_refused(bridge, query):
    shopper = await bridge.shopper()
    headers = {"Authorization": f"Bearer {shopper.token}"}
    refused = await shopper.http.get(f"/api/v1/conversations/{shopper.id}/events?{query}", headers=headers)
    assert refused.status_code == 422


@pytest.mark.parametrize("body", [{"score": 0}, {"score": 6}, {"score": "x"}, {}, {"score": 3, "comment": "x" * 2_001}])
async def test_ratings_that_are_refused(bridge, body):
    shopper = await bridge.shopper()
    assert (await shopper.post("rating", body)).status_code == 422


async def test_every_answer_keeps_a_browser_from_misusing_it(bridge):
    answer = await bridge.client().get("/api/v1/shop")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_the_desk_speaks_the_shoppers_language(sqlite_url):
    engine = FakeEngine()
    understood = TurnReport(intent="ask", intent_confidence=0.9, language="fr")
    engine.reply = lambda turn: EngineReply((EngineMessage(text="une page"),), None, understood)
    async with running(sqlite_url, engine=engine, hours="Mon-Fri 12:00-17:00") as bridge:
        shopper = await bridge.shopper()
        await shopper.say("où est mon colis ?")
        await bridge.settled()
        await shopper.post("request-human")
        await shopper.post("withdraw")
        said = await shopper.texts("system")
        assert said[0].startswith("Vous êtes numéro 1 dans la file.")
        assert "nous revenons aujourd’hui à 12:00 (heure de UTC)" in said[0]
        assert said[1].startswith("Vous êtes de nouveau avec l’assistant.")


async def test_until_the_shopper_has_written_the_desk_speaks_the_shops_language(sqlite_url):
    async with running(sqlite_url, shop_language="de") as bridge:
        shopper = await bridge.shopper()
        await shopper.post("request-human")
        assert (await shopper.texts("system"))[0].startswith("Sie sind Nummer 1")
        assert (await bridge.context.store.chats.find(shopper.id)).language == "de"
