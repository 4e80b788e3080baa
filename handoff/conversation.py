"""Who speaks in a conversation: the states as one table, and the one function that moves between them.

No I/O anywhere near it. An illegal move raises and changes nothing; a legal one raises the owner version by one,
which is what the store compares when it writes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handoff.errors import AlreadyClaimed, NotYours, WrongState
from handoff.wire import Json, Reason, State


class Move(StrEnum):
    """What can happen to the ownership of a conversation."""

    REQUEST = "request"  # a person is wanted: by the shopper, or by the assistant's own judgement
    WITHDRAW = "withdraw"  # the shopper goes back to the assistant
    LEAVE_MESSAGE = "leave_message"  # nobody is at the desk; it is answered when somebody is
    CLAIM = "claim"
    TRANSFER = "transfer"  # straight to a colleague
    RELEASE = "release"  # back into the queue
    RETURN = "return"  # back to the assistant
    RESOLVE = "resolve"
    REOPEN = "reopen"  # the shopper writes again: a new episode


TABLE: dict[State, dict[Move, State]] = {
    "bot": {Move.REQUEST: "waiting", Move.RESOLVE: "resolved"},
    "waiting": {Move.CLAIM: "assigned", Move.WITHDRAW: "bot", Move.LEAVE_MESSAGE: "message_left"},
    "assigned": {
        Move.TRANSFER: "assigned",
        Move.RELEASE: "waiting",
        Move.RETURN: "bot",
        Move.RESOLVE: "resolved",
    },
    "message_left": {Move.CLAIM: "assigned"},
    "resolved": {Move.REOPEN: "bot"},
}

START: State = "bot"

# Moves that only the agent who has the chat may make.
OWNERS_MOVES = frozenset({Move.TRANSFER, Move.RELEASE, Move.RETURN, Move.RESOLVE})


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who has the conversation. `version` counts changes of owner, from 1.

    `episode` counts how often the assistant got the conversation, from 1: each time it starts afresh, so that what
    went wrong before a person helped does not fetch a person again.
    """

    state: State = START
    version: int = 1
    episode: int = 1
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One row of `conversations`. Priorities are 0 (first) to 4; a seq of 0 means none yet."""

    id: str
    token_hash: str
    opened_at: datetime
    updated_at: datetime
    state: State = "bot"
    version: int = 1
    episode: int = 1
    agent_id: str | None = None
    reason: Reason | None = None
    priority: int = 0
    waiting_since: datetime | None = None
    assigned_at: datetime | None = None
    last_seq: int = 0
    last_note: int = 0
    last_shopper_seq: int = 0
    answered_seq: int = 0
    shopper_read_seq: int = 0
    agent_read_seq: int = 0
    turn_token: str | None = None
    turn_until: datetime | None = None
    unanswered_since: datetime | None = None
    page: Json | None = None
    brief: Json | None = None
    previous: Json | None = None
    choices: list[Json] | None = None
    language: str | None = None
    team: str | None = None
    tags: list[str] | None = None
    email: str | None = None
    shopper_at: datetime | None = None
    nudged_at: datetime | None = None
    reply_warned: datetime | None = None
    resolve_warned: datetime | None = None
    turn_bridge: str | None = None
    disposition: str | None = None
    resolved_at: datetime | None = None

    @property
    def ownership(self) -> Ownership:
        return Ownership(self.state, self.version, self.episode, self.agent_id)


def advance(now: Ownership, move: Move, *, agent_id: str | None = None, overrule: bool = False) -> Ownership:
    """The ownership after `move`; raises and changes nothing when the table does not allow it.

    `agent_id` is the agent who moves (for CLAIM and TRANSFER: who gets the chat). `overrule` lets a lead, or the
    desk itself, move a chat that is another agent's.
    """
    target = TABLE[now.state].get(move)
    if target is None:
        raise _refusal(now, move)
    if now.state == "assigned" and move in OWNERS_MOVES - {Move.TRANSFER} and not overrule:
        require_owner(now, agent_id)
    if target == "assigned" and agent_id is None:
        raise ValueError(f"{move} needs the agent who gets the conversation")
    return replace(
        now,
        state=target,
        version=now.version + 1,
        episode=now.episode + (target == "bot"),
        agent_id=agent_id if target == "assigned" else None,
    )


def require_owner(now: Ownership, agent_id: str | None) -> None:
    """Raise unless this agent has the conversation."""
    if now.state != "assigned":
        raise WrongState(f"This conversation is {_PLAIN[now.state]}; claim it first.")
    if now.agent_id != agent_id:
        raise NotYours("Another agent has this conversation. Ask for it to be transferred, or leave a note.")


def allowed(state: State) -> frozenset[Move]:
    """The moves that leave `state`."""
    return frozenset(TABLE[state])


def diagram() -> str:
    """The table as a Mermaid state diagram, for the docs."""
    lines = [f"    {state} --> {target}: {move}" for state, moves in TABLE.items() for move, target in moves.items()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {START}", *lines])


_PLAIN: dict[State, str] = {
    "bot": "with the assistant",
    "waiting": "waiting for a person",
    "assigned": "with an agent",
    "message_left": "a message left for later",
    "resolved": "resolved",
}


def _refusal(now: Ownership, move: Move) -> WrongState | AlreadyClaimed:
    if move is Move.CLAIM and now.state == "assigned":
        return AlreadyClaimed("Somebody was faster: this conversation already has an agent.")
    return WrongState(f"A conversation that is {_PLAIN[now.state]} cannot be moved by '{move}'.")
