"""The assistant's turns: one at a time, never over a person, never leaving a shopper behind."""

import asyncio

import pytest

from tests.handoff.conftest import running
from tests.handoff.fakes import FakeClock, FakeEngine


async def test_one_turn_at_a_time_in_the_order_of_writing(either_bridge):
    shopper = await either_bridge.shopper()
    for n in range(5):
        await shopper.say(f"number {n}")
    await either_bridge.settled()
    assert either_bridge.engine.most_busy == 1
    assert await shopper.texts("bot") == [f"echo number {n}" for n in range(5)]


async def thinking(bridge):
    """Let the engine think until told otherwise, and wait until it has a turn."""
    bridge.engine.hold = asyncio.Event()
    shopper = await bridge.shopper()
    await shopper.say("hello")
    await asyncio.sleep(0)
    return shopper


async def test_a_late_reply_is_dropped_and_counted(either_bridge):
    shopper = await thinking(either_bridge)
    await shopper.post("request-human")
    either_bridge.engine.hold.set()
    await either_bridge.settled()
    assert await shopper.texts("bot") == []
    assert b'cornerdesk_turns_total{outcome="dropped"} 1.0' in either_bridge.context.metrics.text()


async def test_a_late_reply_is_dropped_even_when_the_assistant_has_the_chat_again(bridge):
    shopper = await thinking(bridge)
    await shopper.post("request-human")
    await shopper.post("withdraw")
    bridge.engine.hold.set()
    await bridge.settled()
    assert await shopper.texts("bot") == []


async def test_the_assistants_order_fetches_a_person_with_its_brief(either_bridge):
    agent, shopper = await either_bridge.agent(), await either_bridge.shopper()
    await shopper.say("person please")
    await either_bridge.settled()
    kinds = [e["type"] for e in await shopper.events()]
    assert kinds == ["message", "message", "state", "message", "queue"]
    assert (await agent.transcript(shopper))["brief"]["wants"] == "person please"


async def test_a_failing_engine_ends_in_words_and_a_place_in_the_queue(either_bridge):
    agent, shopper = await either_bridge.agent(), await either_bridge.shopper()
    await shopper.say("fail now")
    await either_bridge.settled()
    read = await shopper.read()
    assert (read["state"], read["queue"]["position"]) == ("waiting", 1)
    assert "Sorry" in (await shopper.texts("system"))[0]
    assert (await agent.queue())[0]["reason"] == "engine_failure"


async def cut_off(bridge):
    """A turn whose computing ends without a word."""
    shopper = await thinking(bridge)
    for task in bridge.context.turn_runner.running:
        task.cancel()
    bridge.engine.hold = None
    return shopper


async def test_a_turn_cut_off_by_a_restart_is_picked_up_at_once(database_url):
    clock, engine = FakeClock(), FakeEngine()
    async with running(database_url, engine=engine, clock=clock) as bridge:
        shopper = await cut_off(bridge)
    async with running(database_url, engine=engine, clock=clock) as bridge:
        shopper.http = bridge.client()
        await bridge.context.duties.once()
        await bridge.settled()
        assert await shopper.texts("bot") == ["echo hello"]


async def test_a_turn_that_broke_inside_is_tried_again_when_its_time_is_over(bridge):
    shopper = await cut_off(bridge)
    await bridge.context.duties.once()
    assert len(bridge.engine.turns) == 1, "it might still be under way"
    bridge.clock.pass_s(20)
    await bridge.context.duties.once()
    await bridge.settled()
    assert await shopper.texts("bot") == ["echo hello"]


async def test_messages_that_came_meanwhile_wait_for_their_turn(bridge):
    shopper = await thinking(bridge)
    await shopper.say("and another")
    assert len(bridge.engine.turns) == 1
    bridge.engine.hold.set()
    await bridge.settled()
    assert await shopper.texts("bot") == ["echo hello", "echo and another"]


async def test_a_follow_up_carries_the_question_before_it(bridge):
    shopper = await bridge.shopper()
    await shopper.say("returns?")
    await bridge.settled()
    await shopper.say("and to Norway?")
    await bridge.settled()
    assert bridge.engine.turns[0].previous is None
    assert bridge.engine.turns[1].previous == {"question": "returns?", "passage_id": "returns#how-long"}


@pytest.mark.parametrize("shoppers", [20])
async def test_many_shoppers_at_once_are_each_answered(either_bridge, shoppers):
    people = [await either_bridge.shopper() for _ in range(shoppers)]
    await asyncio.gather(*(p.say(f"from {n}") for n, p in enumerate(people)))
    await either_bridge.settled()
    for n, person in enumerate(people):
        assert await person.texts("bot") == [f"echo from {n}"]
