"""Wake-ups: what was committed is told to whoever is listening. The store is the truth; this only saves looking.

A reader that is too slow does not slow anybody else: its buffer is bounded, what does not fit is dropped and
counted as missed, and the reader gets it from the store.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

BUFFERED_NOTICES = 64
QUEUE = "queue"
# The text of a notice about the queue when something was said there, and nobody moved.
SAID = "said"
# A notice with this seq says nothing but: there may be something new in the store.
LOOK_SEQ = 2**62


@dataclass(frozen=True, slots=True)
class Notice:
    """Something happened on `topic` (a conversation's id, or QUEUE). `text` is the event as JSON.

    `seq` is null for what is not stored. `audience` "agents" is never sent to a shopper.
    """

    topic: str
    text: str = ""
    seq: int | None = None
    audience: Literal["all", "agents"] = "all"
    sender: str = ""


class Subscription:
    """One listener's bounded buffer of notices."""

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = tuple(topics)
        self.missed = 0
        self._notices: deque[Notice] = deque()
        self._arrived = asyncio.Event()

    def put(self, notice: Notice) -> None:
        if len(self._notices) >= BUFFERED_NOTICES:
            self._notices.popleft()
            self.missed += 1
        self._notices.append(notice)
        self._arrived.set()

    async def next(self) -> list[Notice]:
        """Wait for the first notice, and take all that are there."""
        await self._arrived.wait()
        return self.take()

    def take(self) -> list[Notice]:
        """All notices that are there, without waiting."""
        self._arrived.clear()
        taken = list(self._notices)
        self._notices.clear()
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

    def publish(self, *notices: Notice) -> None:
        """Tell everybody who listens, in every process."""
        self.deliver(*notices)

    def deliver(self, *notices: Notice) -> None:
        """Tell everybody who listens in this process."""
        for notice in notices:
            for subscription in tuple(self._listeners.get(notice.topic, ())):
                subscription.put(notice)

    def look(self) -> None:
        """Have every listener in this process look in the store: something may have gone unheard."""
        self.deliver(*(Notice(topic, seq=LOOK_SEQ) for topic in tuple(self._listeners)))

    def listened(self, topic: str) -> bool:
        """Whether anybody in this process listens to `topic`."""
        return topic in self._listeners
