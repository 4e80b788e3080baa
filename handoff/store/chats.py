"""Conversations in the database: their events, notes and turns, and the queue that they form."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, insert, or_, select

from handoff import tables as t
from handoff.conversation import WITH_PEOPLE, Conversation
from handoff.queue.order import WaitingChat
from handoff.queue.waits import Staffing
from handoff.store.database import Database
from handoff.store.rows import StoredEvent, StoredNote
from handoff.store.unit_of_work import BY_ID, LOCKED, UnitOfWork, one, place, staffing_of, write
from handoff.wire import State

EVENTS_AT_ONCE = 500

_conversation = select(t.conversations)
_event = select(t.events)
_after = (
    _event.where(t.events.c.conversation_id == bindparam("conversation_id"), t.events.c.seq > bindparam("after"))
    .order_by(t.events.c.seq)
    .limit(EVENTS_AT_ONCE)
)


class Chats:
    """Conversations, by the verbs of the desk."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(self, conversation: Conversation) -> None:
        async with self.database.writing() as connection:
            await connection.execute(insert(t.conversations).values(**asdict(conversation)))

    async def find(self, conversation_id: str) -> Conversation:
        """The conversation; raises NotFound."""
        async with self.database.glancing() as connection:
            return await one(connection, BY_ID, conversation_id)

    @asynccontextmanager
    async def changing(
        self, conversation_id: str, at: datetime, announce: Callable[[UnitOfWork], None] | None = None
    ) -> AsyncIterator[UnitOfWork]:
        """Read the conversation under lock, let the block change it, and write all of it, or nothing.

        The write is conditional on the owner version and the last seq that were read; raises Stale if they moved.
        `announce` is called as soon as the change is committed, even if nobody waits for that any more.
        """
        work: UnitOfWork | None = None

        def after() -> None:
            if announce and work:
                announce(work)

        async with self.database.writing(after) as connection:
            work = UnitOfWork(await one(connection, LOCKED, conversation_id), at, connection)
            yield work
            await write(connection, work)

    async def events_after(self, conversation_id: str, after: int) -> list[StoredEvent]:
        """The next events after `after`, oldest first, at most EVENTS_AT_ONCE."""
        since = {"conversation_id": conversation_id, "after": after}
        async with self.database.glancing() as connection:
            return [StoredEvent(*row) for row in await connection.execute(_after, since)]

    async def all_events(self, conversation_id: str) -> list[StoredEvent]:
        wanted = _event.where(t.events.c.conversation_id == conversation_id).order_by(t.events.c.seq)
        async with self.database.reading() as connection:
            return [StoredEvent(**row._mapping) for row in await connection.execute(wanted)]

    async def notes(self, conversation_id: str) -> list[StoredNote]:
        wanted = select(t.notes).where(t.notes.c.conversation_id == conversation_id).order_by(t.notes.c.number)
        async with self.database.reading() as connection:
            return [StoredNote(**row._mapping) for row in await connection.execute(wanted)]

    async def open_with_people(self) -> list[Conversation]:
        """Every conversation that is waiting, assigned, or left as a message; in the order of the queue."""
        wanted = _conversation.where(t.conversations.c.state.in_(WITH_PEOPLE)).order_by(
            t.conversations.c.priority, t.conversations.c.waiting_since, t.conversations.c.id
        )
        async with self.database.reading() as connection:
            return [Conversation(**row._mapping) for row in await connection.execute(wanted)]

    async def waiting_since(self, before: datetime) -> list[Conversation]:
        """Those among them that have waited for a person, or for a person's next words, since before then."""
        c = t.conversations.c
        since = func.coalesce(c.unanswered_since, c.waiting_since)
        wanted = _conversation.where(c.state.in_(WITH_PEOPLE), since <= before)
        async with self.database.glancing() as connection:
            return [Conversation(**row._mapping) for row in await connection.execute(wanted)]

    async def search(self, words: Iterable[str], state: State | None, limit: int) -> list[Conversation]:
        """Conversations in which each of the words was written, the last changed first; without words, all."""
        c, e = t.conversations.c, t.events.c
        wanted = select(t.conversations).where(c.last_seq > 0).order_by(c.updated_at.desc(), c.id).limit(limit)
        if state is not None:
            wanted = wanted.where(c.state == state)
        for word in words:
            text = func.lower(e.body["text"].as_string())
            said = exists().where(e.conversation_id == c.id, e.type == "message", text.contains(word, autoescape=True))
            wanted = wanted.where(said)
        async with self.database.reading() as connection:
            return [Conversation(**row._mapping) for row in await connection.execute(wanted)]

    async def last_messages(self, conversation_ids: Iterable[str]) -> dict[str, StoredEvent]:
        """The last message of each conversation that has one."""
        newest = (
            select(t.events.c.conversation_id, func.max(t.events.c.seq).label("seq"))
            .where(t.events.c.conversation_id.in_(list(conversation_ids)), t.events.c.type == "message")
            .where(t.events.c.sender != "system")
            .group_by(t.events.c.conversation_id)
            .subquery()
        )
        wanted = _event.join(
            newest,
            and_(t.events.c.conversation_id == newest.c.conversation_id, t.events.c.seq == newest.c.seq),
        )
        async with self.database.reading() as connection:
            found = [StoredEvent(**row._mapping) for row in await connection.execute(wanted)]
        return {event.conversation_id: event for event in found}

    async def unread(self, conversation_ids: Iterable[str]) -> dict[str, int]:
        """How many shopper's messages each conversation has that no agent has seen or answered."""
        wanted = (
            select(t.events.c.conversation_id, func.count())
            .join(t.conversations, t.conversations.c.id == t.events.c.conversation_id)
            .where(
                t.events.c.conversation_id.in_(list(conversation_ids)),
                t.events.c.type == "message",
                t.events.c.sender == "shopper",
                t.events.c.seq > t.conversations.c.agent_read_seq,
            )
            .group_by(t.events.c.conversation_id)
        )
        async with self.database.reading() as connection:
            return {row[0]: row[1] for row in await connection.execute(wanted)}

    async def waiting(self) -> list[WaitingChat]:
        """What each waiting conversation asks of whoever takes it, in the order of the queue."""
        c = t.conversations.c
        waiting = (
            select(c.id, c.team, c.language, c.tags)
            .where(c.state == "waiting")
            .order_by(c.priority, c.waiting_since, c.id)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(waiting)).all()
        return [WaitingChat(r.id, r.team, r.language, frozenset(r.tags or ())) for r in rows]

    async def abandoned(self, state: State, before: datetime) -> list[str]:
        """Conversations in this state whose shopper has been silent since `before`, with nothing owed to them."""
        c = t.conversations.c
        silent = select(c.id).where(
            c.state == state,
            c.last_seq > 0,
            c.unanswered_since.is_(None),
            c.last_shopper_seq <= c.answered_seq if state == "bot" else c.updated_at < before,
            func.coalesce(c.shopper_at, c.opened_at) < before,
        )
        async with self.database.reading() as connection:
            return list((await connection.execute(silent.limit(200))).scalars())

    async def staffing(self, at: datetime) -> Staffing:
        async with self.database.reading() as connection:
            return await staffing_of(connection, at)

    async def place_of(self, chat: Conversation) -> int:
        """Where in the queue a waiting conversation stands, from 1."""
        async with self.database.glancing() as connection:
            return await place(connection, chat)

    async def unfinished_turns(self, bridge_id: str, at: datetime, limit: int = 100) -> list[str]:
        """Conversations whose shopper waits for the assistant while nobody is computing: after a crash, say."""
        wanted = (
            select(t.conversations.c.id)
            .where(
                t.conversations.c.state == "bot",
                t.conversations.c.last_shopper_seq > t.conversations.c.answered_seq,
                or_(
                    t.conversations.c.turn_token.is_(None),
                    t.conversations.c.turn_until <= at,
                    and_(
                        t.conversations.c.turn_bridge != bridge_id,
                        t.conversations.c.turn_bridge.not_in(select(t.bridges.c.id).where(t.bridges.c.until > at)),
                    ),
                ),
            )
            .limit(limit)
        )
        async with self.database.glancing() as connection:
            return list((await connection.execute(wanted)).scalars())

    async def left_by(self, agent_ids: Sequence[str]) -> list[str]:
        """Conversations that one of these agents has and still owes a reply."""
        wanted = select(t.conversations.c.id).where(
            t.conversations.c.state == "assigned",
            t.conversations.c.agent_id.in_(agent_ids),
            t.conversations.c.unanswered_since.is_not(None),
        )
        async with self.database.glancing() as connection:
            return list((await connection.execute(wanted)).scalars())
