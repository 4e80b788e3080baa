"""A change to one conversation while its transaction is open: what it can look up, and how all of it is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, func, insert, or_, select, update

from handoff import tables as t
from handoff.errors import NotFound, Stale
from handoff.store.change import Change
from handoff.store.rows import Conversation, Report, StoredEvent, Turn
from handoff.store.sqlite import Access

RECENT_HANDLINGS = 50

_event = select(t.events)

# What every message needs, built once: putting a statement together costs more than running it.
BY_ID = select(t.conversations).where(t.conversations.c.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()
_seq_of = select(t.events.c.seq).where(
    t.events.c.conversation_id == bindparam("conversation_id"),
    t.events.c.sender == bindparam("sender"),
    t.events.c.client_id == bindparam("client_id"),
)
_unanswered = (
    _event.where(
        t.events.c.conversation_id == bindparam("conversation_id"),
        t.events.c.seq > bindparam("answered"),
        t.events.c.sender == "shopper",
        or_(t.events.c.type == "message", t.events.c.payload.is_not(None)),
    )
    .order_by(t.events.c.seq)
    .limit(1)
)
_new_events, _new_reports = insert(t.events), insert(t.turns)


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
        if self._has_older():
            since = {"conversation_id": self.before.id, "answered": self.conversation.answered_seq}
            stored = (await self.connection.execute(_unanswered, since)).one_or_none()
            if stored is not None:
                return StoredEvent(*stored)
        said = (e for e in self.events if e.sender == "shopper" and (e.type == "message" or e.payload))
        return next(said, None)

    def _has_older(self) -> bool:
        return self.before.last_shopper_seq > self.conversation.answered_seq

    async def find_place(self) -> int:
        """Where in the queue the conversation stands, given its priority and since when it waits; from 1."""
        self.place = await place(self.connection, self.conversation)
        return self.place

    async def staffing(self) -> Staffing:
        return await staffing_of(self.connection, self.at)

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


async def one(connection: Access, wanted: Select[Any], conversation_id: str) -> Conversation:
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


async def place(connection: Access, chat: Conversation) -> int:
    c = t.conversations.c
    before = and_(c.priority == chat.priority, c.waiting_since < chat.waiting_since)
    tied = and_(c.priority == chat.priority, c.waiting_since == chat.waiting_since, c.id < chat.id)
    ahead = select(func.count()).where(
        c.state == "waiting", c.id != chat.id, or_(c.priority < chat.priority, before, tied)
    )
    return 1 + int((await connection.execute(ahead)).scalar_one())


async def write(connection: Access, change: Change) -> None:
    values = change.changed_fields()
    if not values and not change.events:
        await _write_rows(connection, change)
        return
    was = change.before
    if not change.quiet:
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
        await connection.execute(_new_reports, [asdict(report) for report in change.reports])
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


async def staffing_of(connection: Access, at: datetime) -> Staffing:
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
