"""What the bridge says on a socket, besides the events of a conversation."""

from __future__ import annotations

from typing import Literal

from handoff.wire.answers import AgentSelf, ErrorAnswer, Queue, Shop
from handoff.wire.turn import Json, State
from knowledge.wire.message import Wire


class ShopperReady(Wire):
    """The answer to `hello`."""

    type: Literal["ready"] = "ready"
    state: State
    last_seq: int
    agent_read_seq: int
    shop: Shop


class AgentReady(Wire):
    type: Literal["ready"] = "ready"
    agent: AgentSelf


class Ack(Wire):
    """The message is stored under `seq`."""

    type: Literal["ack"] = "ack"
    client_id: str
    seq: int


class Pong(Wire):
    type: Literal["pong"] = "pong"


class Heartbeat(Wire):
    """The agent was heard."""

    type: Literal["heartbeat"] = "heartbeat"


class QueueFrame(Queue):
    """The whole queue, whenever it has changed."""

    type: Literal["queue"] = "queue"


class WatchedEvent(Wire):
    """An event of a conversation that the agent watches, as it was stored."""

    type: Literal["event"] = "event"
    conversation_id: str
    event: Json


class ErrorFrame(ErrorAnswer):
    """A frame was refused; `client_id` is the refused message's."""

    type: Literal["error"] = "error"
    client_id: str | None = None
