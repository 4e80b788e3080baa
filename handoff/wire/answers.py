"""What the bridge answers by HTTP, and tells agents over their sockets."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from handoff.wire.events import AgentName, Author, Event, QueueEvent
from handoff.wire.requests import PageInView
from handoff.wire.settings import Greeting
from handoff.wire.turn import Brief, Reason, Role, State
from knowledge.wire.message import Wire


class OpenedConversation(Wire):
    """The token opens this one conversation; it is shown once and stored only as a hash."""

    conversation_id: str
    token: str


class Accepted(Wire):
    """The message is stored under `seq`."""

    seq: int


class NoteAccepted(Wire):
    """The note is kept under `number`."""

    number: int


class Events(Wire):
    """Events after the given seq, oldest first; the state now; and the place in the queue while waiting."""

    events: list[Event]
    state: State
    last_seq: int
    # How far the agent who has the conversation has read it.
    agent_read_seq: int = 0
    queue: QueueEvent | None = None


class StateNow(Wire):
    state: State
    version: int
    last_seq: int


class AgentSelf(Wire):
    id: str
    email: str
    name: str
    role: Role


class SignedIn(Wire):
    """`csrf` goes into the X-CSRF-Token header of every write."""

    agent: AgentSelf
    csrf: str


class LastMessage(Wire):
    model_config = ConfigDict(populate_by_name=True)

    from_: Annotated[Author, Field(alias="from")]
    text: str
    at: datetime


class Summary(Wire):
    """One line of the queue, as agents see it."""

    conversation_id: str
    state: State
    reason: Reason | None
    priority: int
    waiting_since: datetime | None
    position: int | None
    wants: str | None
    agent: AgentName | None
    last_message: LastMessage | None
    unread: int
    page: PageInView | None
    version: int
    language: str | None = None
    team: str | None = None
    tags: list[str] = []
    email: str | None = None
    # How close the shop's promises are to being broken: ok, soon, late.
    service: Literal["ok", "soon", "late"] = "ok"
    reply_due_at: datetime | None = None
    resolve_due_at: datetime | None = None


class Taken(Wire):
    """The conversation that was taken; null when there was none to take."""

    conversation_id: str | None


class AgentCard(Wire):
    """An agent as colleagues see them. `present`: heard from lately; `chats`: how many they have."""

    id: str
    name: str
    email: str
    role: Role
    present: bool
    available: bool
    chats: int
    capacity: int
    team: str | None
    languages: list[str]
    skills: list[str]


class AgentCards(Wire):
    agents: list[AgentCard]


class Viewers(Wire):
    """Sent to agents who watch a conversation: who else has it on the screen."""

    type: Literal["viewers"] = "viewers"
    agents: list[AgentName]


class AuditLine(Wire):
    """One line of the audit log. `who`: an agent's id, or the process that acted."""

    at: datetime
    who: str
    action: str
    conversation_id: str | None
    detail: dict[str, object] | None


class AuditTrail(Wire):
    entries: Annotated[list[AuditLine], Field(serialization_alias="deeds")]


class Erased(Wire):
    """The receipt: nothing of the conversation is left but this line in the audit log.

    `assistant`: whether its own memory of it is erased too, or could not be reached and will be as soon as it can.
    """

    receipt: str
    erased_at: datetime
    conversations: int
    events: int
    assistant: Literal["erased", "pending"]


class Queue(Wire):
    conversations: list[Summary]


class NoteEvent(Wire):
    """An agents' note. Notes have numbers of their own, so that a shopper's seq has no gaps."""

    type: Literal["note"] = "note"
    number: int
    at: datetime
    agent: AgentName
    text: str


class Transcript(Wire):
    """Everything an agent needs about one conversation."""

    conversation_id: str
    state: State
    version: int
    episode: int
    reason: Reason | None
    brief: Brief | None
    page: PageInView | None
    opened_at: datetime
    waiting_since: datetime | None
    agent: AgentName | None
    email: str | None = None
    language: str | None = None
    team: str | None = None
    tags: list[str] = []
    viewers: list[AgentName] = []
    events: list[Event]
    notes: list[NoteEvent]
    # How far the shopper has read it.
    shopper_read_seq: int = 0


class Shop(Wire):
    """What the widget says before the first message."""

    name: str
    promise: str
    language: str
    hours: str | None = None
    open_now: bool
    opens_at: datetime | None = None
    agents_on_duty: bool = False
    # Whether answers and transcripts can be mailed.
    mail: bool = False
    # When to offer help unasked; the first that fits counts.
    greeting: list[Greeting] = []


class PartHealth(Wire):
    """One inner process, as the bridge finds it."""

    status: Literal["ok", "down"]
    detail: str | None = None


class DeskHealth(Wire):
    status: Literal["ok", "degraded", "down"]
    storage: PartHealth
    knowledge: PartHealth
    engine: PartHealth
    actions: PartHealth


class ErrorDetail(Wire):
    code: str
    message: str
    field: str | None = None


class ErrorAnswer(Wire):
    """Every refusal looks like this."""

    error: ErrorDetail
