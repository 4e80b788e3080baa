"""Duties: each a task of its own, with its own period and its own failure, none waiting for another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from handoff.errors import DeskError

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done every so many seconds, counted from the end of one time to the start of the next."""

    name: str
    every_s: float
    work: Callable[[], Awaitable[None]]


class Duties:
    """Does all of them, in every process; each thing that is done is won by whoever is first.

    One that fails is done again after its period; one that hangs holds up nobody but itself, and is never doubled.
    """

    def __init__(self, duties: Sequence[Duty], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.duties = tuple(duties)
        self._sleep = sleep
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._keep_doing(duty), name=f"duty {duty.name}") for duty in self.duties]

    def rest(self) -> None:
        """Begin nothing more."""
        for task in self._tasks:
            task.cancel()

    async def stop(self) -> None:
        self.rest()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def once(self, *names: str) -> None:
        """Do these duties, or all, once and in their order; trouble with one does not keep it from the next."""
        for duty in self.duties:
            if not names or duty.name in names:
                await _do(duty)

    async def _keep_doing(self, duty: Duty) -> None:
        while True:
            await _do(duty)
            await self._sleep(duty.every_s)


async def _do(duty: Duty) -> None:
    try:
        await duty.work()
    except DeskError as error:
        log.warning("duty_cut_short", duty=duty.name, code=error.code)
    except Exception:
        log.exception("duty_failed", duty=duty.name)
