"""What happened in a conversation, in order."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from handoff.wire.turn import Answer, Choice, Reason, State
from knowledge.wire.message import Wire

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
    """Somebody is typing. Sent, never stored: it has no seq."""

    model_config = ConfigDict(populate_by_name=True)

    type: Literal["typing"] = "typing"
    from_: Annotated[Literal["shopper", "agent", "bot"], Field(alias="from")]


class ReadEvent(Wire):
    """Somebody has seen everything up to `seq`. Sent, never stored."""

    model_config = ConfigDict(populate_by_name=True)

    type: Literal["read"] = "read"
    from_: Annotated[Literal["shopper", "agent"], Field(alias="from")]
    seq: int


Event = Annotated[MessageEvent | StateEvent | QueueEvent | FeedbackEvent | RatingEvent, Field(discriminator="type")]
