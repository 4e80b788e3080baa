"""The queue as people see it: every place told to its shopper, one picture of all of it for every agent.

Each process keeps its own view from the store; a change wakes it, and changes that come together are read once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from handoff.conversation import Conversation
from handoff.errors import DeskError
from handoff.hub import QUEUE, QUEUE_PICTURE, Hub, QueueDrawn, QueueSaid, TransientEvent
from handoff.metrics import Metrics
from handoff.queue import promises
from handoff.queue.rules import Rules
from handoff.queue.waits import Staffing
from handoff.store import Store, StoredEvent
from handoff.wire import AgentName, LastMessage, PageInView, Queue, QueueEvent, QueueFrame, Summary

log = structlog.get_logger()

REFRESH_S = 15.0
TOGETHER_S = 0.02
PREVIEW_CHARS = 200


class QueueView:
    """Keeps `picture` up to date, and tells shoppers in the queue when their place changes."""

    def __init__(
        self,
        store: Store,
        hub: Hub,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        rules: Rules,
    ) -> None:
        self.rules = rules
        self.store = store
        self.hub = hub
        self.metrics = metrics
        self.clock = clock
        self.picture = Queue(conversations=[])
        self._last_places: dict[str, tuple[int, tuple[int, int] | None]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep(), name="queue view")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _keep(self) -> None:
        changed = self.hub.subscribe(QUEUE)
        moved = True
        try:
            while True:
                started = time.monotonic()
                await self._try_refresh(moved)
                # A long queue is costly to draw: the view never takes more than a fifth of the process.
                await asyncio.sleep(max(TOGETHER_S, 4 * (time.monotonic() - started)))
                # Not wait_for, which on Python 3.11 can swallow being cancelled.
                moved = True
                with suppress(TimeoutError):
                    async with asyncio.timeout(REFRESH_S):
                        moved = any(not isinstance(wakeup, QueueSaid) for wakeup in await changed.next())
        finally:
            self.hub.unsubscribe(changed)

    async def _try_refresh(self, moved: bool) -> None:
        try:
            await self.refresh(moved=moved)
        except DeskError as error:
            log.warning("queue_not_read", code=error.code)
        except Exception:
            # A view that stops is a queue that nobody sees.
            log.exception("queue_view_failed")

    async def refresh(self, *, moved: bool = True) -> None:
        """Read the queue, tell each shopper a changed place, and agents the new picture.

        Without agents to see it no picture is drawn, and when nobody moved no place has changed.
        """
        seen = self.hub.listened(QUEUE_PICTURE)
        if not (moved or seen):
            return
        chats = await self.store.chats.open_with_people()
        waiting = [c for c in chats if c.state == "waiting"]
        if moved:
            self._send_places(waiting, await self.store.chats.staffing(self.clock()))
            self._measure(waiting)
        picture = await self.draw(chats) if seen else self.picture
        if picture != self.picture:
            self.picture = picture
            self.hub.deliver(QueueDrawn(frame(picture)))

    async def draw(self, chats: list[Conversation] | None = None) -> Queue:
        """The queue as it is in the store now."""
        chats = await self.store.chats.open_with_people() if chats is None else chats
        ids = [c.id for c in chats]
        last = await self.store.chats.last_messages(ids) if ids else {}
        unread = await self.store.chats.unread(ids) if ids else {}
        names = await self.store.people.names(c.agent_id for c in chats) if ids else {}
        places = {c.id: n for n, c in enumerate((c for c in chats if c.state == "waiting"), start=1)}
        now = self.clock()
        opens_at = None if self.rules.hours.open_at(now) else self.rules.hours.next_opening(now)
        return Queue(
            conversations=[
                summary(
                    c,
                    places.get(c.id),
                    last.get(c.id),
                    unread.get(c.id, 0),
                    names.get(c.agent_id or ""),
                    promises.standing(c, self.rules.promise, now, opens_at),
                )
                for c in chats
            ]
        )

    async def place_of(self, chat: Conversation) -> QueueEvent | None:
        """The place and wait of a conversation that is waiting, now."""
        if chat.state != "waiting":
            return None
        staff = await self.store.chats.staffing(self.clock())
        place = await self.store.chats.place_of(chat)
        return _event(place, self.rules.wait_s(place, staff, self.clock()), self.clock())

    def _send_places(self, waiting: list[Conversation], staff: Staffing) -> None:
        at = self.clock()
        now = {c.id: (n, self.rules.wait_s(n, staff, at)) for n, c in enumerate(waiting, start=1)}
        for conversation_id, place in now.items():
            if self._last_places.get(conversation_id) != place:
                text = _event(*place, at).model_dump_json(by_alias=True)
                self.hub.deliver(TransientEvent(conversation_id, text, to="all"))
        self._last_places = now

    def _measure(self, waiting: list[Conversation]) -> None:
        self.metrics.queue_depth.set(len(waiting))
        oldest = min((c.waiting_since for c in waiting if c.waiting_since), default=None)
        self.metrics.queue_age_s.set((self.clock() - oldest).total_seconds() if oldest else 0)


def frame(picture: Queue) -> str:
    """The picture as agents' sockets carry it."""
    return QueueFrame(conversations=picture.conversations).model_dump_json(by_alias=True)


def summary(
    chat: Conversation,
    place: int | None,
    last: StoredEvent | None,
    unread: int,
    agent: AgentName | None,
    standing: promises.Standing,
) -> Summary:
    """One line of the queue."""
    return Summary(
        conversation_id=chat.id,
        state=chat.state,
        reason=chat.reason,
        priority=chat.priority,
        waiting_since=chat.waiting_since,
        position=place,
        wants=(chat.brief or {}).get("wants"),
        agent=agent,
        last_message=LastMessage(from_=last.body["from"], text=last.body["text"][:PREVIEW_CHARS], at=last.at)
        if last
        else None,
        unread=unread,
        page=PageInView(**chat.page) if chat.page else None,
        version=chat.version,
        language=chat.language,
        team=chat.team,
        tags=chat.tags or [],
        email=chat.email,
        service=standing.level,
        reply_due_at=standing.reply_due_at,
        resolve_due_at=standing.resolve_due_at,
    )


def _event(place: int, wait_s: tuple[int, int] | None, at: datetime) -> QueueEvent:
    low, high = wait_s or (None, None)
    return QueueEvent(seq=None, at=at, position=place, wait_low_s=low, wait_high_s=high)
