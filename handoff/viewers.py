"""Who has a conversation on the screen: agents see each other, so that two never prepare the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from handoff.hub import Hub, TransientEvent
from handoff.store import Store
from handoff.wire import Viewers


class ViewerLeases:
    """Looking is a lease, renewed by the heartbeat; every change is told to those who look."""

    def __init__(self, store: Store, hub: Hub, clock: Callable[[], datetime], lease_s: float) -> None:
        self.store = store
        self.hub = hub
        self.clock = clock
        self.lease_s = lease_s

    async def look(self, conversation_id: str, agent_id: str) -> None:
        """The agent has it on the screen, for the length of the lease."""
        until = self.clock() + timedelta(seconds=self.lease_s)
        if await self.store.viewers.look(conversation_id, agent_id, until):
            await self._announce(conversation_id)

    async def look_away(self, conversation_ids: Iterable[str], agent_id: str) -> None:
        ids = list(conversation_ids)
        if ids:
            await self.store.viewers.look_away(ids, agent_id)
        for conversation_id in ids:
            await self._announce(conversation_id)

    async def of(self, conversation_id: str) -> Viewers:
        """Who looks now."""
        ids = await self.store.viewers.of(conversation_id, self.clock())
        names = await self.store.people.names(ids) if ids else {}
        return Viewers(agents=[names[i] for i in ids if i in names])

    async def _announce(self, conversation_id: str) -> None:
        viewers = await self.of(conversation_id)
        self.hub.publish(TransientEvent(conversation_id, viewers.model_dump_json(), to="agents"))
