"""The agent's WebSocket: the queue as it changes, the conversations being watched, and the presence lease."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from handoff.agents import Session
from handoff.errors import DeskError, NotFound
from handoff.hub import QUEUE_PICTURE, EventStored, Look, QueueDrawn, Subscription, TransientEvent, Wakeup
from handoff.queue_view import frame
from handoff.routes import socket as sockets
from handoff.routes.agent import agent_self
from handoff.routes.context import COOKIE, Context, check_origin, context_of
from handoff.routes.socket import SlowReader, Socket, both, parse
from handoff.wire import (
    AgentFrame,
    AgentReadFrame,
    AgentReady,
    AgentTypingFrame,
    Heartbeat,
    HeartbeatFrame,
    Json,
    PingFrame,
    Pong,
    UnwatchFrame,
    WatchedEvent,
    WatchFrame,
    agent_frame,
)

router = APIRouter()

MAX_WATCHED = 50


@router.websocket("/api/v1/agent")
async def agent_socket(websocket: WebSocket) -> None:
    context = context_of(websocket)
    await websocket.accept()
    socket = Socket(websocket)
    try:
        check_origin(websocket)
        session = await context.agents.session(websocket.cookies.get(COOKIE))
        await context.agents.renew(session.agent.id)
    except DeskError as error:
        await socket.refuse(error)
        await socket.close(sockets.UNAUTHORIZED, error.code)
        return
    context.metrics.sockets.labels("agent").inc()
    try:
        await AgentSocket(context, socket, session, websocket.cookies[COOKIE]).serve()
    finally:
        context.metrics.sockets.labels("agent").dec()


class AgentSocket:
    """One open socket of one agent, and the conversations watched on it."""

    def __init__(self, context: Context, socket: Socket, session: Session, cookie: str) -> None:
        self.context = context
        self.socket = socket
        self.agent = session.agent
        self.cookie = cookie
        self._watching: dict[str, asyncio.Task[None]] = {}

    async def serve(self) -> None:
        heard = self.context.hub.subscribe(QUEUE_PICTURE)
        try:
            await self.socket.say(AgentReady(agent=agent_self(self.agent)))
            await self.socket.send(frame(await self.context.queue_view.draw()))
            await both(lambda: self._send_pictures(heard), self._listen)
        except SlowReader:
            self.context.metrics.slow_readers.inc()
            await self.socket.close(sockets.SLOW_READER, "slow_reader")
        except DeskError as error:
            await self.socket.close(sockets.UNAUTHORIZED if error.status == 401 else sockets.STORAGE, error.code)
        except WebSocketDisconnect:
            return
        finally:
            self.context.hub.unsubscribe(heard)
            for task in self._watching.values():
                task.cancel()
            await asyncio.gather(*self._watching.values(), return_exceptions=True)
            with suppress(DeskError):
                await self.context.viewers.look_away(self._watching, self.agent.id)

    # --- out

    async def _send_pictures(self, heard: Subscription) -> None:
        while True:
            # Only the newest picture counts; those before it are out of date.
            pictures = [wakeup.text for wakeup in await heard.next() if isinstance(wakeup, QueueDrawn)]
            if pictures:
                await self.socket.send(pictures[-1])

    async def _watch(self, conversation_id: str, after: int) -> None:
        heard = self.context.hub.subscribe(conversation_id)
        try:
            viewers = await self.context.viewers.of(conversation_id)
            await self._event(conversation_id, viewers.model_dump(mode="json"))
            sent = await self._catch_up(conversation_id, after)
            while True:
                for wakeup in await heard.next():
                    sent = await self._pass_on(wakeup, sent)
        except (WebSocketDisconnect, SlowReader, asyncio.CancelledError):
            return
        except DeskError as error:
            await self.socket.refuse(error)
        finally:
            self.context.hub.unsubscribe(heard)

    async def _pass_on(self, wakeup: Wakeup, sent: int) -> int:
        match wakeup:
            case EventStored(topic, seq, text) if seq == sent + 1:
                await self._event(topic, json.loads(text))
                return seq
            case EventStored(topic, seq) if seq > sent:
                return await self._catch_up(topic, sent)
            case Look(topic):
                return await self._catch_up(topic, sent)
            case TransientEvent(topic, text, to) if to != "shopper":
                await self._event(topic, json.loads(text))
        return sent

    async def _catch_up(self, conversation_id: str, sent: int) -> int:
        while events := await self.context.store.chats.events_after(conversation_id, sent):
            for event in events:
                sent = event.seq
                await self._event(conversation_id, event.wire())
        return sent

    async def _event(self, conversation_id: str, event: Json) -> None:
        await self.socket.say(WatchedEvent(conversation_id=conversation_id, event=event))

    # --- in

    async def _listen(self) -> None:
        while True:
            try:
                await self._do(parse(agent_frame, await self.socket.receive()))
            except DeskError as error:
                if isinstance(error, SlowReader) or error.status == 401:
                    raise
                await self.socket.refuse(error)

    async def _do(self, frame: AgentFrame) -> None:
        match frame:
            case HeartbeatFrame():
                # A session that was revoked ends here too.
                await self.context.agents.session(self.cookie)
                await self.context.agents.renew(self.agent.id)
                for conversation_id in self._watching:
                    await self.context.viewers.look(conversation_id, self.agent.id)
                await self.socket.say(Heartbeat())
            case WatchFrame():
                await self._start_watching(frame.conversation_id, frame.after)
            case UnwatchFrame():
                await self._stop_watching(frame.conversation_id)
            case AgentTypingFrame():
                await self.context.desk.agent_typing(frame.conversation_id, self.agent.id)
            case AgentReadFrame():
                await self.context.desk.agent_read(frame.conversation_id, self.agent.id)
            case PingFrame():
                await self.socket.say(Pong())

    async def _start_watching(self, conversation_id: str, after: int) -> None:
        await self.context.store.chats.find(conversation_id)
        if task := self._watching.pop(conversation_id, None):
            task.cancel()
        if len(self._watching) >= MAX_WATCHED:
            raise NotFound(f"At most {MAX_WATCHED} conversations can be watched at once; unwatch one.")
        await self.context.desk.agent_read(conversation_id, self.agent.id)
        await self.context.viewers.look(conversation_id, self.agent.id)
        self._watching[conversation_id] = asyncio.create_task(self._watch(conversation_id, after))

    async def _stop_watching(self, conversation_id: str) -> None:
        if task := self._watching.pop(conversation_id, None):
            task.cancel()
            await self.context.viewers.look_away([conversation_id], self.agent.id)
