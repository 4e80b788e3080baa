"""Who is there: this bridge says that it lives, and the chats of agents who left go back into the queue."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from handoff.desk import Desk
from handoff.errors import DeskError

# A bridge that has not said for this long that it lives is dead.
ALIVE_S = 5.0
# A dead bridge is remembered for this long.
REMEMBERED = timedelta(hours=1)


class Presence:
    """The leases of this bridge and of the agents."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def heartbeat(self) -> None:
        """Say that this bridge lives, so that its turns are left to it."""
        until = self.desk.clock() + timedelta(seconds=ALIVE_S)
        await self.desk.store.bridges.keep_alive(self.desk.bridge_id, until)

    async def leave(self) -> None:
        """This bridge ends in good order: what it leaves unfinished can be taken at once."""
        with suppress(DeskError):
            await self.desk.store.bridges.leave(self.desk.bridge_id)

    async def forget_dead_bridges(self) -> None:
        await self.desk.store.bridges.forget(self.desk.clock() - REMEMBERED)

    async def requeue_left_chats(self) -> None:
        """Chats of agents who were not heard from in time, and who still owe a reply."""
        for agent_id in await self.desk.store.people.gone(self.desk.clock()):
            for conversation_id in await self.desk.store.chats.left_by([agent_id]):
                await self._requeue(conversation_id, agent_id)

    async def _requeue(self, conversation_id: str, agent_id: str) -> None:
        async with self.desk.changing(conversation_id) as work:
            chat = work.conversation
            if chat.state != "assigned" or chat.agent_id != agent_id or chat.unanswered_since is None:
                return
            work.become(chat.release(overrule=True))
            await self.desk.put_back(work, "agent_left")
        self.desk.metrics.requeued.inc()
