"""The unit of work: one change to one conversation, gathered in memory and written in one transaction."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, func, insert, or_, select, update

from handoff import tables as t
from handoff.conversation import Conversation
from handoff.errors import NotFound, Stale
from handoff.masking import mask_personal
from handoff.queue.waits import Staffing
from handoff.store import confirmations
from handoff.store.rows import (
    AuditAction,
    AuditEntry,
    BotTurn,
    Confirmation,
    Kind,
    Outgoing,
    StoredEvent,
    StoredNote,
    StoredTurn,
)
from handoff.store.sqlite import Access
from handoff.wire import AgentName, Body, Json, MessageBody, QueueBody, Reason, StateBody

RECENT_HANDLINGS = 50
COLUMNS = tuple(column.name for column in fields(Conversation))

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
_new_events, _new_turns = insert(t.events), insert(t.turns)


@dataclass(frozen=True, slots=True)
class Handling:
    """A person had the conversation from assignment until now; seconds."""

    agent_id: str
    waited_s: float
    handled_s: float


@dataclass
class UnitOfWork:
    """One change to one conversation: `before` is how it was, `conversation` how it will be.

    Deciding numbers and owners is pure, from the row that was read under lock; the lookups go through the transaction's
    `connection`. `turn` is the bot turn that it begins, if it does: to be started once this is committed.
    """

    conversation: Conversation
    at: datetime
    connection: Access
    before: Conversation = field(init=False)
    events: list[StoredEvent] = field(default_factory=list)
    notes: list[StoredNote] = field(default_factory=list)
    finished_turns: list[StoredTurn] = field(default_factory=list)
    handlings: list[Handling] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    audit: list[AuditEntry] = field(default_factory=list)
    confirmed: list[Confirmation] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    turn: BotTurn | None = None
    quiet: bool = False
    """Nobody did anything (people were only warned, say): the conversation does not count as changed by it."""
    place: int = 1
    """The place in the queue that the conversation has, or would get; filled in by the store."""

    def __post_init__(self) -> None:
        self.before = self.conversation

    def become(self, conversation: Conversation) -> None:
        """How the conversation is from now on; when somebody else has it, how long its agent had it is kept."""
        if conversation.version != self.conversation.version:
            self._note_handling(self.conversation)
        self.conversation = conversation

    def say(self, body: Body, *, sender: str, client_id: str | None = None, payload: str | None = None) -> int:
        """Append an event; returns its seq, one more than the last."""
        self.become(self.conversation.with_event())
        seq = self.conversation.last_seq
        # An unknown wait is said (null); a message without an answer just has none.
        dumped = body.model_dump(mode="json", by_alias=True, exclude_none=not isinstance(body, QueueBody))
        self.events.append(
            StoredEvent(
                conversation_id=self.conversation.id,
                seq=seq,
                at=self.at,
                type=dumped["type"],
                sender=sender,
                episode=self.conversation.episode,
                client_id=client_id,
                body=dumped,
                payload=payload,
            )
        )
        return seq

    def say_as_desk(self, text: str) -> int:
        """Append a sentence from the desk itself."""
        return self.say(MessageBody(from_="system", text=text), sender="system")

    def _note_handling(self, was: Conversation) -> None:
        if was.state == "assigned" and was.agent_id and was.assigned_at:
            since = was.waiting_since or was.assigned_at
            self.handlings.append(
                Handling(
                    agent_id=was.agent_id,
                    waited_s=max(0.0, (was.assigned_at - since).total_seconds()),
                    handled_s=max(0.0, (self.at - was.assigned_at).total_seconds()),
                )
            )

    def show_state(self, *, reason: Reason | None = None, agent: AgentName | None = None) -> int:
        """Append the event that tells readers the state as it now is."""
        return self.say(StateBody(state=self.conversation.state, reason=reason, agent=agent), sender="system")

    def show_place(self, wait_s: tuple[int, int] | None) -> int:
        """Append the place in the queue with the wait that is promised, in seconds."""
        low, high = wait_s or (None, None)
        return self.say(QueueBody(position=self.place, wait_low_s=low, wait_high_s=high), sender="system")

    def send(self, channel: str, kind: str, body: Json) -> None:
        """Have something delivered outside, once this change is committed."""
        self.outgoing.append(
            Outgoing(
                id=secrets.token_urlsafe(16),
                at=self.at,
                channel=channel,
                kind=kind,
                conversation_id=self.conversation.id,
                body=body,
                next_at=self.at,
            )
        )

    def record(self, who: str, action: AuditAction, **detail: str | None) -> None:
        """Write in the audit log who did what; the detail as ids and words, none of them a shopper's."""
        self.audit.append(AuditEntry(self.at, who, action, self.conversation.id, detail or None))

    def confirm(self, kind: Kind, question: str | None, passage_id: str, index_version: str | None) -> None:
        """Keep somebody's word that a passage answers a question, for the content desk; nothing without a question."""
        if question:
            asked = mask_personal(question)
            self.confirmed.append(Confirmation(self.at, self.conversation.id, asked, passage_id, kind, index_version))

    def refuse(self, passage_id: str) -> None:
        """Take back what the shopper has said for a passage in this conversation."""
        self.refused.append(passage_id)

    def changed_fields(self) -> dict[str, Any]:
        """The columns to write: those whose value is not what it was."""
        now, was = self.conversation, self.before
        return {name: getattr(now, name) for name in COLUMNS if getattr(now, name) != getattr(was, name)}

    # --- what it can look up in its transaction

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

    async def story(self, *, everything: bool = False) -> tuple[list[StoredEvent], list[StoredTurn]]:
        """Events and finished turns since the conversation was last resolved, or from its start; oldest first."""
        resolved = select(func.coalesce(func.max(t.events.c.episode), 0)).where(
            t.events.c.conversation_id == self.before.id,
            t.events.c.type == "state",
            t.events.c.body["state"].as_string() == "resolved",
        )
        since = 0 if everything else (await self.connection.execute(resolved)).scalar_one()
        said = _event.where(t.events.c.conversation_id == self.before.id, t.events.c.episode > since)
        taken = select(t.turns).where(t.turns.c.conversation_id == self.before.id, t.turns.c.episode > since)
        events = [StoredEvent(**r._mapping) for r in await self.connection.execute(said.order_by(t.events.c.seq))]
        turns = [StoredTurn(**r._mapping) for r in await self.connection.execute(taken.order_by(t.turns.c.seq))]
        return events + self.events, turns + self.finished_turns

    async def message(self, seq: int) -> StoredEvent | None:
        """The message with this seq, if it is a message."""
        wanted = _event.where(
            t.events.c.conversation_id == self.before.id, t.events.c.seq == seq, t.events.c.type == "message"
        )
        stored = (await self.connection.execute(wanted)).one_or_none()
        return None if stored is None else StoredEvent(*stored)

    async def question_answered(self, seq: int, passage_id: str) -> str | None:
        """The shopper's words that a passage, shown with the event `seq`, answered."""
        return await confirmations.question_answered(self.connection, self.before.id, seq, passage_id)

    async def last_question(self) -> str | None:
        """What the shopper asked last, in words that say enough by themselves."""
        return await confirmations.last_question(self.connection, self.before.id)

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


async def write(connection: Access, work: UnitOfWork) -> None:
    values = work.changed_fields()
    if not values and not work.events:
        await _write_rows(connection, work)
        return
    was = work.before
    if not work.quiet:
        values.setdefault("updated_at", work.at)
    new = {f"new_{name}": value for name, value in values.items()}
    found = {"was_id": was.id, "was_version": was.version, "was_seq": was.last_seq}
    written = await connection.execute(_update(frozenset(values)), new | found)
    if written.rowcount != 1:
        raise Stale("Somebody else changed this conversation meanwhile; nothing was written. Try again.")
    await _write_rows(connection, work)


async def _write_rows(connection: Access, work: UnitOfWork) -> None:
    if work.events:
        await connection.execute(_new_events, [_row(event) for event in work.events])
    if work.notes:
        await connection.execute(insert(t.notes), [asdict(note) for note in work.notes])
    if work.finished_turns:
        await connection.execute(_new_turns, [asdict(turn) for turn in work.finished_turns])
    if work.outgoing:
        await connection.execute(insert(t.outbox), [asdict(one) for one in work.outgoing])
    if work.confirmed or work.refused:
        await confirmations.write(connection, work.before.id, work.confirmed, work.refused)
    if work.audit:
        await connection.execute(insert(t.audit), [asdict(entry) for entry in work.audit])
    if work.handlings:
        where_and_when = {"conversation_id": work.before.id, "at": work.at}
        await connection.execute(insert(t.handlings), [{**asdict(h), **where_and_when} for h in work.handlings])


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
