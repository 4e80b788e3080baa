"""Webhooks to the shop's own systems.

The signature stays ours: the library `standardwebhooks` signs `<id>.<timestamp>.<content>` in base64, under headers of
its own and with keys in base64. Shops verify what docs/protocol.md promises, which is another wire.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime

import httpx

from handoff.outbox.channel import Undelivered
from handoff.store import Outgoing

WEBHOOK_TIMEOUT_S = 10.0


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
