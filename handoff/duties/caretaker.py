"""What has to be noticed without anybody asking: turns cut off by a crash, agents who left,
shoppers who went silent, letters that are due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from handoff.desk import Desk
from handoff.erasure import Erasure
from handoff.errors import DeskError
from handoff.outbox.courier import Courier
from handoff.queue.order import assign
from handoff.turn_runner import TurnRunner

log = structlog.get_logger()

ROUND_S = 1.0
# Things that need no hurry are looked at every this many rounds.
SELDOM_ROUNDS = 30
# A bridge that has not said for this long that it lives is dead.
ALIVE_S = 5.0
GONE_AFTER = timedelta(minutes=10)


class Caretaker:
    """Walks its round every second, in every process; each thing it does is won by whoever is first."""

    def __init__(self, desk: Desk, turn_runner: TurnRunner, courier: Courier, erasure: Erasure) -> None:
        self.desk = desk
        self.turn_runner = turn_runner
        self.courier = courier
        self.erasure = erasure
        self._rounds = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._walk(), name="caretaker")

    def rest(self) -> None:
        """Walk no more rounds."""
        if self._task:
            self._task.cancel()

    async def stop(self) -> None:
        if self._task:
            self.rest()
            with suppress(asyncio.CancelledError):
                await self._task
            with suppress(DeskError):
                await self.desk.store.chats.leave_life(self.desk.bridge_id)

    async def _walk(self) -> None:
        while True:
            await self.round(seldom=self._rounds % SELDOM_ROUNDS == 0)
            self._rounds += 1
            await asyncio.sleep(ROUND_S)

    async def round(self, *, seldom: bool = True) -> None:
        """One look at everything; trouble with one thing does not keep it from the next."""
        duties = [self.keep_alive, self.read_rules, self.pick_up_turns, self.requeue_left_chats]
        duties += [self.give_out, self.courier.round, self.warn]
        if seldom:
            duties += [self.put_by, self.close_silent, self.erase_old]
        for duty in duties:
            await _carefully(duty)

    async def keep_alive(self) -> None:
        """Say that this bridge lives, so that its turns are left to it."""
        until = self.desk.clock() + timedelta(seconds=ALIVE_S)
        await self.desk.store.chats.keep_alive(self.desk.bridge_id, until)

    async def read_rules(self) -> None:
        """What an admin has changed, here or at another bridge."""
        await self.desk.read_rules()

    async def pick_up_turns(self) -> None:
        """Turns that a bridge left behind when it died."""
        for conversation_id in await self.desk.store.chats.unfinished_turns(self.desk.bridge_id, self.desk.clock()):
            await self.turn_runner.pick_up(conversation_id)

    async def requeue_left_chats(self) -> None:
        """Chats of agents who were not heard from in time."""
        for agent_id in await self.desk.store.people.gone(self.desk.clock()):
            for conversation_id in await self.desk.store.chats.left_by([agent_id]):
                await self.desk.requeue(conversation_id, agent_id)

    async def warn(self) -> None:
        """Promises about time that are about to break."""
        desk = self.desk
        now = desk.clock()
        first_s = desk.rules.promise.first_warning_s
        waiting = await desk.store.chats.waiting_since(now - timedelta(seconds=first_s)) if first_s else []
        due = [c.id for c in waiting if desk.rules.warnings(c, now)]
        for conversation_id in due:
            await desk.warn(conversation_id)
        if due:
            desk.queue_changed()

    async def give_out(self) -> None:
        """With automatic assignment: the oldest waiting chats to the least loaded who fit."""
        if self.desk.rules.settings.assignment != "auto":
            return
        people = await self.desk.store.people.hands(self.desk.clock())
        for conversation_id, agent_id in assign(await self.desk.store.chats.wanted(), people):
            await self.desk.assign(conversation_id, agent_id)

    async def put_by(self) -> None:
        """Out of hours or nobody on duty, and a shopper who has gone: kept as a message for when somebody is there."""
        now = self.desk.clock()
        open_now = self.desk.rules.hours.open_at(now)
        if open_now and (await self.desk.store.chats.staffing(now)).on_duty:
            return
        for conversation_id in await self.desk.store.chats.abandoned("waiting", now - GONE_AFTER):
            async with self.desk.changing(conversation_id) as work:
                if work.conversation.state == "waiting":
                    self.desk.put_by(work)

    async def close_silent(self) -> None:
        """Chats that nobody goes on with: asked once whether the shopper is there, then closed kindly."""
        idle_minutes = self.desk.rules.settings.idle_minutes
        if idle_minutes > 0:
            before = self.desk.clock() - timedelta(minutes=idle_minutes)
            for state in ("bot", "assigned"):
                for conversation_id in await self.desk.store.chats.abandoned(state, before):
                    await self.desk.close_silent(conversation_id, before)

    async def erase_old(self) -> None:
        """What was resolved longer ago than the shop keeps conversations."""
        retention_days = self.desk.rules.settings.retention_days
        if retention_days > 0:
            before = self.desk.clock() - timedelta(days=retention_days)
            old = await self.desk.store.erasure.resolved_before(before)
            if old:
                await self.erasure.erase(old, who="retention")


async def _carefully(duty: Callable[[], Awaitable[None]]) -> None:
    try:
        await duty()
    except DeskError as error:
        log.warning("round_cut_short", duty=getattr(duty, "__name__", str(duty)), code=error.code)
    except Exception:
        log.exception("round_failed", duty=getattr(duty, "__name__", str(duty)))
