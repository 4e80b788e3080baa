"""What has to be noticed without anybody asking: turns cut off by a crash, and agents who have left the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from handoff.desk import Desk
from handoff.errors import DeskError
from handoff.turns import Turns

log = structlog.get_logger()

ROUND_S = 1.0


class Caretaker:
    """Walks its round every second, in every process; each thing it does is won by whoever is first."""

    def __init__(self, desk: Desk, turns: Turns) -> None:
        self.desk = desk
        self.turns = turns
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._walk(), name="caretaker")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _walk(self) -> None:
        while True:
            await self.round()
            await asyncio.sleep(ROUND_S)

    async def round(self) -> None:
        """One look at everything; trouble with one thing does not keep it from the next."""
        for duty in (self.pick_up_turns, self.requeue_left_chats):
            await _carefully(duty)

    async def pick_up_turns(self) -> None:
        for conversation_id in await self.desk.store.chats.unfinished_turns(self.desk.clock()):
            await self.turns.pick_up(conversation_id)

    async def requeue_left_chats(self) -> None:
        gone = await self.desk.store.people.gone(self.desk.clock())
        for agent_id in gone:
            for conversation_id in await self.desk.store.chats.left_by([agent_id]):
                await self.desk.requeue(conversation_id, agent_id)


async def _carefully(duty: Callable[[], Awaitable[None]]) -> None:
    try:
        await duty()
    except DeskError as error:
        log.warning("round_cut_short", duty=getattr(duty, "__name__", str(duty)), code=error.code)
    except Exception:
        log.exception("round_failed", duty=getattr(duty, "__name__", str(duty)))
