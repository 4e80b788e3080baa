"""Several bridge processes behind one address: the same conversation through any of them, whichever dies."""

import asyncio
import os

import pytest
from redis.asyncio import Redis

from handoff.hub import EventStored, Look, QueueMoved, QueueSaid, TransientEvent
from handoff.metrics import Metrics
from handoff.redis_hub import CHANNEL, RedisHub
from tests.handoff.conftest import REQUIRED, listens, new_postgres_database, running, served
from tests.handoff.fakes import FakeClock, FakeEngine
from tests.handoff.wires import agent_wire, shopper_wire


@pytest.fixture
async def redis_url():
    given = os.environ.get("TEST_REDIS_URL")
    if not (given or REQUIRED or listens(6379)):
        pytest.skip("no Redis on 127.0.0.1:6379, and TEST_REDIS_URL is not set")
    return given or "redis://127.0.0.1:6379/9"


@pytest.fixture
async def pair(redis_url):
    """Two bridges on one PostgreSQL and one Redis, each on a port of its own."""
    clock, engine = FakeClock(), FakeEngine()
    settings = {"redis_url": redis_url, "clock": clock, "engine": engine, "rate_limits": "off"}
    async with (
        new_postgres_database() as url,
        running(url, **settings) as one,
        running(url, **settings) as two,
        served(one.app) as one.address,
        served(two.app) as two.address,
    ):
        await asyncio.gather(one.context.hub.heard.wait(), two.context.hub.heard.wait())
        yield one, two


async def test_what_is_written_here_is_heard_there(pair):
    one, two = pair
    shopper = await one.shopper()
    async with shopper_wire(two, shopper) as wire:
        await wire.next()
        await shopper.say("hello")
        assert (await wire.until(type="message", **{"from": "bot"}))["seq"] == 2


async def test_a_person_on_one_bridge_helps_a_shopper_on_another(pair):
    one, two = pair
    shopper, agent = await one.shopper(), await two.agent()
    async with shopper_wire(one, shopper) as customer, agent_wire(two, agent) as desk:
        await desk.until(type="queue")
        await customer.send(type="request_human")
        while not (await desk.until(type="queue"))["conversations"]:
            pass
        await agent.must(shopper, "claim")
        await customer.until(type="state", state="assigned")
        await agent.reply(shopper, "hello from the other side")
        assert (await customer.until(type="message", **{"from": "agent"}))["text"] == "hello from the other side"
        await desk.send(type="watch", conversation_id=shopper.id, after=0)
        await desk.until(type="event")
        await customer.send(type="typing")
        while (await desk.until(type="event"))["event"]["type"] != "typing":
            pass


async def test_agents_on_both_bridges_claim_and_one_gets_it(pair):
    one, two = pair
    robin, kim, shopper = await one.agent(), await two.agent("Kim"), await one.shopper()
    for _ in range(5):
        await shopper.post("request-human")
        answers = await asyncio.gather(robin.post(shopper, "claim"), kim.post(shopper, "claim"))
        assert sorted(a.status_code for a in answers) == [200, 409]
        winner = robin if answers[0].status_code == 200 else kim
        await winner.must(shopper, "return")
    events = await shopper.events()
    assert [e["seq"] for e in events] == list(range(1, len(events) + 1))


async def test_writing_through_both_at_once_leaves_no_gap_and_one_turn_at_a_time(pair):
    one, two = pair
    shopper = await one.shopper()
    there = type(shopper)(two.client(), shopper.id, shopper.token)
    await asyncio.gather(*(c.say(f"{n}", client_id=f"same{n}") for n in range(10) for c in (shopper, there)))
    await one.settled()
    await two.settled()
    events = await shopper.events()
    assert [e["seq"] for e in events] == list(range(1, 21))
    assert one.engine.most_busy == 1
    assert len(one.engine.turns) == 10


async def test_the_turn_of_a_bridge_that_died_is_taken_over_at_once(pair):
    one, two = pair
    shopper = await one.shopper()
    one.engine.hold = asyncio.Event()
    await shopper.say("hello")
    await asyncio.sleep(0)
    for task in one.context.turn_runner.running:
        task.cancel()
    one.engine.hold = None
    await two.context.duties.once()
    assert not two.context.turn_runner.running, "the first bridge was heard from lately"
    one.clock.pass_s(6)
    await two.context.presence.heartbeat()
    await two.context.duties.once()
    await two.settled()
    assert (await shopper.texts("bot")) == ["echo hello"]


async def test_without_redis_nothing_is_lost_only_later(pair):
    one, two = pair
    shopper = await one.shopper()
    async with shopper_wire(two, shopper) as wire:
        await wire.next()
        # What was published while nobody could hear it stands in the store.
        one.context.hub.publish = one.context.hub.deliver
        await shopper.say("unheard")
        await one.settled()
        two.context.hub.look()
        assert (await wire.until(type="message", **{"from": "bot"}))["seq"] == 2


async def test_the_channel_mends_itself(redis_url):
    one, two = RedisHub(redis_url, Metrics()), RedisHub(redis_url, Metrics())
    await asyncio.gather(one.start(), two.start())
    try:
        await asyncio.gather(one.heard.wait(), two.heard.wait())
        heard = two.subscribe("topic")
        one.publish(TransientEvent("topic", "before", to="agents"))
        assert await asyncio.wait_for(heard.next(), 5) == [TransientEvent("topic", "before", to="agents")]
        async with Redis.from_url(redis_url) as redis:
            for client in await redis.client_list():
                if client["name"] in (one.name, two.name):
                    await redis.client_kill_filter(_id=client["id"])
        # Nothing is said of what was missed, only: look in the store.
        assert await asyncio.wait_for(heard.next(), 10) == [Look("topic")]
        await asyncio.wait_for(two.heard.wait(), 10)
        heard.take()
        after = EventStored("topic", 7, "after")
        one.publish(after)
        assert set(await asyncio.wait_for(heard.next(), 10)) <= {Look("topic"), after}
    finally:
        await one.stop()
        await two.stop()


async def test_every_kind_of_wake_up_arrives_as_it_was(redis_url):
    one, two = RedisHub(redis_url, Metrics()), RedisHub(redis_url, Metrics())
    await asyncio.gather(one.start(), two.start())
    try:
        await asyncio.gather(one.heard.wait(), two.heard.wait())
        heard = two.subscribe("topic", "queue")
        sent = [
            EventStored("topic", 3, '{"text":"\u00fc"}'),
            TransientEvent("topic", "{}", to="shopper"),
            QueueMoved(),
            QueueSaid(),
            Look("topic"),
        ]
        one.publish(*sent)
        assert await asyncio.wait_for(heard.next(), 5) == sent
    finally:
        await one.stop()
        await two.stop()


async def test_wake_ups_of_another_version_only_say_to_look(redis_url):
    hub = RedisHub(redis_url, Metrics())
    await hub.start()
    try:
        await hub.heard.wait()
        heard = hub.subscribe("topic")
        async with Redis.from_url(redis_url) as redis:
            await redis.publish(
                CHANNEL, '{"type":"wakeups","bridge":"another","wakeups":[{"kind":"of another version"}]}'
            )
            assert await asyncio.wait_for(heard.next(), 5) == [Look("topic")]
            await redis.publish(CHANNEL, "not even JSON")
            assert await asyncio.wait_for(heard.next(), 5) == [Look("topic")]
    finally:
        await hub.stop()
