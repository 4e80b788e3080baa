"""One WebSocket, as the bridge uses it: bounded, ordered, and closed when the other end reads too slowly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import WebSocket
from pydantic import TypeAdapter, ValidationError
from starlette.websockets import WebSocketDisconnect, WebSocketState

from handoff.errors import BadRequest, DeskError, PayloadTooLarge
from handoff.routes.refusals import detail, from_validation
from handoff.wire import ErrorFrame, Wire

SLOWEST_READ_S = 10.0
MAX_FRAME_CHARS = 32_768

# Close codes of our own (4000-4999 are free for applications), and the standard ones used.
UNAUTHORIZED = 4401
NOT_FOUND = 4404
SLOW_READER = 4408
TOO_MANY = 4429
STORAGE = 1013


class SlowReader(DeskError):  # noqa: N818 - see handoff/errors.py
    """The other end does not read; it may come back and resume."""

    code = "slow_reader"


class Socket:
    """Sends one frame at a time; raises SlowReader when the other end does not take it."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self._sending = asyncio.Lock()

    async def send(self, text: str) -> None:
        try:
            async with asyncio.timeout(SLOWEST_READ_S), self._sending:
                await self.websocket.send_text(text)
        except TimeoutError:
            raise SlowReader("The connection reads too slowly; connect again and resume.") from None
        except RuntimeError:
            # Starlette's way to say that the socket is closed.
            raise WebSocketDisconnect(1006) from None

    async def say(self, frame: Wire) -> None:
        await self.send(frame.model_dump_json(by_alias=True))

    async def refuse(self, error: DeskError, client_id: str | None = None) -> None:
        """Tell what was wrong with a frame; the socket stays open."""
        frame = ErrorFrame(error=detail(error), client_id=client_id)
        await self.send(frame.model_dump_json(exclude_none=True))

    async def receive(self) -> str:
        """The next frame's text; raises BadRequest for a binary one, PayloadTooLarge for a giant."""
        message = await self.websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1006))
        text: str | None = message.get("text")
        if text is None:
            raise BadRequest("Frames are JSON text, not binary.")
        if len(text) > MAX_FRAME_CHARS:
            raise PayloadTooLarge(f"A frame has at most {MAX_FRAME_CHARS} characters.")
        return text

    async def close(self, code: int, reason: str = "") -> None:
        if self.websocket.application_state is not WebSocketState.DISCONNECTED:
            try:
                async with asyncio.timeout(1.0):
                    await self.websocket.close(code, reason)
            except (RuntimeError, TimeoutError, WebSocketDisconnect):
                return


Frame = TypeVar("Frame")


def parse(adapter: TypeAdapter[Frame], text: str) -> Frame:
    """The frame; raises a DeskError that says what is wrong with it."""
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        raise from_validation(error.errors(include_input=False, include_url=False), tagged=True) from None


def client_id_of(text: str) -> str | None:
    """The client_id of a frame that was refused, if it can be made out."""
    try:
        found = json.loads(text).get("client_id")
    except (ValueError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, str) and len(found) <= 64 else None


async def both(*sides: Callable[[], Awaitable[None]]) -> None:
    """Run the sides of a socket until one ends; raises what ended it, and leaves nothing running."""
    tasks = [asyncio.ensure_future(side()) for side in sides]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
