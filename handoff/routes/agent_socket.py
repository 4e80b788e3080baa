"""The agent's WebSocket: the queue as it changes, the conversations being watched, and the presence lease."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from handoff.agents import Session
from handoff.errors import DeskError, NotFound
from handoff.hub import Notice, Subscription
from handoff.queue_view import QUEUE_PICTURE
from handoff.routes import socket as sockets
from handoff.routes.context import COOKIE, Context, check_origin, context_of
from handoff.routes.socket import SlowReader, Socket, both, parse
from handoff.wire import (
    AgentFrame,
    AgentReadFrame,
    AgentTypingFrame,
    HeartbeatFrame,
    PingFrame,
    UnwatchFrame,
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
            agent = {"id": self.agent.id, "email": self.agent.email, "name": self.agent.name, "role": self.agent.role}
            await self.socket.send_json({"type": "ready", "agent": agent})
            await self._show((await self.context.queue_view.draw()).model_dump_json(by_alias=True))
            await both(lambda: self._tell(heard), self._listen)
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

    async def _tell(self, heard: Subscription) -> None:
        while True:
            # Only the newest picture counts; those before it are out of date.
            pictures = [notice.text for notice in await heard.next() if notice.text]
            if pictures:
                await self._show(pictures[-1])

    async def _show(self, queue: str) -> None:
        await self.socket.send('{"type":"queue",' + queue.removeprefix("{"))

    async def _watch(self, conversation_id: str, after: int) -> None:
        heard = self.context.hub.subscribe(conversation_id)
        try:
            await self._event(conversation_id, (await self.context.viewers.of(conversation_id)).model_dump_json())
            sent = await self._catch_up(conversation_id, after)
            while True:
                for notice in await heard.next():
                    sent = await self._pass_on(notice, sent)
        except (WebSocketDisconnect, SlowReader, asyncio.CancelledError):
            return
        except DeskError as error:
            await self.socket.refuse(error)
        finally:
            self.context.hub.unsubscribe(heard)

    async def _pass_on(self, notice: Notice, sent: int) -> int:
        if notice.seq is None:
            if notice.sender != "agent":
                await self._event(notice.topic, notice.text)
            return sent
        if notice.seq == sent + 1:
            await self._event(notice.topic, notice.text)
            return notice.seq
        return await self._catch_up(notice.topic, sent) if notice.seq > sent else sent

    async def _catch_up(self, conversation_id: str, sent: int) -> int:
        while events := await self.context.store.chats.events_after(conversation_id, sent):
            for event in events:
                sent = event.seq
                await self._event(conversation_id, event.text)
        return sent

    async def _event(self, conversation_id: str, text: str) -> None:
        await self.socket.send(f'{{"type":"event","conversation_id":"{conversation_id}","event":{text}}}')

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
                await self.socket.send_json({"type": "heartbeat"})
            case WatchFrame():
                await self._start_watching(frame.conversation_id, frame.after)
            case UnwatchFrame():
                await self._stop_watching(frame.conversation_id)
            case AgentTypingFrame():
                chat = await self.context.store.chats.find(frame.conversation_id)
                if chat.agent_id == self.agent.id:
                    self.context.desk.typing(frame.conversation_id, agent=True)
            case AgentReadFrame():
                await self.context.desk.agent_read(frame.conversation_id, self.agent.id)
            case PingFrame():
                await self.socket.send_json({"type": "pong"})

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
