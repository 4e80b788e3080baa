"""What people complain of most at other desks, one by one: here it does not happen."""

import asyncio
import contextlib

from websockets.exceptions import ConnectionClosed

from handoff.routes import socket as sockets
from tests.handoff.wires import agent_wire, shopper_wire


async def with_a_person(desk):
    agent, shopper = await desk.agent(), await desk.shopper()
    await shopper.post("request-human")
    await agent.must(shopper, "claim")
    return agent, shopper


async def test_the_assistant_is_silent_once_a_person_has_the_chat(live):
    """Asked before the hand-over, answered after it; and asked while the person has the chat."""
    agent, shopper = await live.agent(), await live.shopper()
    live.engine.hold = asyncio.Event()
    async with shopper_wire(live, shopper) as wire:
        await wire.send(type="message", client_id="one", text="where is it?")
        await wire.until(type="ack")
        await wire.send(type="request_human")
        await wire.until(type="state", state="waiting")
        await agent.must(shopper, "claim")
        live.engine.hold.set()
        await live.settled()
        await wire.send(type="message", client_id="two", text="hello?")
        await agent.reply(shopper, "I am here")
        await wire.until(type="message", **{"from": "agent"})
    assert await shopper.texts("bot") == []
    assert len(live.engine.turns) == 1


async def test_a_hand_off_is_told_to_both_sides(live):
    """The shopper is told that they wait, where and how long; the agent's screen shows it without a reload."""
    agent, shopper = await live.agent(), await live.shopper()
    async with agent_wire(live, agent) as desk, shopper_wire(live, shopper) as wire:
        await desk.until(type="queue", conversations=[])
        await wire.send(type="message", client_id="one", text="person please")
        await wire.until(type="state", state="waiting")
        assert "number 1" in (await wire.until(type="message", **{"from": "system"}))["text"]
        assert (await wire.until(type="queue"))["wait_high_s"] > 0
        (chat,) = (await desk.until(type="queue"))["conversations"]
        assert (chat["conversation_id"], chat["reason"], chat["wants"]) == (shopper.id, "asked", "person please")


async def test_after_a_resolved_chat_a_fresh_assistant_keeps_the_shopper(live):
    """What fetched a person is over with the chat: a thank-you afterwards goes to a fresh assistant and stays there."""
    agent, shopper = await live.agent(), await live.shopper()
    await shopper.say("person please")
    await live.settled()
    await agent.must(shopper, "claim")
    await agent.must(shopper, "resolve")
    for text in ("thanks", "bye"):
        await shopper.say(text)
        await live.settled()
        assert (await shopper.read())["state"] == "bot"
    chat = await live.context.store.chats.find(shopper.id)
    assert (chat.reason, chat.brief, chat.waiting_since) == (None, None, None)
    assert {turn.episode for turn in live.engine.turns[1:]} == {2}
    assert await agent.queue() == []


async def test_no_message_is_lost_when_the_connection_comes_back(live):
    """Said by either side while the shopper was away, and while the line was being opened again."""
    agent, shopper = await with_a_person(live)
    async with shopper_wire(live, shopper) as wire:
        await wire.until(type="state", state="assigned")
        last = wire.seen[-1]["seq"]
    away = [await agent.reply(shopper, f"while you were away {n}") for n in range(5)]
    async with shopper_wire(live, shopper, after=last) as wire:
        opening = [asyncio.create_task(agent.reply(shopper, f"as you came back {n}")) for n in range(5)]
        while not wire.seen or wire.seen[-1].get("seq") != away[-1] + 5:
            await wire.next()
        await asyncio.gather(*opening)
        assert [f["seq"] for f in wire.seen if f["type"] == "message"] == list(range(last + 1, away[-1] + 6))


async def test_a_message_is_stored_once_however_often_it_is_sent(live):
    """By the socket, by HTTP and by both at once, from the shopper and from the agent."""
    agent, shopper = await with_a_person(live)
    async with shopper_wire(live, shopper) as wire:
        for _ in range(3):
            await wire.send(type="message", client_id="one", text="hello")
        await asyncio.gather(*(shopper.say("hello", client_id="one") for _ in range(3)))
        await asyncio.gather(*(agent.reply(shopper, "hi", client_id="r1") for _ in range(3)))
        acked = {(await wire.until(type="ack"))["seq"] for _ in range(3)}
    assert len(acked) == 1
    assert [e["client_id"] for e in await shopper.events() if e["type"] == "message" and e.get("client_id")] == [
        "one",
        "r1",
    ]


async def test_a_question_waits_again_when_its_agent_went_home(live):
    """Even when the agent owed nothing as they left: the next question is not theirs to leave unanswered."""
    agent, shopper = await with_a_person(live)
    await agent.reply(shopper, "anything else?")
    live.clock.pass_s(60)
    await live.context.duties.once()
    assert (await shopper.read())["state"] == "assigned"
    async with shopper_wire(live, shopper) as wire:
        await wire.send(type="message", client_id="one", text="yes, one thing")
        await wire.until(type="ack")
        await live.context.duties.once()
        await wire.until(type="state", state="waiting")
        assert "had to leave" in (await wire.until(type="message", **{"from": "system"}))["text"]


async def test_every_screen_follows_the_queue_without_a_reload(live):
    """Two screens: what one agent takes, the other sees taken, and the next in line moves up."""
    robin, kim = await live.agent(), await live.agent("Kim")
    first, second = await live.shopper(), await live.shopper()
    async with agent_wire(live, kim) as screen, shopper_wire(live, second) as wire:
        await first.post("request-human")
        live.clock.pass_s(1)
        await wire.send(type="request_human")
        assert (await wire.until(type="queue"))["position"] == 2
        await robin.must(first, "claim")
        await wire.until(type="queue", position=1)
        while True:
            chats = {c["conversation_id"]: c for c in (await screen.until(type="queue"))["conversations"]}
            if chats.get(first.id, {}).get("agent"):
                break
        assert (chats[first.id]["agent"]["id"], chats[second.id]["position"]) == (robin.id, 1)


async def test_a_slow_reader_is_closed_and_holds_up_nobody(live, monkeypatch):
    """Who does not read is closed, hears that it was for that, and has everything after coming back."""
    slow, quick = await live.shopper(), await live.shopper()
    monkeypatch.setattr(sockets, "SLOWEST_READ_S", 0.05)
    async with shopper_wire(live, slow) as stuck, shopper_wire(live, quick) as wire:
        await stuck.next()
        await wire.next()
        send, stalled = sockets.WebSocket.send_text, asyncio.Event()

        async def send_unless_slow(socket, text):
            if slow.id in text or "never read" in text:
                await stalled.wait()
            await send(socket, text)

        monkeypatch.setattr(sockets.WebSocket, "send_text", send_unless_slow)
        await slow.say("never read")
        await wire.send(type="message", client_id="q", text="and I?")
        await wire.until(type="message", **{"from": "bot"})
        with contextlib.suppress(ConnectionClosed):
            while True:
                await stuck.next()
        assert stuck.socket.close_code == sockets.SLOW_READER
    monkeypatch.setattr(sockets.WebSocket, "send_text", send)
    async with shopper_wire(live, slow) as back:
        assert [(await back.until(type="message"))["seq"] for _ in range(2)] == [1, 2]
