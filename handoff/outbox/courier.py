"""What has to reach the outside world, delivered until it has: webhooks to the shop's systems, letters to shoppers.

At least once: a delivery that was cut off is tried again under the same id, by which the receiver can tell.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from handoff.metrics import Metrics
from handoff.outbox.channel import FORGET, Channel, Undelivered
from handoff.store import Outgoing, Store

log = structlog.get_logger()

ATTEMPTS = 12
FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 3_600.0
# A delivery that takes longer than this was cut off, and anybody may try again.
TAKEN_S = 60.0


class Courier:
    """Delivers what is due. In every process; each delivery is won by whoever takes it first."""

    def __init__(
        self, store: Store, metrics: Metrics, clock: Callable[[], datetime], channels: dict[str, Channel]
    ) -> None:
        self.store = store
        self.metrics = metrics
        self.clock = clock
        self.channels = channels

    async def round(self) -> None:
        """Deliver everything that is due now."""
        due = await self.store.outbox.due(self.clock()) if self.channels else []
        await asyncio.gather(*(self._one(one) for one in due))

    async def _one(self, one: Outgoing) -> None:
        channel = self.channels.get(one.channel)
        if channel is None or not await self.store.outbox.take(one, self.clock() + timedelta(seconds=TAKEN_S)):
            return
        try:
            await channel.deliver(one)
        except Undelivered as why:
            await self._once_more(one, why)
        else:
            self.metrics.deliveries.labels(one.channel, "delivered").inc()
            if one.channel == FORGET:
                await self.store.outbox.remove(one.id)
            else:
                await self.store.outbox.delivered(one.id, self.clock())

    async def _once_more(self, one: Outgoing, why: Undelivered) -> None:
        # What has to be erased is never given up.
        given_up = why.for_good or (one.attempts + 1 >= ATTEMPTS and one.channel != FORGET)
        next_at = None if given_up else self.clock() + timedelta(seconds=pause_s(one.attempts))
        self.metrics.deliveries.labels(one.channel, "given_up" if given_up else "failed").inc()
        log.warning("not_delivered", channel=one.channel, kind=one.kind, why=str(why), given_up=given_up)
        await self.store.outbox.failed(one.id, str(why), next_at)

    async def close(self) -> None:
        closing: list[Awaitable[None]] = [channel.close() for channel in self.channels.values()]
        await asyncio.gather(*closing)


def pause_s(attempts: int) -> float:
    """How long to wait after so many failed attempts: doubling, up to an hour."""
    return float(min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(attempts, 20)))
