"""What every request passes: a limit to its size, and the headers that keep a browser from being misused."""

from __future__ import annotations

import json

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 64 * 1024
TOO_LARGE = f"A request has at most {MAX_BODY_BYTES} bytes."

# For JSON: nothing in it may ever be run, framed or guessed to be something else. Pages bring their own policy.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# The OpenAPI page loads its scripts from elsewhere, so it gets none of ours.
UNGUARDED = ("/docs", "/redoc")


class Guards:
    """ASGI middleware around the whole bridge."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _announced_bytes(scope) > MAX_BODY_BYTES:
            await _refuse(send)
            return
        await self.app(scope, _Body(receive).receive, _with_headers(scope["path"], send))


class _Body:
    """Counts the bytes of a body as they come; raises 413 when more come than may, whatever was announced."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._bytes += len(message.get("body", b""))
            if self._bytes > MAX_BODY_BYTES:
                raise HTTPException(413, TOO_LARGE)
        return message


def _announced_bytes(scope: Scope) -> int:
    found = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(found) if found.isdigit() else 0


def _with_headers(path: str, send: Send) -> Send:
    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start" and not path.startswith(UNGUARDED):
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_guarded


async def _refuse(send: Send) -> None:
    error = {"code": "payload_too_large", "message": TOO_LARGE}
    content = json.dumps({"error": error}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": [*headers, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": content})
