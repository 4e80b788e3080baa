"""The shopper's WebSocket: the same events and commands as over HTTP, as frames."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, WebSocket
from pydantic import ValidationError
from starlette.websockets import WebSocketDisconnect

from handoff.errors import DeskError, StorageUnavailable
from handoff.hub import Notice, Subscription
from handoff.routes import line as lines
from handoff.routes.line import Line, SlowReader, both, client_id_of, parse
from handoff.routes.refusals import from_validation
from handoff.routes.room import Room, address, check_origin, counted, room_of
from handoff.routes.shop import introduce
from handoff.store import Conversation
from handoff.wire import (
    Feedback,
    FeedbackFrame,
    Hello,
    LeaveMessage,
    LeaveMessageFrame,
    MessageFrame,
    PingFrame,
    Rating,
    RatingFrame,
    ReadFrame,
    RequestHumanFrame,
    ShopperFrame,
    TypingFrame,
    WithdrawFrame,
    shopper_frame,
)

router = APIRouter()

HELLO_WITHIN_S = 10.0
CLOSE_CODES = {
    401: lines.UNAUTHORIZED,
    403: lines.UNAUTHORIZED,
    404: lines.NOT_FOUND,
    429: lines.TOO_MANY,
    503: lines.STORAGE,
}


@router.websocket("/api/v1/shopper")
async def shopper_socket(socket: WebSocket) -> None:
    room = room_of(socket)
    await socket.accept()
    line = Line(socket)
    try:
        check_origin(socket)
        await counted(socket)
        hello, chat = await _greet(room, line)
    except DeskError as error:
        await _turn_away(line, error)
        return
    except (WebSocketDisconnect, TimeoutError):
        await line.close(lines.UNAUTHORIZED, "no hello")
        return
    room.metrics.sockets.labels("shopper").inc()
    if hello.after:
        room.metrics.resumes.inc()
    try:
        await ShopperLine(room, line, chat.id, hello.after).serve(chat)
    finally:
        room.metrics.sockets.labels("shopper").dec()


async def _greet(room: Room, line: Line) -> tuple[Hello, Conversation]:
    async with asyncio.timeout(HELLO_WITHIN_S):
        text = await line.receive()
    try:
        hello = Hello.model_validate_json(text)
    except ValidationError as error:
        raise from_validation([{**e, "loc": ("hello", *e["loc"])} for e in error.errors(include_input=False)]) from None
    return hello, await room.desk.admit(hello.conversation_id, hello.token)


async def _turn_away(line: Line, error: DeskError) -> None:
    try:
        await line.refuse(error)
    except (WebSocketDisconnect, SlowReader):
        return
    await line.close(CLOSE_CODES.get(error.status, 1008), error.code)


class ShopperLine:
    """One open socket of one conversation. `sent` is the last seq that went out on it."""

    def __init__(self, room: Room, line: Line, conversation_id: str, after: int) -> None:
        self.room = room
        self.line = line
        self.conversation_id = conversation_id
        self.sent = after

    async def serve(self, chat: Conversation) -> None:
        """Talk and listen until either end has enough."""
        # Listening begins before the backlog is read, so that nothing falls between the two.
        heard = self.room.hub.subscribe(self.conversation_id)
        try:
            await self.line.send_json(
                {
                    "type": "ready",
                    "state": chat.state,
                    "last_seq": chat.last_seq,
                    "agent_read_seq": chat.agent_read_seq,
                    "shop": (await introduce(self.room)).model_dump(mode="json"),
                }
            )
            await self._catch_up()
            await self._tell_place()
            await both(lambda: self._tell(heard), self._listen)
        except SlowReader:
            self.room.metrics.slow_readers.inc()
            await self.line.close(lines.SLOW_READER, "slow_reader")
        except StorageUnavailable as error:
            await _turn_away(self.line, error)
        except WebSocketDisconnect:
            return
        finally:
            self.room.hub.unsubscribe(heard)

    # --- out

    async def _tell(self, heard: Subscription) -> None:
        while True:
            for notice in await heard.next():
                await self._pass_on(notice)

    async def _pass_on(self, notice: Notice) -> None:
        """Send what comes next; what was had already is skipped, and a gap is filled from the store."""
        if notice.audience == "agents" or (notice.seq is None and notice.sender == "shopper"):
            return
        if notice.seq is None:
            await self.line.send(notice.text)
        elif notice.seq == self.sent + 1:
            self.sent = notice.seq
            await self.line.send(notice.text)
        elif notice.seq > self.sent:
            await self._catch_up()

    async def _catch_up(self) -> None:
        while events := await self.room.store.chats.events_after(self.conversation_id, self.sent):
            for event in events:
                self.sent = event.seq
                await self.line.send(event.text)

    async def _tell_place(self) -> None:
        chat = await self.room.store.chats.find(self.conversation_id)
        if place := await self.room.queue_view.place_of(chat):
            await self.line.send(place.model_dump_json(by_alias=True))

    # --- in

    async def _listen(self) -> None:
        while True:
            text = ""
            try:
                text = await self.line.receive()
                await self._do(parse(shopper_frame, text))
            except DeskError as error:
                if isinstance(error, SlowReader):
                    raise
                await self.line.refuse(error, client_id_of(text))

    async def _do(self, frame: ShopperFrame) -> None:
        desk, conversation_id = self.room.desk, self.conversation_id
        if not isinstance(frame, PingFrame | TypingFrame | ReadFrame):
            await self.room.limits.hit("write", conversation_id)
        await self.room.limits.hit("requests", address(self.line.socket))
        match frame:
            case MessageFrame():
                seq = await desk.receive(conversation_id, frame)
                await self.line.send_json({"type": "ack", "client_id": frame.client_id, "seq": seq})
            case RequestHumanFrame():
                await desk.request_human(conversation_id)
            case WithdrawFrame():
                await desk.withdraw(conversation_id)
            case FeedbackFrame():
                await desk.take_feedback(conversation_id, Feedback(seq=frame.seq, helpful=frame.helpful))
            case RatingFrame():
                await desk.take_rating(conversation_id, Rating(score=frame.score, comment=frame.comment))
            case LeaveMessageFrame():
                await desk.leave_message(
                    conversation_id,
                    LeaveMessage(email=frame.email, text=frame.text, client_id=frame.client_id),
                )
            case TypingFrame():
                desk.typing(conversation_id, agent=False)
            case ReadFrame():
                await desk.shopper_read(conversation_id, frame.seq)
            case PingFrame():
                await self.line.send_json({"type": "pong"})
