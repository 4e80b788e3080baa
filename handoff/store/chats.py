"""Conversations in the database: their events, notes and turns, and the queue that they form."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, delete, func, insert, or_, select, update

from handoff import tables as t
from handoff.errors import NotFound, Stale
from handoff.queue import Wanted
from handoff.store.change import Change
from handoff.store.database import Database
from handoff.store.records import Conversation, Report, StoredEvent, StoredNote, Turn
from handoff.store.sqlite import Access

EVENTS_AT_ONCE = 500
RECENT_HANDLINGS = 50

_conversation = select(t.conversations)
_event = select(t.events)

# What every message needs, built once: putting a statement together costs more than running it.
_by_id = _conversation.where(t.conversations.c.id == bindparam("id"))
_locked = _by_id.with_for_update()
_seq_of = select(t.events.c.seq).where(
    t.events.c.conversation_id == bindparam("conversation_id"),
    t.events.c.sender == bindparam("sender"),
    t.events.c.client_id == bindparam("client_id"),
)
_after = (
    _event.where(t.events.c.conversation_id == bindparam("conversation_id"), t.events.c.seq > bindparam("after"))
    .order_by(t.events.c.seq)
    .limit(EVENTS_AT_ONCE)
)
_new_events = insert(t.events)


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is there to help: agents on duty, how many chats each could take more, and recent handling times in s."""

    on_duty: int
    free_places: int
    places: int
    handled_s: tuple[float, ...]


class Changing(Change):
    """A change under way, which can still look things up inside its transaction.

    `turn` is the bot turn that it begins, if it does: to be started once this is committed.
    """

    connection: Access
    turn: Turn | None = None

    async def seq_of(self, sender: str, client_id: str) -> int | None:
        """The seq that this client's message already has, if it came before."""
        said = {"conversation_id": self.before.id, "sender": sender, "client_id": client_id}
        return (await self.connection.execute(_seq_of, said)).scalar_one_or_none()

    async def turn_under_way(self, bridge_id: str) -> bool:
        """Whether this bridge, or another living one, is computing an answer here, within its time."""
        chat = self.conversation
        if chat.turn_token is None or chat.turn_until is None or chat.turn_until <= self.at:
            return False
        return chat.turn_bridge == bridge_id or await _lives(self.connection, chat.turn_bridge, self.at)

    async def next_unanswered(self) -> StoredEvent | None:
        """The first shopper's message that the assistant is not done with, said in this change or before it."""
        if self.conversation.answered_seq >= self.conversation.last_shopper_seq:
            return None
        wanted = (
            _event.where(
                t.events.c.conversation_id == self.before.id,
                t.events.c.seq > self.conversation.answered_seq,
                t.events.c.sender == "shopper",
                or_(t.events.c.type == "message", t.events.c.payload.is_not(None)),
            )
            .order_by(t.events.c.seq)
            .limit(1)
        )
        stored = (await self.connection.execute(wanted)).one_or_none() if self._has_older() else None
        if stored is not None:
            return StoredEvent(**stored._mapping)
        said = (e for e in self.events if e.sender == "shopper" and (e.type == "message" or e.payload))
        return next(said, None)

    def _has_older(self) -> bool:
        return self.before.last_shopper_seq > self.conversation.answered_seq

    async def find_place(self) -> int:
        """Where in the queue the conversation stands, given its priority and since when it waits; from 1."""
        self.place = await _place(self.connection, self.conversation)
        return self.place

    async def staffing(self) -> Staffing:
        return await _staffing(self.connection, self.at)

    async def story(self, *, everything: bool = False) -> tuple[list[StoredEvent], list[Report]]:
        """Events and reports since the conversation was last resolved, or from its start; oldest first."""
        resolved = select(func.coalesce(func.max(t.events.c.episode), 0)).where(
            t.events.c.conversation_id == self.before.id,
            t.events.c.type == "state",
            t.events.c.body["state"].as_string() == "resolved",
        )
        since = 0 if everything else (await self.connection.execute(resolved)).scalar_one()
        told = _event.where(t.events.c.conversation_id == self.before.id, t.events.c.episode > since)
        understood = select(t.turns).where(t.turns.c.conversation_id == self.before.id, t.turns.c.episode > since)
        stored = [StoredEvent(**r._mapping) for r in await self.connection.execute(told.order_by(t.events.c.seq))]
        reports = [Report(**r._mapping) for r in await self.connection.execute(understood.order_by(t.turns.c.seq))]
        return stored + self.events, reports + self.reports

    async def sender_of(self, seq: int) -> str | None:
        """Who wrote the message with this seq, if it is a message."""
        wanted = select(t.events.c.sender).where(
            t.events.c.conversation_id == self.before.id, t.events.c.seq == seq, t.events.c.type == "message"
        )
        return (await self.connection.execute(wanted)).scalar_one_or_none()

    async def episode_of(self, seq: int) -> int | None:
        wanted = select(t.events.c.episode).where(t.events.c.conversation_id == self.before.id, t.events.c.seq == seq)
        return (await self.connection.execute(wanted)).scalar_one_or_none()

    async def feedback_on(self, seq: int) -> bool | None:
        """What the shopper last said of the answer with this seq."""
        wanted = (
            select(t.events.c.body)
            .where(
                t.events.c.conversation_id == self.before.id,
                t.events.c.type == "feedback",
                t.events.c.body["target_seq"].as_integer() == seq,
            )
            .order_by(t.events.c.seq.desc())
            .limit(1)
        )
        body = (await self.connection.execute(wanted)).scalar_one_or_none()
        return None if body is None else bool(body["helpful"])


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
            return await _one(connection, _by_id, conversation_id)

    @asynccontextmanager
    async def changing(
        self, conversation_id: str, at: datetime, announce: Callable[[Changing], None] | None = None
    ) -> AsyncIterator[Changing]:
        """Read the conversation under lock, let the block change it, and write all of it, or nothing.

        The write is conditional on the owner version and the last seq that were read; raises Stale if they moved.
        `announce` is called as soon as the change is committed, even if nobody waits for that any more.
        """
        change: Changing | None = None

        def after() -> None:
            if announce and change:
                announce(change)

        async with self.database.writing(after) as connection:
            change = Changing(await _one(connection, _locked, conversation_id), at)
            change.connection = connection
            yield change
            await _write(connection, change)

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
        wanted = _conversation.where(t.conversations.c.state.in_(("waiting", "assigned", "message_left"))).order_by(
            t.conversations.c.priority, t.conversations.c.waiting_since, t.conversations.c.id
        )
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

    async def wanted(self) -> list[Wanted]:
        """What each waiting conversation asks of whoever takes it, in the order of the queue."""
        c = t.conversations.c
        waiting = (
            select(c.id, c.team, c.language, c.tags)
            .where(c.state == "waiting")
            .order_by(c.priority, c.waiting_since, c.id)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(waiting)).all()
        return [Wanted(r.id, r.team, r.language, frozenset(r.tags or ())) for r in rows]

    async def keep_alive(self, bridge_id: str, until: datetime) -> None:
        """This bridge lives; those long dead are forgotten."""
        async with self.database.writing() as connection:
            found = await connection.execute(update(t.bridges).where(t.bridges.c.id == bridge_id).values(until=until))
            if found.rowcount == 0:
                await connection.execute(insert(t.bridges).values(id=bridge_id, until=until))
            await connection.execute(delete(t.bridges).where(t.bridges.c.until < until - timedelta(hours=1)))

    async def leave_life(self, bridge_id: str) -> None:
        """This bridge ends in good order: what it leaves unfinished can be taken at once."""
        async with self.database.writing() as connection:
            await connection.execute(delete(t.bridges).where(t.bridges.c.id == bridge_id))

    async def abandoned(self, state: str, before: datetime) -> list[str]:
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
            return await _staffing(connection, at)

    async def place_of(self, chat: Conversation) -> int:
        """Where in the queue a waiting conversation stands, from 1."""
        async with self.database.glancing() as connection:
            return await _place(connection, chat)

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


async def _one(connection: Access, wanted: Select[Any], conversation_id: str) -> Conversation:
    row = (await connection.execute(wanted, {"id": conversation_id})).one_or_none()
    if row is None:
        raise NotFound("There is no such conversation. Open a new one.")
    return Conversation(**row._mapping)


@cache
def _update(columns: frozenset[str]) -> Update:
    """Write these columns, if owner version and last seq are still what they were."""
    c = t.conversations.c
    return (
        update(t.conversations)
        .where(c.id == bindparam("was_id"), c.version == bindparam("was_version"), c.last_seq == bindparam("was_seq"))
        .values({name: bindparam(f"new_{name}", type_=c[name].type) for name in columns})
    )


async def _lives(connection: Access, bridge_id: str | None, at: datetime) -> bool:
    wanted = select(t.bridges.c.id).where(t.bridges.c.id == bridge_id, t.bridges.c.until > at)
    return (await connection.execute(wanted)).scalar_one_or_none() is not None


async def _place(connection: Access, chat: Conversation) -> int:
    c = t.conversations.c
    before = and_(c.priority == chat.priority, c.waiting_since < chat.waiting_since)
    tied = and_(c.priority == chat.priority, c.waiting_since == chat.waiting_since, c.id < chat.id)
    ahead = select(func.count()).where(
        c.state == "waiting", c.id != chat.id, or_(c.priority < chat.priority, before, tied)
    )
    return 1 + int((await connection.execute(ahead)).scalar_one())


async def _write(connection: Access, change: Change) -> None:
    values = change.changed_fields()
    if not values and not change.events:
        await _write_rows(connection, change)
        return
    was = change.before
    values.setdefault("updated_at", change.at)
    new = {f"new_{name}": value for name, value in values.items()}
    found = {"was_id": was.id, "was_version": was.version, "was_seq": was.last_seq}
    written = await connection.execute(_update(frozenset(values)), new | found)
    if written.rowcount != 1:
        raise Stale("Somebody else changed this conversation meanwhile; nothing was written. Try again.")
    await _write_rows(connection, change)


async def _write_rows(connection: Access, change: Change) -> None:
    if change.events:
        await connection.execute(_new_events, [_row(event) for event in change.events])
    if change.notes:
        await connection.execute(insert(t.notes), [asdict(note) for note in change.notes])
    if change.reports:
        await connection.execute(insert(t.turns), [asdict(report) for report in change.reports])
    if change.outgoing:
        await connection.execute(insert(t.outbox), [asdict(one) for one in change.outgoing])
    if change.deeds:
        await connection.execute(insert(t.audit), [asdict(deed) for deed in change.deeds])
    if change.handlings:
        where_and_when = {"conversation_id": change.before.id, "at": change.at}
        await connection.execute(insert(t.handlings), [{**asdict(h), **where_and_when} for h in change.handlings])


def _row(event: StoredEvent) -> dict[str, Any]:
    return {
        "conversation_id": event.conversation_id,
        "seq": event.seq,
        "at": event.at,
        "type": event.type,
        "sender": event.sender,
        "episode": event.episode,
        "client_id": event.client_id,
        "body": event.body,
        "payload": event.payload,
    }


async def _staffing(connection: Access, at: datetime) -> Staffing:
    load = (
        select(t.conversations.c.agent_id, func.count().label("chats"))
        .where(t.conversations.c.state == "assigned")
        .group_by(t.conversations.c.agent_id)
        .subquery()
    )
    on_duty = (
        select(t.agents.c.capacity, func.coalesce(load.c.chats, 0).label("chats"))
        .outerjoin(load, load.c.agent_id == t.agents.c.id)
        .where(t.agents.c.available, t.agents.c.disabled_at.is_(None), t.agents.c.present_until > at)
    )
    people = (await connection.execute(on_duty)).all()
    recent = (
        select(t.handlings.c.handled_s)
        .where(t.handlings.c.at > at - timedelta(days=14))
        .order_by(t.handlings.c.id.desc())
        .limit(RECENT_HANDLINGS)
    )
    handled = tuple((await connection.execute(recent)).scalars())
    return Staffing(
        on_duty=len(people),
        free_places=sum(max(0, row.capacity - row.chats) for row in people),
        places=sum(row.capacity for row in people),
        handled_s=handled,
    )
