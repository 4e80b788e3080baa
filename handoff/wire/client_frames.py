"""What a shopper's and an agent's socket may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from handoff.wire.requests import Feedback, LeaveMessage, Rating, ShopperMessage
from handoff.wire.text import ConversationId, Seq
from knowledge.wire.message import Wire


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
