"""Duties: each at its own pace, none waiting for another, none given up."""

import asyncio
from dataclasses import replace

import httpx
import structlog
from sqlalchemy import select

from handoff.duties.duties import Duties, Duty
from handoff.errors import StorageUnavailable
from handoff.tables import bridges
from tests.handoff.conftest import running


async def at_once(_):
    """A period that is over as soon as the others have had their turn."""
    await asyncio.sleep(0)


class Work:
    """Counts how often it is begun and ended; fails when told to."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.begun = 0
        self.ended = asyncio.Queue()

    async def __call__(self):
        self.begun += 1
        if self.failures:
            raise self.failures.pop(0)
        await asyncio.sleep(0)
        self.ended.put_nowait(self.begun)

    async def until_ended(self, times):
        async with asyncio.timeout(10):
            for _ in range(times):
                await self.ended.get()


async def test_one_that_hangs_is_not_doubled_and_holds_up_nobody():
    stuck, beat = asyncio.Event(), Work()
    begun = []

    async def hang():
        begun.append("hang")
        await stuck.wait()

    duties = Duties([Duty("hang", 1, hang), Duty("beat", 1, beat)], sleep=at_once)
    duties.start()
    await beat.until_ended(5)
    assert begun == ["hang"]
    await duties.stop()


async def test_one_that_fails_is_done_again_after_its_period():
    work, slept = Work(StorageUnavailable("The disk is full."), ValueError("a fault of ours")), []

    async def sleep(seconds):
        slept.append(seconds)
        await asyncio.sleep(0)

    duties = Duties([Duty("work", 7, work)], sleep=sleep)
    with structlog.testing.capture_logs() as lines:
        duties.start()
        await work.until_ended(1)
        await duties.stop()
    assert [(line["event"], line["duty"]) for line in lines] == [("duty_cut_short", "work"), ("duty_failed", "work")]
    assert set(slept) == {7}


async def test_once_does_all_in_their_order_or_those_that_are_named():
    done = []

    def named(name):
        async def work():
            done.append(name)
            if name == "b":
                raise StorageUnavailable("The disk is full.")

        return Duty(name, 1, work)

    duties = Duties([named(name) for name in "abc"])
    await duties.once()
    await duties.once("c", "a")
    assert done == ["a", "b", "c", "a", "c"]


async def test_nothing_is_left_running():
    work = Work()
    duties = Duties([Duty("work", 1, work)], sleep=at_once)
    duties.start()
    await work.until_ended(1)
    await duties.stop()
    begun = work.begun
    for _ in range(5):
        await asyncio.sleep(0)
    assert work.begun == begun


async def test_a_webhook_that_hangs_delays_no_other_duty(sqlite_url):
    reached, never = asyncio.Event(), asyncio.Event()

    async def shop_that_hangs(request):
        reached.set()
        await never.wait()

    hooks = {"webhook_url": "https://shop.example/hooks", "webhook_secret": "a webhook secret for tests"}
    async with running(sqlite_url, inner=httpx.MockTransport(shop_that_hangs), **hooks) as bridge:
        await (await bridge.shopper()).say("hello")
        await bridge.settled()
        done = asyncio.Queue()

        def count(duty):
            async def work():
                await duty.work()
                done.put_nowait(duty.name)

            return replace(duty, work=work)

        duties = Duties([count(duty) for duty in bridge.context.duties.duties], sleep=at_once)
        duties.start()
        async with asyncio.timeout(30):
            await reached.wait()
            bridge.clock.pass_s(60)
            left = [duty.name for duty in duties.duties if duty.name != "courier"] * 3
            while left:
                name = await done.get()
                assert name != "courier"
                if name in left:
                    left.remove(name)
        await duties.stop()
        # What the heartbeat says is there for other bridges to see.
        async with bridge.context.store.database.reading() as connection:
            until = (await connection.execute(select(bridges.c.until))).scalar_one()
        assert until > bridge.clock()
