"""WebSockets, over a real listening port: the same conversation, live, resumed and bounded."""

import pytest
from websockets.exceptions import ConnectionClosed

from tests.handoff.wires import agent_wire, shopper_wire


async def test_a_question_and_its_answer(live):
    shopper = await live.shopper()
    async with shopper_wire(live, shopper) as wire:
        ready = await wire.next()
        assert (ready["type"], ready["state"], ready["last_seq"]) == ("ready", "bot", 0)
        assert ready["shop"]["name"] == "Fell & Ford"
        await wire.send(type="message", client_id="one", text="hello")
        await wire.until(type="message", **{"from": "bot"})
        assert {"type": "ack", "client_id": "one", "seq": 1} in wire.seen
        assert [f["seq"] for f in wire.seen if f["type"] == "message"] == [1, 2]


async def test_resuming_gives_the_rest_and_nothing_twice(live):
    shopper = await live.shopper()
    for n in range(3):
        await shopper.say(f"number {n}")
    await live.settled()
    async with shopper_wire(live, shopper, after=2) as wire:
        await wire.next()
        assert [(await wire.next())["seq"] for _ in range(4)] == [3, 4, 5, 6]
        await shopper.say("live")
        assert (await wire.next())["seq"] == 7


async def test_two_tabs_see_the_same(live):
    shopper = await live.shopper()
    async with shopper_wire(live, shopper) as one, shopper_wire(live, shopper) as two:
        await one.next(), await two.next()
        await one.send(type="message", client_id="x", text="hello")
        await two.send(type="message", client_id="x", text="hello")
        acks = await one.until(type="ack"), await two.until(type="ack")
        assert {a["seq"] for a in acks} == {1}
        for wire in (one, two):
            if not any(f["type"] == "message" and f["from"] == "bot" for f in wire.seen):
                await wire.until(type="message", **{"from": "bot"})
            assert [f["seq"] for f in wire.seen if f["type"] == "message"] == [1, 2]


async def test_a_person_from_request_to_reply(live):
    shopper, agent = await live.shopper(), await live.agent()
    async with shopper_wire(live, shopper) as customer, agent_wire(live, agent) as desk:
        assert (await desk.next())["agent"]["name"] == "Robin"
        await customer.send(type="request_human")
        queue = await desk.until(type="queue")
        while not queue["conversations"]:
            queue = await desk.until(type="queue")
        assert queue["conversations"][0]["conversation_id"] == shopper.id
        await desk.send(type="watch", conversation_id=shopper.id, after=0)
        await desk.until(type="event")
        await agent.must(shopper, "claim")
        assert (await customer.until(type="state", state="assigned"))["agent"]["name"] == "Robin"
        await desk.send(type="typing", conversation_id=shopper.id)
        await customer.until(type="typing", **{"from": "agent"})
        await agent.reply(shopper, "hello there")
        assert (await customer.until(type="message", **{"from": "agent"}))["text"] == "hello there"
        await customer.send(type="typing")
        while (await desk.until(type="event"))["event"]["type"] != "typing":
            pass
        await agent.must(shopper, "notes", {"text": "secret"})
        while (await desk.until(type="event"))["event"]["type"] != "note":
            pass
        await customer.send(type="ping")
        await customer.until(type="pong")
        assert "secret" not in str(customer.seen)
        seqs = [f["event"]["seq"] for f in desk.seen if f["type"] == "event" and f["event"].get("seq")]
        assert seqs == list(range(1, len(seqs) + 1))


async def test_a_changed_place_is_told(live):
    agent, first, second = await live.agent(), await live.shopper(), await live.shopper()
    await first.post("request-human")
    live.clock.pass_s(1)
    await second.post("request-human")
    async with shopper_wire(live, second) as wire:
        assert (await wire.until(type="queue"))["position"] == 2
        await agent.must(first, "claim")
        assert (await wire.until(type="queue", position=1))["seq"] is None


async def test_what_was_read_is_told_to_the_other_side(live):
    shopper, agent = await live.shopper(), await live.agent()
    await shopper.post("request-human")
    await agent.must(shopper, "claim")
    seq = await agent.reply(shopper, "hello")
    async with shopper_wire(live, shopper) as customer, agent_wire(live, agent) as desk:
        await desk.send(type="watch", conversation_id=shopper.id, after=seq)
        await desk.send(type="ping")
        await desk.until(type="pong")
        await customer.send(type="read", seq=seq)
        while (event := (await desk.until(type="event"))["event"])["type"] != "read":
            pass
        assert event == {"type": "read", "from": "shopper", "seq": seq}
        await customer.send(type="message", client_id="q", text="thanks")
        while (await desk.until(type="event"))["event"]["type"] != "message":
            pass
        await desk.send(type="read", conversation_id=shopper.id)
        assert (await customer.until(type="read"))["from"] == "agent"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"type": "message", "client_id": "x", "text": ""}, "text_empty"),
        ({"type": "message", "client_id": "x", "text": "x" * 10_001}, "text_too_long"),
        ({"type": "message", "client_id": "x", "text": "hi", "more": 1}, "invalid_field"),
        ({"type": "dance"}, "invalid_field"),
        ({}, "invalid_field"),
        ({"type": "feedback", "seq": 9, "helpful": True}, "invalid_field"),
        ({"type": "rating", "score": 9}, "invalid_field"),
    ],
)
async def test_a_frame_that_is_refused_leaves_the_line_open(live, frame, code):
    shopper = await live.shopper()
    async with shopper_wire(live, shopper) as wire:
        await wire.next()
        await wire.send(**frame)
        refused = await wire.next()
        assert (refused["type"], refused["error"]["code"]) == ("error", code)
        assert refused.get("client_id") == frame.get("client_id")
        await wire.send(type="ping")
        assert await wire.next() == {"type": "pong"}


@pytest.mark.parametrize(
    "content", ["{", "[]", "null", '"hello"', "\ud83d".encode("utf-8", "replace").decode(), b"\x00\x01"]
)
async def test_what_is_no_frame_is_refused_too(live, content):
    shopper = await live.shopper()
    async with shopper_wire(live, shopper) as wire:
        await wire.next()
        await wire.socket.send(content)
        assert (await wire.next())["type"] == "error"
        await wire.send(type="ping")
        assert await wire.next() == {"type": "pong"}


async def closing_code(wire):
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            await wire.next()
    return closed.value.rcvd.code


@pytest.mark.parametrize(
    ("change", "code"),
    [({"token": "wrong"}, 4401), ({"id": "c_unknown"}, 4404), ({"id": "' OR 1=1"}, 1008), ({"token": ""}, 1008)],
)
async def test_a_hello_that_does_not_fit_closes_the_line(live, change, code):
    shopper = await live.shopper()
    for name, value in change.items():
        setattr(shopper, name, value)
    async with shopper_wire(live, shopper) as wire:
        assert await closing_code(wire) == code
        assert wire.seen[0]["type"] == "error"


async def test_another_conversations_token_closes_the_line(live):
    shopper, other = await live.shopper(), await live.shopper()
    shopper.token = other.token
    async with shopper_wire(live, shopper) as wire:
        assert await closing_code(wire) == 4401


async def test_a_browser_on_a_foreign_site_is_turned_away(live):
    shopper, agent = await live.shopper(), await live.agent()
    async with shopper_wire(live, shopper, origin="https://evil.example") as wire:
        assert await closing_code(wire) == 4401
    async with agent_wire(live, agent, origin="https://evil.example") as wire:
        assert await closing_code(wire) == 4401
    async with agent_wire(live, agent, origin=f"http://{live.address}") as wire:
        assert (await wire.next())["type"] == "ready"


async def test_an_agents_socket_needs_a_session_and_ends_with_it(live):
    agent = await live.agent()
    async with agent_wire(live, agent) as wire:
        await wire.send(type="heartbeat")
        await wire.until(type="heartbeat")
        await agent.http.delete("/api/v1/session", headers=agent.csrf)
        await wire.send(type="heartbeat")
        assert await closing_code(wire) == 4401
    async with agent_wire(live, agent) as wire:
        assert await closing_code(wire) == 4401


async def test_watching_what_does_not_exist_is_refused(live):
    agent = await live.agent()
    async with agent_wire(live, agent) as wire:
        await wire.send(type="watch", conversation_id="c_unknown", after=0)
        assert (await wire.until(type="error"))["error"]["code"] == "not_found"


async def test_heartbeats_keep_the_presence(live):
    agent, shopper = await live.agent(), await live.shopper()
    await shopper.post("request-human")
    await agent.must(shopper, "claim")
    async with agent_wire(live, agent) as wire:
        for _ in range(3):
            live.clock.pass_s(30)
            await wire.send(type="heartbeat")
            await wire.until(type="heartbeat")
            await live.context.duties.once()
    assert (await shopper.read())["state"] == "assigned"
    live.clock.pass_s(60)
    await live.context.duties.once()
    assert (await shopper.read())["state"] == "waiting"
