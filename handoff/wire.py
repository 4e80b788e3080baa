"""What the bridge says to shoppers, agents and the engine. Pydantic only; nothing here imports anything of ours."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
State = Literal["bot", "waiting", "assigned", "message_left", "resolved"]
Role = Literal["agent", "lead", "admin", "content"]
Reason = Literal["people_only", "upset", "asked", "failed", "engine_failure"]


class Wire(BaseModel):
    """A frozen message that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- what an answer, a choice and a hand-off look like, from the engine to the screens ---------------------------


class Answer(Wire):
    """A passage of a page, word for word, with where it came from. `more` is the whole section when longer."""

    passage_id: str
    passage: str
    page_title: str
    heading: str
    url: str
    updated: str
    index_version: str
    probability: Probability
    more: str | None = None


class Choice(Wire):
    """One button. `payload` is sent back as the text of a message; the transcript shows `label`."""

    label: str
    payload: str


class Signal(Wire):
    """One reason to think that the assistant is not helping, with what was seen."""

    name: str
    strength: Probability
    evidence: str


class Tried(Wire):
    """A question and the passage that was shown for it, or none."""

    question: str
    page_title: str | None = None
    heading: str | None = None
    url: str | None = None
    probability: Probability | None = None


class Brief(Wire):
    """The whole story in five seconds, for the agent who takes over."""

    wants: str
    tried: list[Tried] = []
    signals: list[Signal] = []
    entities: dict[str, list[str]] = {}
    language: str = "en"


class HandoffOrder(Wire):
    """The engine's order to fetch a person: at most one in a turn."""

    reason: Reason
    brief: Brief


class TurnReport(Wire):
    """What the engine made of the shopper's message; stored beside it, never shown to the shopper."""

    intent: str
    intent_confidence: Probability
    verdict: Literal["answer", "clarify", "unknown"] | None = None
    probability: Probability | None = None
    passage_ids: list[str] = []
    index_version: str | None = None
    entities: dict[str, list[str]] = {}
    language: str = "en"
    frustration: Probability = 0.0
    signals: list[Signal] = []
    decision: Literal["carry_on", "offer_person", "hand_off"] = "carry_on"


class EngineMessage(Wire):
    """One item of the engine's reply, carried in the `custom` payload of Rasa's REST answer.

    Each has at least one of its fields; `text` is what the shopper reads.
    """

    text: str | None = None
    answer: Answer | None = None
    choices: list[Choice] = []
    handoff: HandoffOrder | None = None
    report: TurnReport | None = None


# --- from here on the bridge's own: requests, events and frames, described in docs/protocol.md -------------------

MAX_TEXT_CHARS = 4_000
MAX_SEQ = 2**53 - 1

# Control characters carry nothing a person wrote; PostgreSQL refuses NUL outright. Tab and newline stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_OTHER_SCHEME = re.compile(r"^(?!https?:)[a-z][a-z0-9+.\-]*:", re.IGNORECASE)


def _encodable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise PydanticCustomError("invalid_field", "This is not valid Unicode: it holds half a character.") from None
    return text


def clean(text: str) -> str:
    """The text without control characters, with plain newlines."""
    return _CONTROLS.sub("", _encodable(text).replace("\r\n", "\n").replace("\r", "\n"))


def _written(text: str) -> str:
    """What a person wrote: cleaned, not empty, not longer than the limit."""
    if len(text) > MAX_TEXT_CHARS:
        raise PydanticCustomError(
            "text_too_long",
            "The text has {length} characters; at most {limit} fit. Send it in parts.",
            {"length": len(text), "limit": MAX_TEXT_CHARS},
        )
    cleaned = clean(text).strip()
    if not cleaned:
        raise PydanticCustomError("text_empty", "The text is empty. Write something first.")
    return cleaned


def _web_address(url: str) -> str:
    if _OTHER_SCHEME.match(url):
        raise PydanticCustomError("invalid_field", "The page's url must be an http(s) address.")
    return url


Cleaned = Annotated[str, AfterValidator(clean)]
WrittenText = Annotated[str, AfterValidator(_written)]
ClientId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
"""Made once by the client for each message (a UUID, say); sending it again is answered with the first result."""
ConversationId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_\-]+$")]
Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]


# --- requests ------------------------------------------------------------------------------------------------------


class Page(Wire):
    """The page that the shopper is looking at."""

    url: Annotated[Cleaned, AfterValidator(_web_address), Field(max_length=2_000)]
    title: Annotated[Cleaned, Field(max_length=500)] | None = None
    sku: Annotated[Cleaned, Field(max_length=100)] | None = None


class OpenConversation(Wire):
    page: Page | None = None


class ShopperMessage(Wire):
    """`text` may be the payload or the label of a choice that was offered."""

    client_id: ClientId
    text: WrittenText
    page: Page | None = None


class Feedback(Wire):
    """Whether the answer with this `seq` helped."""

    seq: Annotated[int, Field(ge=1, le=MAX_SEQ)]
    helpful: bool


class Rating(Wire):
    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[Cleaned, Field(max_length=2_000)] | None = None


def _email(text: str) -> str:
    """An address that a letter can be sent to, as it would be written on it."""
    try:
        return validate_email(clean(text).strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError(
            "invalid_field", "This is not an e-mail address: {why}", {"why": str(error)}
        ) from None


EmailAddress = Annotated[str, Field(max_length=254), AfterValidator(_email)]


class LeaveMessage(Wire):
    """Where to answer, and (with a client_id of its own) what to answer, when it is not written yet."""

    email: EmailAddress
    text: WrittenText | None = None
    client_id: ClientId | None = None

    @model_validator(mode="after")
    def _text_has_an_id(self) -> LeaveMessage:
        if (self.text is None) != (self.client_id is None):
            raise PydanticCustomError("invalid_field", "A text comes with a client_id, and a client_id with a text.")
        return self


class SendTranscript(Wire):
    email: EmailAddress


class SignIn(Wire):
    email: Annotated[Cleaned, Field(min_length=3, max_length=254)]
    password: Annotated[str, AfterValidator(_encodable), Field(min_length=1, max_length=1_024)]


class Reply(Wire):
    client_id: ClientId
    text: WrittenText


class Note(Wire):
    text: WrittenText


Word = Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[\w .\-]+$")]


class Resolve(Wire):
    """How it ended; `tags` are added to those that the conversation has."""

    disposition: Annotated[Cleaned, Field(min_length=1, max_length=100)] = "solved"
    tags: Annotated[list[Word], Field(max_length=20)] = []


class Transfer(Wire):
    """To a colleague, or back into the queue for a team; with what whoever takes it must know."""

    agent_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    team: Word | None = None
    tags: Annotated[list[Word], Field(max_length=20)] | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Transfer:
        if (self.agent_id is None) == (self.team is None):
            raise PydanticCustomError("invalid_field", "Name either agent_id or team.")
        return self


class Availability(Wire):
    """Whether new chats may come; chats one has already stay."""

    available: bool


class AgentChanges(Wire):
    """What a lead or admin may change of an agent. `languages` and `skills`: empty means any."""

    available: bool | None = None
    capacity: Annotated[int, Field(ge=0, le=100)] | None = None
    team: Word | None = None
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]], Field(max_length=50)] | None = None
    skills: Annotated[list[Word], Field(max_length=50)] | None = None
    role: Role | None = None


class AgentSearch(Wire):
    """A search of the pages by an agent, beside a chat."""

    question: WrittenText
    page: Page | None = None


# --- events: what happened in a conversation, in order -------------------------------------------------------------

Author = Literal["shopper", "bot", "agent", "system"]


class AgentName(Wire):
    """An agent as others see them."""

    id: str
    name: str


class MessageBody(Wire):
    model_config = ConfigDict(populate_by_name=True)

    type: Literal["message"] = "message"
    from_: Annotated[Author, Field(alias="from")]
    text: str
    client_id: str | None = None
    name: str | None = None
    answer: Answer | None = None
    choices: list[Choice] | None = None


class StateBody(Wire):
    type: Literal["state"] = "state"
    state: State
    reason: Reason | None = None
    agent: AgentName | None = None


class QueueBody(Wire):
    """The place in the queue, and how long it usually takes from here, in seconds."""

    type: Literal["queue"] = "queue"
    position: int
    wait_low_s: int | None = None
    wait_high_s: int | None = None


class FeedbackBody(Wire):
    type: Literal["feedback"] = "feedback"
    target_seq: int
    helpful: bool


class RatingBody(Wire):
    type: Literal["rating"] = "rating"
    score: int
    comment: str | None = None


Body = Annotated[MessageBody | StateBody | QueueBody | FeedbackBody | RatingBody, Field(discriminator="type")]


class Stamp(Wire):
    """`seq` is null for what is told but not stored (a changed place in the queue)."""

    seq: int | None
    at: datetime


class MessageEvent(Stamp, MessageBody):
    pass


class StateEvent(Stamp, StateBody):
    pass


class QueueEvent(Stamp, QueueBody):
    pass


class FeedbackEvent(Stamp, FeedbackBody):
    pass


class RatingEvent(Stamp, RatingBody):
    pass


class TypingEvent(Wire):
    """Somebody is typing. Told, never stored: it has no seq."""

    type: Literal["typing"] = "typing"
    from_: Annotated[Literal["shopper", "agent", "bot"], Field(alias="from")]


Event = Annotated[MessageEvent | StateEvent | QueueEvent | FeedbackEvent | RatingEvent, Field(discriminator="type")]


# --- frames: what a shopper's socket may say -----------------------------------------------------------------------


class Hello(Wire):
    """The first frame. `after` is the last `seq` the client has."""

    type: Literal["hello"]
    conversation_id: ConversationId
    token: Annotated[str, Field(min_length=1, max_length=200)]
    after: Seq = 0


class MessageFrame(ShopperMessage):
    type: Literal["message"]


class RequestHumanFrame(Wire):
    type: Literal["request_human"]


class WithdrawFrame(Wire):
    type: Literal["withdraw"]


class FeedbackFrame(Feedback):
    type: Literal["feedback"]


class RatingFrame(Rating):
    type: Literal["rating"]


class TypingFrame(Wire):
    type: Literal["typing"]


class ReadFrame(Wire):
    """The shopper has seen everything up to `seq`."""

    type: Literal["read"]
    seq: Seq


class LeaveMessageFrame(LeaveMessage):
    type: Literal["leave_message"]


class PingFrame(Wire):
    type: Literal["ping"]


ShopperFrame = Annotated[
    MessageFrame
    | RequestHumanFrame
    | WithdrawFrame
    | FeedbackFrame
    | RatingFrame
    | TypingFrame
    | ReadFrame
    | LeaveMessageFrame
    | PingFrame,
    Field(discriminator="type"),
]
shopper_frame: TypeAdapter[ShopperFrame] = TypeAdapter(ShopperFrame)


# --- frames: what an agent's socket may say ------------------------------------------------------------------------


class HeartbeatFrame(Wire):
    type: Literal["heartbeat"]


class WatchFrame(Wire):
    type: Literal["watch"]
    conversation_id: ConversationId
    after: Seq = 0


class UnwatchFrame(Wire):
    type: Literal["unwatch"]
    conversation_id: ConversationId


class AgentTypingFrame(Wire):
    type: Literal["typing"]
    conversation_id: ConversationId


class AgentReadFrame(Wire):
    """The agent has the conversation in front of them."""

    type: Literal["read"]
    conversation_id: ConversationId


AgentFrame = Annotated[
    HeartbeatFrame | WatchFrame | UnwatchFrame | AgentTypingFrame | AgentReadFrame | PingFrame,
    Field(discriminator="type"),
]
agent_frame: TypeAdapter[AgentFrame] = TypeAdapter(AgentFrame)


# --- answers -------------------------------------------------------------------------------------------------------


class Opened(Wire):
    """The token opens this one conversation; it is shown once and stored only as a hash."""

    conversation_id: str
    token: str


class Accepted(Wire):
    """The message is stored under `seq`."""

    seq: int


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
    page: Page | None
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
    """Told to agents who watch a conversation: who else has it on the screen."""

    type: Literal["viewers"] = "viewers"
    agents: list[AgentName]


class Deed(Wire):
    """One line of the audit log. `who`: an agent's id, or the process that acted."""

    at: datetime
    who: str
    action: str
    conversation_id: str | None
    detail: dict[str, object] | None


class Deeds(Wire):
    deeds: list[Deed]


class Erased(Wire):
    """The receipt: nothing of the conversation is left but this line in the audit log."""

    receipt: str
    erased_at: datetime
    conversations: int
    events: int


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
    page: Page | None
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


class Part(Wire):
    """One inner process, as the bridge finds it."""

    status: Literal["ok", "down"]
    detail: str | None = None


class Health(Wire):
    status: Literal["ok", "degraded", "down"]
    storage: Part
    knowledge: Part
    engine: Part
    actions: Part


class ErrorDetail(Wire):
    code: str
    message: str
    field: str | None = None


class ErrorAnswer(Wire):
    """Every refusal looks like this."""

    error: ErrorDetail
