"""Logs: one JSON object a line, with the id that the bridge gave the turn, and never a shopper's words."""

from __future__ import annotations

import re
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

_REQUEST_ID = re.compile(r"[A-Za-z0-9_.\-]{1,100}")


def set_up() -> None:
    """Have every line of ours written as JSON."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    )


class RequestLog:
    """ASGI middleware: a line for every call but the health checks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/healthz":
            await self.app(scope, receive, send)
            return
        started, status = time.monotonic(), 500

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            took_ms = round((time.monotonic() - started) * 1000, 1)
            log.info("call", path=scope["path"], request=request_id(scope), status=status, took_ms=took_ms)


def request_id(scope: Scope) -> str | None:
    """The id that the caller gave, if it is one that may stand in a log."""
    given = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"x-request-id"), "")
    return given if _REQUEST_ID.fullmatch(given) else None
