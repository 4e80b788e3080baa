"""The shopper's WebSocket: the same events and commands as over HTTP, as frames."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, WebSocket
from pydantic import ValidationError
from starlette.websockets import WebSocketDisconnect

from handoff.conversation import Conversation
from handoff.errors import DeskError, StorageUnavailable
from handoff.hub import EventStored, Look, Subscription, TransientEvent, Wakeup
from handoff.routes import socket as sockets
from handoff.routes.context import Context, address, check_origin, context_of, counted
from handoff.routes.refusals import from_validation
from handoff.routes.shop import introduce
from handoff.routes.socket import SlowReader, Socket, both, client_id_of, parse
from handoff.wire import (
    Ack,
    Feedback,
    FeedbackFrame,
    Hello,
    LeaveMessage,
    LeaveMessageFrame,
    MessageFrame,
    PingFrame,
    Pong,
    Rating,
    RatingFrame,
    ReadFrame,
    RequestHumanFrame,
    ShopperFrame,
    ShopperReady,
    TypingFrame,
    WithdrawFrame,
    shopper_frame,
)

router = APIRouter()

HELLO_WITHIN_S = 10.0
CLOSE_CODES = {
    401: sockets.UNAUTHORIZED,
    403: sockets.UNAUTHORIZED,
    404: sockets.NOT_FOUND,
    429: sockets.TOO_MANY,
    503: sockets.STORAGE,
}


@router.websocket("/api/v1/shopper")
async def shopper_socket(websocket: WebSocket) -> None:
    context = context_of(websocket)
    await websocket.accept()
    socket = Socket(websocket)
    try:
        check_origin(websocket)
        await counted(websocket)
        hello, chat = await _greet(context, socket)
    except DeskError as error:
        await _turn_away(socket, error)
        return
    except (WebSocketDisconnect, TimeoutError):
        await socket.close(sockets.UNAUTHORIZED, "no hello")
        return
    context.metrics.sockets.labels("shopper").inc()
    if hello.after:
        context.metrics.resumes.inc()
    try:
        await ShopperSocket(context, socket, chat.id, hello.after).serve(chat)
    finally:
        context.metrics.sockets.labels("shopper").dec()


async def _greet(context: Context, socket: Socket) -> tuple[Hello, Conversation]:
    async with asyncio.timeout(HELLO_WITHIN_S):
        text = await socket.receive()
    try:
        hello = Hello.model_validate_json(text)
    except ValidationError as error:
        raise from_validation([{**e, "loc": ("hello", *e["loc"])} for e in error.errors(include_input=False)]) from None
    return hello, await context.desk.admit(hello.conversation_id, hello.token)


async def _turn_away(socket: Socket, error: DeskError) -> None:
    try:
        await socket.refuse(error)
    except (WebSocketDisconnect, SlowReader):
        return
    await socket.close(CLOSE_CODES.get(error.status, 1008), error.code)


class ShopperSocket:
    """One open socket of one conversation. `sent` is the last seq that went out on it."""

    def __init__(self, context: Context, socket: Socket, conversation_id: str, after: int) -> None:
        self.context = context
        self.socket = socket
        self.conversation_id = conversation_id
        self.sent = after

    async def serve(self, chat: Conversation) -> None:
        """Talk and listen until either end has enough."""
        # Listening begins before the backlog is read, so that nothing falls between the two.
        heard = self.context.hub.subscribe(self.conversation_id)
        try:
            await self.socket.say(
                ShopperReady(
                    state=chat.state,
                    last_seq=chat.last_seq,
                    agent_read_seq=chat.agent_read_seq,
                    shop=await introduce(self.context),
                )
            )
            await self._catch_up()
            await self._send_place()
            await both(lambda: self._send_wakeups(heard), self._listen)
        except SlowReader:
            self.context.metrics.slow_readers.inc()
            await self.socket.close(sockets.SLOW_READER, "slow_reader")
        except StorageUnavailable as error:
            await _turn_away(self.socket, error)
        except WebSocketDisconnect:
            return
        finally:
            self.context.hub.unsubscribe(heard)

    # --- out

    async def _send_wakeups(self, heard: Subscription) -> None:
        while True:
            for wakeup in await heard.next():
                await self._pass_on(wakeup)

    async def _pass_on(self, wakeup: Wakeup) -> None:
        """Send what comes next; what was had already is skipped, and a gap is filled from the store."""
        match wakeup:
            case EventStored(seq=seq, text=text) if seq == self.sent + 1:
                self.sent = seq
                await self.socket.send(text)
            case EventStored(seq=seq) if seq > self.sent:
                await self._catch_up()
            case Look():
                await self._catch_up()
            case TransientEvent(text=text, to=to) if to != "agents":
                await self.socket.send(text)

    async def _catch_up(self) -> None:
        while events := await self.context.store.chats.events_after(self.conversation_id, self.sent):
            for event in events:
                self.sent = event.seq
                await self.socket.send(event.text)

    async def _send_place(self) -> None:
        chat = await self.context.store.chats.find(self.conversation_id)
        if place := await self.context.queue_view.place_of(chat):
            await self.socket.send(place.model_dump_json(by_alias=True))

    # --- in

    async def _listen(self) -> None:
        while True:
            text = ""
            try:
                text = await self.socket.receive()
                await self._do(parse(shopper_frame, text))
            except DeskError as error:
                if isinstance(error, SlowReader):
                    raise
                await self.socket.refuse(error, client_id_of(text))

    async def _do(self, frame: ShopperFrame) -> None:
        desk, conversation_id = self.context.desk, self.conversation_id
        if not isinstance(frame, PingFrame | TypingFrame | ReadFrame):
            await self.context.limits.hit("write", conversation_id)
        await self.context.limits.hit("requests", address(self.socket.websocket))
        match frame:
            case MessageFrame():
                seq = await desk.receive(conversation_id, frame)
                await self.socket.say(Ack(client_id=frame.client_id, seq=seq))
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
                desk.shopper_typing(conversation_id)
            case ReadFrame():
                await desk.shopper_read(conversation_id, frame.seq)
            case PingFrame():
                await self.socket.say(Pong())
