"""What the store keeps, as frozen rows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from handoff.wire import Json

as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""An object as JSON, as short as it can be written."""


@dataclass(frozen=True)
class StoredEvent:
    """One event of a conversation. `body` is what readers get, without seq and time."""

    conversation_id: str
    seq: int
    at: datetime
    type: str
    sender: str
    episode: int
    client_id: str | None
    body: Json
    payload: str | None = None

    def wire(self) -> Json:
        """The event as clients see it."""
        return {"seq": self.seq, "at": self.at.isoformat(), **self.body}

    @cached_property
    def text(self) -> str:
        """The event as JSON text, written once however many read it."""
        return as_text(self.wire())


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note by an agent, numbered apart from the events."""

    conversation_id: str
    number: int
    at: datetime
    agent_id: str
    text: str


@dataclass(frozen=True, slots=True)
class BotTurn:
    """One bot turn to be computed, and the owner version that it is computed under."""

    conversation_id: str
    token: str
    version: int
    episode: int
    seq: int
    text: str
    payload: str | None
    page: Json | None
    previous: Json | None
    language: str | None

    @property
    def request_id(self) -> str:
        """The one id that this turn has in the logs of all processes."""
        return f"{self.conversation_id}.{self.episode}.{self.seq}"


TurnOutcome = Literal["answered", "handed_off", "failed"]


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """How a bot turn ended, and what the engine made of the message."""

    conversation_id: str
    seq: int
    at: datetime
    episode: int
    outcome: TurnOutcome
    took_ms: float
    report: Json | None


Kind = Literal["choice", "yes", "thanks", "agent_link"]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody's word that a passage answers a question, whose card numbers, addresses and long numbers are masked.

    A heading taken, a yes to “Was this it?”, thanks for an answer, or an agent who gave the passage in a reply.
    """

    at: datetime
    conversation_id: str
    question: str
    passage_id: str
    kind: Kind
    index_version: str | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who signs in at the desk."""

    id: str
    email: str
    name: str
    role: str
    password_hash: str
    created_at: datetime
    capacity: int = 4
    available: bool = True
    team: str | None = None
    languages: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    present_until: datetime | None = None
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something for the outside world: a webhook or a letter, and how often it was tried."""

    id: str
    at: datetime
    channel: str
    kind: str
    conversation_id: str
    body: Json
    attempts: int = 0
    next_at: datetime | None = None
    delivered_at: datetime | None = None
    error: str | None = None


AuditAction = Literal[
    "sign_in",
    "sign_in_failed",
    "add_agent",
    "change_agent",
    "remove_agent",
    "change_settings",
    "claim",
    "transfer",
    "release",
    "return",
    "resolve",
    "draft",
    "asked_as",
    "answer_wrong",
    "export",
    "erase",
]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log."""

    at: datetime
    who: str
    action: AuditAction
    conversation_id: str | None = None
    detail: Json | None = None
