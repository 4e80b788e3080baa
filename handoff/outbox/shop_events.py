"""What the shop's own systems hear of, and what comes with each: docs/protocol.md promises it to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import PlainSerializer

from handoff.conversation import PromiseName
from handoff.queue.promises import Level
from handoff.wire import Reason, Wire

Instant = Annotated[datetime, PlainSerializer(datetime.isoformat)]


class ShopEvent(Wire):
    """Something that happened to a conversation. `type` is its name; fields that are None are left out."""

    type: ClassVar[str]


class ConversationStarted(ShopEvent):
    type: ClassVar[str] = "conversation.started"


class HandoffRequested(ShopEvent):
    """`danger`: somebody may be hurt or in danger."""

    type: ClassVar[str] = "handoff.requested"

    reason: Reason
    danger: bool = False


class Claimed(ShopEvent):
    """`agent` is the agent's name."""

    type: ClassVar[str] = "claimed"

    agent: str


class MessageLeft(ShopEvent):
    type: ClassVar[str] = "message_left"


class Resolved(ShopEvent):
    """By an agent of this name; by nobody, when the chat was closed for silence."""

    type: ClassVar[str] = "resolved"

    disposition: str
    agent: str | None = None


class Rated(ShopEvent):
    type: ClassVar[str] = "rated"

    score: int


class ServiceLevelWarning(ShopEvent):
    """A promise about time is about to break, or has."""

    type: ClassVar[str] = "service_level.warning"

    promise: PromiseName
    due_at: Instant
    level: Level
