"""Deliveries: signed, retried, given up in the end, and never lost in between."""

import asyncio
import json
from datetime import timedelta

import httpx
import pytest

from handoff.outbox.courier import ATTEMPTS, pause_s
from handoff.outbox.webhooks import sign
from tests.handoff.conftest import running

SECRET = "a webhook secret for tests"
URL = "https://shop.example/hooks"


class ShopSystem:
    """The shop's own address; answers with the statuses it is given, then 200."""

    def __init__(self, *statuses):
        self.statuses = list(statuses)
        self.heard = []

    def __call__(self, request):
        if request.url.host != "shop.example":
            return httpx.Response(503)
        self.heard.append(request)
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 0:
            raise httpx.ConnectError("down")
        return httpx.Response(status)

    @property
    def told(self):
        return [json.loads(r.content) for r in self.heard]


def hooks(system):
    return {"idle_minutes": 0, "webhook_url": URL, "webhook_secret": SECRET, "inner": httpx.MockTransport(system)}


async def whole_story(bridge):
    agent, shopper = await bridge.agent(), await bridge.shopper()
    await shopper.say("person please")
    await bridge.settled()
    await agent.must(shopper, "claim")
    await agent.must(shopper, "resolve")
    await shopper.post("rating", {"score": 5})
    return shopper


async def test_the_shop_is_told_each_thing_once_and_signed(database_url):
    system = ShopSystem()
    async with running(
        database_url, webhook_url=URL, webhook_secret=SECRET, inner=httpx.MockTransport(system)
    ) as bridge:
        shopper = await whole_story(bridge)
        await bridge.context.duties.once()
        await bridge.context.duties.once()
        assert sorted(t["type"] for t in system.told) == sorted(
            ["conversation.started", "handoff.requested", "claimed", "resolved", "rated"]
        )
        assert {t["conversation_id"] for t in system.told} == {shopper.id}
        for request in system.heard:
            timestamp, signature = (p.split("=", 1)[1] for p in request.headers["x-cornerdesk-signature"].split(","))
            assert signature == sign(SECRET, int(timestamp), request.content)
            assert sign("another", int(timestamp), request.content) != signature


async def test_the_shop_is_warned_once_before_a_promise_breaks(database_url):
    system = ShopSystem()
    settings = {"webhook_url": URL, "webhook_secret": SECRET, "inner": httpx.MockTransport(system)}
    async with running(database_url, **settings, first_reply_s=300, resolution_s=0) as bridge:
        shopper = await bridge.shopper()
        await shopper.post("request-human")
        for passed_s in (200, 30, 30, 300):
            bridge.clock.pass_s(passed_s)
            await bridge.context.duties.once()
            await bridge.context.duties.once()
        (warning,) = [w for w in system.told if w["type"] == "service_level.warning"]
        assert (warning["promise"], warning["level"], warning["conversation_id"]) == ("first_reply", "soon", shopper.id)
        assert warning["due_at"] == "2026-03-02T10:05:00+00:00"


@pytest.mark.parametrize("trouble", [0, 500, 429, 302])
async def test_a_delivery_that_fails_is_tried_again_under_the_same_id(sqlite_url, trouble):
    system = ShopSystem(trouble, trouble)
    async with running(sqlite_url, **hooks(system)) as bridge:
        shopper = await bridge.shopper()
        await shopper.say("hello")
        for _ in range(4):
            await bridge.context.duties.once()
            bridge.clock.pass_s(3_600)
        ids = [r.headers["x-cornerdesk-delivery"] for r in system.heard]
        assert len(ids) == 3
        assert len(set(ids)) == 1


async def test_in_the_end_it_is_given_up_and_kept_with_its_error(sqlite_url):
    system = ShopSystem(*[500] * 50)
    async with running(sqlite_url, **hooks(system)) as bridge:
        shopper = await bridge.shopper()
        await shopper.say("hello")
        for _ in range(ATTEMPTS + 3):
            await bridge.context.duties.once()
            bridge.clock.pass_s(3_601)
        assert len(system.heard) == ATTEMPTS
        (kept,) = await bridge.context.store.outbox.of(shopper.id)
        assert (kept.next_at, kept.delivered_at, kept.error) == (None, None, "answered with status 500")


async def test_an_address_that_is_gone_for_good_is_left_alone(sqlite_url):
    system = ShopSystem(410)
    async with running(sqlite_url, **hooks(system)) as bridge:
        await (await bridge.shopper()).say("hello")
        bridge.clock.pass_s(10_000)
        await bridge.context.duties.once()
        await bridge.context.duties.once()
        assert len(system.heard) == 1


async def test_a_delivery_is_taken_by_one_process_only(database_url):
    system = ShopSystem()
    async with (
        running(database_url, **hooks(system)) as one,
        running(database_url, clock=one.clock, **hooks(system)) as two,
    ):
        await (await one.shopper()).say("hello")
        await asyncio.gather(*(b.context.courier.round() for b in (one, two, one, two)))
        assert len(system.heard) == 1


async def test_a_delivery_cut_off_by_a_crash_is_tried_again(sqlite_url):
    system = ShopSystem()
    async with running(sqlite_url, **hooks(system)) as bridge:
        await (await bridge.shopper()).say("hello")
        (one,) = await bridge.context.store.outbox.due(bridge.clock())
        assert await bridge.context.store.outbox.take(one, bridge.clock() + timedelta(seconds=60))
        await bridge.context.courier.round()
        assert system.heard == []
        bridge.clock.pass_s(61)
        await bridge.context.courier.round()
        assert len(system.heard) == 1


def test_pauses_double_up_to_an_hour():
    assert [pause_s(n) for n in (0, 1, 2, 30)] == [5, 10, 20, 3_600]
