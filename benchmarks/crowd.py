"""Shoppers and agents as stubborn clients: they number what they say, say it again until it is acknowledged, and
keep everything that they were told."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

Event = dict[str, Any]
Trouble = (OSError, WebSocketException, TimeoutError, httpx.HTTPError)

ACK_WITHIN_S = 5.0
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 2.0


async def insist(client: httpx.AsyncClient, urls: list[str], method: str, path: str, **more: Any) -> httpx.Response:
    """One HTTP call, to any bridge, again and again until a bridge answers other than 5xx."""
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            answer = await client.request(method, random.choice(urls) + path, **more)
            if answer.status_code < 500:
                return answer
        except httpx.HTTPError:
            pass
        await asyncio.sleep(random.uniform(0, pause_s))
        pause_s = min(LONGEST_PAUSE_S, pause_s * 2)


@dataclass
class CrowdShopper:
    """One conversation over WebSockets that come and go. `heard` is every stored event, in the order of arrival."""

    urls: list[str]
    conversation_id: str
    token: str
    heard: list[Event] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    acked: dict[str, int] = field(default_factory=dict)
    state: str = "bot"
    outages_s: list[float] = field(default_factory=list)
    _socket: ClientConnection | None = None
    _ready: asyncio.Event = field(default_factory=asyncio.Event)
    _something: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def open(cls, client: httpx.AsyncClient, urls: list[str]) -> CrowdShopper:
        opened = (await insist(client, urls, "POST", "/api/v1/conversations", json={})).json()
        return cls(urls, opened["conversation_id"], opened["token"])

    @property
    def last_seq(self) -> int:
        return int(self.heard[-1]["seq"]) if self.heard else 0

    async def stay(self) -> None:
        """Keep a socket open for ever, resuming after every loss with backoff and jitter."""
        pause_s, lost_at = FIRST_PAUSE_S, time.monotonic()
        while True:
            try:
                address = random.choice(self.urls).replace("http", "ws", 1)
                async with connect(f"{address}/api/v1/shopper", compression=None, open_timeout=5) as socket:
                    await self._greet(socket)
                    self.outages_s.append(time.monotonic() - lost_at)
                    pause_s = FIRST_PAUSE_S
                    async for text in socket:
                        self._hear(json.loads(text))
            except Trouble:
                pass
            if self._ready.is_set():
                lost_at = time.monotonic()
            self._ready.clear()
            await asyncio.sleep(random.uniform(0, pause_s))
            pause_s = min(LONGEST_PAUSE_S, pause_s * 2)

    async def _greet(self, socket: ClientConnection) -> None:
        hello = {"type": "hello", "conversation_id": self.conversation_id, "token": self.token, "after": self.last_seq}
        await socket.send(json.dumps(hello))
        ready = json.loads(await asyncio.wait_for(socket.recv(), 10))
        if ready["type"] != "ready":
            raise TimeoutError(str(ready))
        self._socket = socket
        self._ready.set()

    def _hear(self, frame: Event) -> None:
        if frame["type"] == "ack":
            self.acked[frame["client_id"]] = frame["seq"]
        elif frame.get("seq") and frame["type"] != "read":
            self.heard.append(frame)
            if frame["type"] == "state":
                self.state = frame["state"]
        self._something.set()

    async def say(self, text: str) -> None:
        """Send one message until it is acknowledged, always under the same client_id."""
        client_id = f"{self.conversation_id}-{len(self.sent)}"
        self.sent.append(client_id)
        frame = json.dumps({"type": "message", "client_id": client_id, "text": text})
        while client_id not in self.acked:
            await self._ready.wait()
            try:
                assert self._socket is not None
                await self._socket.send(frame)
                async with asyncio.timeout(ACK_WITHIN_S):
                    while client_id not in self.acked and self._ready.is_set():
                        self._something.clear()
                        await self._wait_for_something()
            except Trouble:
                await asyncio.sleep(FIRST_PAUSE_S)

    async def _wait_for_something(self) -> None:
        try:
            async with asyncio.timeout(0.5):
                await self._something.wait()
        except TimeoutError:
            return

    async def until(self, fits: Any, within_s: float) -> bool:
        """Wait until `fits(self)`; False when it takes too long."""
        try:
            async with asyncio.timeout(within_s):
                while not fits(self):
                    self._something.clear()
                    await self._wait_for_something()
        except TimeoutError:
            return False
        return True

    def drop(self) -> None:
        """Cut the socket off without a word."""
        if self._socket is not None:
            self._socket.transport.abort()


@dataclass
class CrowdAgent:
    """An agent who takes the next chat, answers each open message, and gives it back or resolves it."""

    client: httpx.AsyncClient
    urls: list[str]
    id: str
    csrf: dict[str, str]
    replied: dict[str, list[str]] = field(default_factory=dict)
    replies: int = 0

    @classmethod
    async def sign_in(cls, urls: list[str], email: str, password: str) -> CrowdAgent:
        client = httpx.AsyncClient(timeout=10)
        body = {"email": email, "password": password}
        answer = await insist(client, urls, "POST", "/api/v1/session", json=body)
        session = answer.raise_for_status().json()
        return cls(client, urls, session["agent"]["id"], {"X-CSRF-Token": session["csrf"]})

    async def _do(self, verb: str, body: Any = None) -> httpx.Response:
        return await insist(self.client, self.urls, "POST", f"/api/v1/{verb}", json=body, headers=self.csrf)

    async def work(self, chance: random.Random) -> None:
        """Take chats and answer them, for ever."""
        while True:
            taken = (await self._do("queue/next")).json().get("conversation_id")
            if taken is None:
                await asyncio.sleep(0.05)
                await self._mine(chance)
            else:
                await self._help(taken, chance)

    async def _mine(self, chance: random.Random) -> None:
        """Chats that are still theirs: a claim whose answer got lost is a claim all the same."""
        queue = (await insist(self.client, self.urls, "GET", "/api/v1/queue")).json().get("conversations", [])
        for line in queue:
            if line["agent"] and line["agent"]["id"] == self.id:
                await self._help(line["conversation_id"], chance)

    async def _help(self, conversation_id: str, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 3)):
            self.replies += 1
            client_id = f"{self.id}-{self.replies}"
            body = {"client_id": client_id, "text": f"reply {self.replies}"}
            answer = await self._do(f"conversations/{conversation_id}/replies", body)
            if answer.status_code != 200:
                return
            self.replied.setdefault(conversation_id, []).append(client_id)
        await self._do(f"conversations/{conversation_id}/{chance.choice(('return', 'resolve'))}")
