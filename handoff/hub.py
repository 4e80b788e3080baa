"""Wake-ups: what was committed is told to whoever is listening. The store is the truth; this only saves looking.

A reader that is too slow does not slow anybody else: its buffer is bounded, what does not fit is dropped and
counted as missed, and the reader gets it from the store.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

BUFFERED_WAKEUPS = 64
Topic = str
"""A conversation's id, or one of those below."""
QUEUE: Literal["queue"] = "queue"
QUEUE_PICTURE: Literal["queue_picture"] = "queue_picture"


@dataclass(frozen=True, slots=True)
class EventStored:
    """An event was stored in a conversation. `text` is the event as JSON."""

    topic: Topic
    seq: int
    text: str
    kind: Literal["event_stored"] = "event_stored"


@dataclass(frozen=True, slots=True)
class TransientEvent:
    """Something of a conversation that is not stored: typing, reading, a place. `text` is the event as JSON."""

    topic: Topic
    text: str
    to: Literal["all", "agents", "shopper"]
    kind: Literal["transient_event"] = "transient_event"


@dataclass(frozen=True, slots=True)
class QueueMoved:
    """Somebody came, went or moved in the queue, or among the people there."""

    topic: Literal["queue"] = QUEUE
    kind: Literal["queue_moved"] = "queue_moved"


@dataclass(frozen=True, slots=True)
class QueueSaid:
    """Something was said in the queue, and nobody moved."""

    topic: Literal["queue"] = QUEUE
    kind: Literal["queue_said"] = "queue_said"


@dataclass(frozen=True, slots=True)
class QueueDrawn:
    """There is a new picture of the queue. `text` is the frame that agents get, as JSON."""

    text: str
    topic: Literal["queue_picture"] = QUEUE_PICTURE
    kind: Literal["queue_drawn"] = "queue_drawn"


@dataclass(frozen=True, slots=True)
class Look:
    """There may be something new in the store."""

    topic: Topic
    kind: Literal["look"] = "look"


Wakeup = Annotated[
    EventStored | TransientEvent | QueueMoved | QueueSaid | QueueDrawn | Look, Field(discriminator="kind")
]


class Subscription:
    """One listener's bounded buffer of wakeups."""

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = tuple(topics)
        self.missed = 0
        self._wakeups: deque[Wakeup] = deque()
        self._arrived = asyncio.Event()

    def put(self, wakeup: Wakeup) -> None:
        if len(self._wakeups) >= BUFFERED_WAKEUPS:
            self._wakeups.popleft()
            self.missed += 1
        self._wakeups.append(wakeup)
        self._arrived.set()

    async def next(self) -> list[Wakeup]:
        """Wait for the first wakeup, and take all that are there."""
        await self._arrived.wait()
        return self.take()

    def take(self) -> list[Wakeup]:
        """All wakeups that are there, without waiting."""
        self._arrived.clear()
        taken = list(self._wakeups)
        self._wakeups.clear()
        return taken


class Hub:
    """Tells the listeners inside this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Subscription]] = defaultdict(set)

    async def start(self) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""

    def subscribe(self, *topics: str) -> Subscription:
        """Listen from now on; call `unsubscribe` when done."""
        subscription = Subscription(topics)
        for topic in topics:
            self._listeners[topic].add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        for topic in subscription.topics:
            self._listeners[topic].discard(subscription)
            if not self._listeners[topic]:
                del self._listeners[topic]

    def publish(self, *wakeups: Wakeup) -> None:
        """Tell everybody who listens, in every process."""
        self.deliver(*wakeups)

    def deliver(self, *wakeups: Wakeup) -> None:
        """Tell everybody who listens in this process."""
        for wakeup in wakeups:
            for subscription in tuple(self._listeners.get(wakeup.topic, ())):
                subscription.put(wakeup)

    def look(self) -> None:
        """Have every listener in this process look in the store: something may have gone unheard."""
        self.deliver(*(Look(topic) for topic in tuple(self._listeners)))

    def listened(self, topic: str) -> bool:
        """Whether anybody in this process listens to `topic`."""
        return topic in self._listeners
