"""What has to reach the outside world, delivered until it has: webhooks to the shop's systems, letters to shoppers.

At least once: a delivery that was cut off is tried again under the same id, by which the receiver can tell.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import aiosmtplib
import httpx
import structlog

from handoff.engine import Engine
from handoff.errors import EngineFailure
from handoff.mail import Mailer
from handoff.metrics import Metrics
from handoff.store import Outgoing, Store
from handoff.wire import Json

log = structlog.get_logger()

FORGET = "forget"
ATTEMPTS = 12
FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 3_600.0
# A delivery that takes longer than this was cut off, and anybody may try again.
TAKEN_S = 60.0
WEBHOOK_TIMEOUT_S = 10.0


class Channel(Protocol):
    """One way out; raises Undelivered."""

    async def deliver(self, one: Outgoing) -> None: ...

    async def close(self) -> None: ...


class Undelivered(Exception):  # noqa: N818 - it is tried again
    """The other side did not take it. `for_good` when trying again is of no use."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


def sign(secret: str, timestamp: int, content: bytes) -> str:
    """HMAC-SHA256 over `<timestamp>.<content>`, in hexadecimal."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + content, hashlib.sha256).hexdigest()


class Webhooks:
    """POSTs to the shop's own address, signed so that the shop knows who speaks and that nothing was changed."""

    def __init__(
        self,
        url: str,
        secret: str,
        clock: Callable[[], datetime],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        self._client = httpx.AsyncClient(timeout=WEBHOOK_TIMEOUT_S, transport=transport, trust_env=False)

    async def deliver(self, one: Outgoing) -> None:
        content = json.dumps({"id": one.id, "type": one.kind, "at": one.at.isoformat(), **one.body}).encode()
        timestamp = int(self._clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            "X-Cornerdesk-Delivery": one.id,
            "X-Cornerdesk-Signature": f"t={timestamp},v1={sign(self._secret, timestamp, content)}",
        }
        try:
            response = await self._client.post(self._url, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise Undelivered(f"not reachable ({type(error).__name__})") from None
        if not response.is_success:
            raise Undelivered(f"answered with status {response.status_code}", for_good=response.status_code == 410)

    async def close(self) -> None:
        await self._client.aclose()


class Letters:
    """Mail, by SMTP."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer

    async def deliver(self, one: Outgoing) -> None:
        letter: Json = one.body
        try:
            await self._mailer.send(letter, one.id)
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise Undelivered(f"refused: {error}", for_good=True) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Undelivered(f"{type(error).__name__}: {error}") from None

    async def close(self) -> None:
        """Nothing stays open between letters."""


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
