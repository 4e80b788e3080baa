"""What was erased here is forgotten by the engine too."""

from __future__ import annotations

from handoff.engine import Engine
from handoff.errors import EngineFailure
from handoff.outbox.channel import Undelivered
from handoff.store import Outgoing


class Forgetting:
    """The order to the engine to forget what was erased."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def deliver(self, one: Outgoing) -> None:
        try:
            await self._engine.forget(one.body["conversations"])
        except EngineFailure as why:
            raise Undelivered(why.message) from None

    async def close(self) -> None:
        """The engine is closed by whoever opened it."""
