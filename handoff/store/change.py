"""One change to one conversation, gathered in memory and written in one transaction.

Pure: it decides numbers and ownership from the row that was read under lock, and opens nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from handoff.conversation import Move, advance
from handoff.store.rows import Conversation, Deed, Json, Outgoing, Report, StoredEvent, StoredNote
from handoff.wire import MessageBody, QueueBody, StateBody

COLUMNS = tuple(column.name for column in fields(Conversation))


@dataclass(frozen=True, slots=True)
class Handling:
    """A person had the conversation from assignment until now; seconds."""

    agent_id: str
    waited_s: float
    handled_s: float


@dataclass
class Change:
    """What is about to be written. `conversation` is how it will be; `before` is how it was."""

    conversation: Conversation
    at: datetime
    before: Conversation = field(init=False)
    events: list[StoredEvent] = field(default_factory=list)
    notes: list[StoredNote] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    handlings: list[Handling] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    quiet: bool = False
    """Nobody did anything (people were only warned, say): the conversation does not count as changed by it."""
    place: int = 1
    """The place in the queue that the conversation has, or would get; filled in by the store."""

    def __post_init__(self) -> None:
        self.before = self.conversation

    def set(self, **values: Any) -> None:
        """Change fields of the conversation."""
        self.conversation = replace(self.conversation, **values)

    def say(self, body: BaseModel, *, sender: str, client_id: str | None = None, payload: str | None = None) -> int:
        """Append an event; returns its seq, one more than the last."""
        seq = self.conversation.last_seq + 1
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
        self.set(last_seq=seq)
        return seq

    def tell(self, text: str) -> int:
        """Append a sentence from the desk itself."""
        return self.say(MessageBody(from_="system", text=text), sender="system")

    def move(self, move: Move, *, agent_id: str | None = None, overrule: bool = False) -> None:
        """Change the owner as the table allows; raises and changes nothing otherwise."""
        was = self.conversation
        now = advance(was.ownership, move, agent_id=agent_id, overrule=overrule)
        self._note_handling(was)
        self.set(state=now.state, version=now.version, episode=now.episode, agent_id=now.agent_id)
        # Whatever the assistant was computing was computed for another owner.
        self.set(turn_token=None, turn_until=None, turn_bridge=None)

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

    def show_state(self, **extra: Any) -> int:
        """Append the event that tells readers the state as it now is."""
        return self.say(StateBody(state=self.conversation.state, **extra), sender="system")

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

    def record(self, who: str, action: str, **detail: Any) -> None:
        """Write in the audit log who did what."""
        self.deeds.append(Deed(self.at, who, action, self.conversation.id, detail or None))

    def changed_fields(self) -> dict[str, Any]:
        """The columns to write: those whose value is not what it was."""
        now, was = self.conversation, self.before
        return {name: getattr(now, name) for name in COLUMNS if getattr(now, name) != getattr(was, name)}
