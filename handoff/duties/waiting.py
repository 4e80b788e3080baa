"""What waits for a person: given out, warned of, and put by when nobody will come."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from handoff.desk import Desk
from handoff.errors import AlreadyClaimed, WrongState
from handoff.outbox.shop_events import ServiceLevelWarning
from handoff.queue.order import assign

# Who has not been heard from for this long has gone.
GONE_AFTER = timedelta(minutes=10)


class Waiting:
    """Duties to whoever is in the queue, or waits for an agent's next words."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def give_out(self) -> None:
        """With automatic assignment: the oldest waiting chats to the least loaded who fit."""
        if self.desk.rules.settings.assignment != "auto":
            return
        people = await self.desk.store.people.on_duty(self.desk.clock())
        for conversation_id, agent_id in assign(await self.desk.store.chats.waiting(), people):
            await self._give(conversation_id, agent_id)

    async def _give(self, conversation_id: str, agent_id: str) -> None:
        agent = await self.desk.store.people.by_id(agent_id)
        if agent is not None:
            # Either may have moved on meanwhile.
            with suppress(AlreadyClaimed, WrongState):
                await self.desk.claim(conversation_id, agent)

    async def warn(self) -> None:
        """Promises about time that are about to break."""
        desk = self.desk
        now = desk.clock()
        first_s = desk.rules.promise.first_warning_s
        waiting = await desk.store.chats.waiting_since(now - timedelta(seconds=first_s)) if first_s else []
        due = [c.id for c in waiting if desk.rules.warnings(c, now)]
        for conversation_id in due:
            await self._warn(conversation_id)
        if due:
            desk.queue_changed()

    async def _warn(self, conversation_id: str) -> None:
        """Say once that a promise about time is about to break: to the shop's systems, and on every agent's screen."""
        async with self.desk.changing(conversation_id) as work:
            work.quiet = True
            for warned in self.desk.rules.warnings(work.conversation, work.at):
                work.become(work.conversation.warned(warned.promise, warned.due_at))
                event = ServiceLevelWarning(promise=warned.promise, due_at=warned.due_at, level=warned.level)
                self.desk.notify_shop(work, event)
                self.desk.metrics.warnings.labels(warned.promise).inc()

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
