"""What is over: chats that nobody goes on with, and conversations kept for long enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from handoff.conversation import ABANDONED
from handoff.desk import Desk
from handoff.erasure import Erasure
from handoff.outbox.shop_events import Resolved


class Closing:
    """Duties to what has come to an end."""

    def __init__(self, desk: Desk, erasure: Erasure) -> None:
        self.desk = desk
        self.erasure = erasure

    async def close_silent(self) -> None:
        """Chats that nobody goes on with: asked once whether the shopper is there, then closed kindly."""
        idle_minutes = self.desk.rules.settings.idle_minutes
        if idle_minutes > 0:
            before = self.desk.clock() - timedelta(minutes=idle_minutes)
            for state in ("bot", "assigned"):
                for conversation_id in await self.desk.store.chats.abandoned(state, before):
                    await self._close(conversation_id, before)

    async def _close(self, conversation_id: str, before: datetime) -> None:
        """Nobody has gone on: with a person's last word unanswered, ask once; then close, kindly."""
        async with self.desk.changing(conversation_id) as work:
            chat = work.conversation
            if chat.state not in ("bot", "assigned") or chat.unanswered_since or not chat.shopper_at:
                return
            if chat.shopper_at > before:
                return
            if chat.state == "assigned" and (chat.nudged_at is None or chat.nudged_at > before):
                if chat.nudged_at is None:
                    self.desk.say_sentence(work, "still_there")
                    work.become(work.conversation.nudged(work.at))
                return
            work.become(work.conversation.close(work.at))
            self.desk.say_sentence(work, "closed")
            work.show_state()
            self.desk.notify_shop(work, Resolved(disposition=ABANDONED))
        self.desk.metrics.closed_idle.inc()

    async def erase_old(self) -> None:
        """What was resolved longer ago than the shop keeps conversations."""
        retention_days = self.desk.rules.settings.retention_days
        if retention_days > 0:
            before = self.desk.clock() - timedelta(days=retention_days)
            old = await self.desk.store.erasure.resolved_before(before)
            if old:
                await self.erasure.erase(old, who="retention")
