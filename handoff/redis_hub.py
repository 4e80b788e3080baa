"""Wake-ups across bridge processes, over one Redis channel. Losing it loses nothing: readers look in the store."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from contextlib import suppress
from typing import Annotated, Literal

import structlog
from pydantic import Field, TypeAdapter, ValidationError
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from handoff.hub import Hub, Wakeup
from handoff.metrics import Metrics
from handoff.wire import Wire

log = structlog.get_logger()

CHANNEL = "cornerdesk:wakeups"
UNSENT_WAKEUPS = 10_000
RETRY_S = 1.0
LISTEN_S = 5.0


class Wakeups(Wire):
    """What bridges tell each other. `bridge` is the one that says so."""

    type: Literal["wakeups"] = "wakeups"
    bridge: str
    wakeups: tuple[Wakeup, ...]


class LookAgain(Wire):
    """Something may have gone unheard."""

    type: Literal["look"] = "look"
    bridge: str


_message: TypeAdapter[Wakeups | LookAgain] = TypeAdapter(Annotated[Wakeups | LookAgain, Field(discriminator="type")])


class RedisHub(Hub):
    """Tells this process's listeners at once, and those of other processes through Redis.

    While Redis is away, and after wake-ups were dropped, every listener is told once a second to look in the store.
    """

    def __init__(self, url: str, metrics: Metrics) -> None:
        super().__init__()
        # The client must not mend a connection by itself: what was said meanwhile would go unnoticed.
        never = Retry(NoBackoff(), 0)
        self._me = secrets.token_hex(8)
        self.name = f"cornerdesk-{self._me}"
        self._redis: Redis = Redis.from_url(
            url, client_name=self.name, socket_connect_timeout=2, health_check_interval=10, retry=never
        )
        self._metrics = metrics
        self._unsent: deque[str] = deque(maxlen=UNSENT_WAKEUPS)
        self._something = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.heard = asyncio.Event()
        """Set while other bridges can be heard."""

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._send(), name="redis out"),
            asyncio.create_task(self._listen(), name="redis in"),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(RedisError, OSError):
            await self._redis.aclose()

    def publish(self, *wakeups: Wakeup) -> None:
        self.deliver(*wakeups)
        if wakeups:
            self._pass_on(Wakeups(bridge=self._me, wakeups=wakeups))

    def _pass_on(self, message: Wakeups | LookAgain) -> None:
        self._unsent.append(message.model_dump_json())
        self._something.set()

    async def _send(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            try:
                await self._flush()
            except (RedisError, OSError) as error:
                self._metrics.hub_lost.inc()
                log.warning("redis_away", why=type(error).__name__)
                await asyncio.sleep(RETRY_S)
                # What was not sent is in the store; the others are only told to look there.
                self._unsent.clear()
                self._pass_on(LookAgain(bridge=self._me))

    async def _flush(self) -> None:
        while self._unsent:
            async with self._redis.pipeline(transaction=False) as pipe:
                for text in list(self._unsent):
                    pipe.publish(CHANNEL, text)
                sent = len(self._unsent)
                await pipe.execute()
            for _ in range(min(sent, len(self._unsent))):
                self._unsent.popleft()

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(CHANNEL)
                    # Whatever was said while nobody listened.
                    self.look()
                    self.heard.set()
                    while True:
                        message = await heard.get_message(timeout=LISTEN_S)
                        if message is not None:
                            self._hear(message["data"])
            except (RedisError, OSError) as error:
                self._metrics.hub_lost.inc()
                log.warning("redis_away", why=type(error).__name__)
                self.heard.clear()
                self.look()
                await asyncio.sleep(RETRY_S)

    def _hear(self, data: bytes) -> None:
        try:
            message = _message.validate_json(data)
        except ValidationError:
            # From a bridge of another version, while they are updated one by one.
            log.warning("wakeups_not_understood")
            self.look()
            return
        if message.bridge == self._me:
            return
        match message:
            case Wakeups():
                self.deliver(*message.wakeups)
            case LookAgain():
                self.look()
