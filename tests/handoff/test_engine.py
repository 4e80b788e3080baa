"""The talk with the engine: what is sent, what is understood, and that everything else is an EngineFailure."""

import json

import httpx
import pytest

from handoff.engine import HttpEngine, parse_reply
from handoff.errors import EngineFailure
from handoff.store import BotTurn

TURN = BotTurn("c_1", "t", 1, 2, 7, "hello", None, {"url": "/x"}, None, "en")
REPORT = {"report": {"intent": "ask", "intent_confidence": 0.9}}


def engine(answer):
    return HttpEngine("http://engine", "secret", timeout_s=1, transport=httpx.MockTransport(answer))


def body(*items):
    return json.dumps(items).encode()


async def test_what_the_engine_is_told():
    asked = []

    def answer(request):
        asked.append(request)
        return httpx.Response(200, json=[{"text": "hi"}])

    await engine(answer).answer(TURN)
    assert asked[0].url.path == "/webhooks/cornerdesk/webhook"
    assert asked[0].headers["authorization"] == "Bearer secret"
    assert json.loads(asked[0].content) == {
        "sender": "c_1.2",
        "message": "hello",
        "payload": False,
        "metadata": {"page": {"url": "/x"}, "previous": None, "language": "en"},
    }


def several(answer):
    return HttpEngine(
        "http://one, http://two/, http://three", "secret", timeout_s=1, transport=httpx.MockTransport(answer)
    )


def turn_of(conversation_id):
    return BotTurn(conversation_id, "t", 1, 1, 1, "hello", None, None, None, None)


async def test_a_conversation_stays_with_its_engine_and_all_engines_have_some():
    asked = []

    def answer(request):
        asked.append(request.url.host)
        return httpx.Response(200, json=[{"text": "hi"}])

    engines = several(answer)
    for n in range(60):
        asked.clear()
        await engines.answer(turn_of(f"c_{n}"))
        await engines.answer(turn_of(f"c_{n}"))
        assert len(set(asked)) == 1
    asked.clear()
    for n in range(60):
        await engines.answer(turn_of(f"c_{n}"))
    assert set(asked) == {"one", "two", "three"}


async def test_an_engine_that_is_down_is_stood_in_for_and_one_that_began_is_not():
    asked = []

    def down(request):
        asked.append(request.url.host)
        if request.url.host == "three":
            return httpx.Response(200, json=[{"text": "hi"}])
        raise httpx.ConnectError("refused")

    assert (await several(down).answer(TURN)).messages[0].text == "hi"
    assert asked[-1] == "three"

    def slow(request):
        asked.append(request.url.host)
        raise httpx.ReadTimeout("slow")

    asked.clear()
    with pytest.raises(EngineFailure):
        await several(slow).answer(TURN)
    assert len(asked) == 1


async def test_every_engine_is_told_to_forget():
    asked = []

    def answer(request):
        asked.append((str(request.url), json.loads(request.content)))
        return httpx.Response(200, json={"trackers": 1})

    await several(answer).forget(["c_1"])
    path, told = "/webhooks/cornerdesk/forget", {"conversations": ["c_1"]}
    assert asked == [(f"http://{host}{path}", told) for host in ("one", "two", "three")]
    with pytest.raises(EngineFailure):
        await several(lambda request: httpx.Response(503)).forget(["c_1"])


async def test_a_pressed_choice_is_marked_as_payload():
    asked = []

    def answer(request):
        asked.append(json.loads(request.content))
        return httpx.Response(200, json=[{"text": "hi"}])

    pressed = BotTurn("c_1", "t", 1, 1, 7, "Yes", "/affirm", None, None, None)
    await engine(answer).answer(pressed)
    assert (asked[0]["message"], asked[0]["payload"]) == ("/affirm", True)


def test_our_messages_and_rasas_own_are_understood():
    order = {"handoff": {"reason": "asked", "brief": {"wants": "help"}}}
    reply = parse_reply(
        body(
            {"recipient_id": "x", "custom": {"text": "one", **REPORT}},
            {"recipient_id": "x", "text": "two", "buttons": [{"title": "Yes", "payload": "/affirm"}]},
            {"recipient_id": "x", "custom": order},
        )
    )
    assert [m.text for m in reply.messages] == ["one", "two"]
    assert reply.messages[1].choices[0].label == "Yes"
    assert reply.order.reason == "asked"
    assert reply.report.intent == "ask"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"{}",
        b"[1]",
        b"[]",
        body({"recipient_id": "x"}),
        body({"custom": {"surprise": 1}}),
        body({"custom": REPORT}),
        body({"text": "x", "buttons": [{"title": "no payload"}]}),
        body({"text": 7}),
        b'[{"text": "' + b"x" * 1_000_001 + b'"}]',
    ],
)
def test_anything_else_is_a_failure(content):
    with pytest.raises(EngineFailure):
        parse_reply(content)


@pytest.mark.parametrize("status", [401, 404, 500, 503, 302])
async def test_a_refusal_is_a_failure(status):
    with pytest.raises(EngineFailure, match=str(status)):
        await engine(lambda request: httpx.Response(status)).answer(TURN)


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError])
async def test_trouble_on_the_way_is_a_failure(error):
    def answer(request):
        raise error("trouble")

    with pytest.raises(EngineFailure):
        await engine(answer).answer(TURN)
