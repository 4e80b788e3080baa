"""Who speaks in a conversation: the states as one table, and everything that changes a conversation.

No I/O anywhere near it. An illegal move raises and changes nothing; a legal one raises the owner version by one,
which is what the store compares when it writes. Each verb gives a changed copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

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


ABANDONED = "abandoned"
PromiseName = Literal["first_reply", "resolution"]
Mover = Literal["anybody", "owner", "desk"]


@dataclass(frozen=True, slots=True)
class Step:
    """Where a move leads, and whose it is: anybody's, the agent's who has the chat, or the desk's alone.

    A lead, and the desk itself, may overrule the agent.
    """

    target: State
    mover: Mover = "anybody"


TABLE: dict[State, dict[Move, Step]] = {
    "bot": {Move.REQUEST: Step("waiting"), Move.RESOLVE: Step("resolved", "desk")},
    "waiting": {
        Move.CLAIM: Step("assigned"),
        Move.WITHDRAW: Step("bot"),
        Move.LEAVE_MESSAGE: Step("message_left"),
    },
    "assigned": {
        Move.TRANSFER: Step("assigned", "owner"),
        Move.RELEASE: Step("waiting", "owner"),
        Move.RETURN: Step("bot", "owner"),
        Move.RESOLVE: Step("resolved", "owner"),
    },
    "message_left": {Move.CLAIM: Step("assigned")},
    "resolved": {Move.REOPEN: Step("bot")},
}

START: State = "bot"
# The states in which people have to do with a conversation.
WITH_PEOPLE: frozenset[State] = frozenset(("waiting", "assigned", "message_left"))


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


def advance(
    now: Ownership, move: Move, *, by: str | None = None, to: str | None = None, overrule: bool = False
) -> Ownership:
    """The ownership after `move`; raises and changes nothing when the table does not allow it.

    `by` is the agent who moves, None for everybody else; `to` is the agent who gets the chat. `overrule` lets a lead,
    or the desk itself, make a move that is not theirs.
    """
    step = TABLE[now.state].get(move)
    if step is None:
        raise _refusal(now, move)
    if not overrule:
        _require_mover(now, move, step, by)
    if (step.target == "assigned") != (to is not None):
        raise ValueError(f"'{move}' while {now.state}: say which agent gets it, if one does")
    return Ownership(step.target, now.version + 1, now.episode + (step.target == "bot"), to)


def _require_mover(now: Ownership, move: Move, step: Step, by: str | None) -> None:
    if step.mover == "owner":
        require_owner(now, by)
    elif step.mover == "desk":
        raise WrongState(f"This conversation is {_PLAIN[now.state]}; only the agent who has one {move}s it.")


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
    lines = [f"    {state} --> {step.target}: {move}" for state, moves in TABLE.items() for move, step in moves.items()]
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

    # --- moves: who has it

    def request(self, reason: Reason, rank: int, brief: Json, language: str | None, at: datetime) -> Conversation:
        """Into the queue, behind all of a smaller `rank`; the brief is for whoever takes it."""
        return replace(
            self._moved(Move.REQUEST),
            reason=reason,
            priority=rank,
            waiting_since=at,
            brief=brief,
            language=language,
            answered_seq=self.last_shopper_seq,
            choices=None,
        )

    def withdraw(self) -> Conversation:
        """Back to the assistant, at the shopper's wish."""
        return self._moved(Move.WITHDRAW)._with_the_assistant()

    def leave_message(self) -> Conversation:
        """Out of the queue, to be answered when somebody is there."""
        return self._moved(Move.LEAVE_MESSAGE)

    def claim(self, agent_id: str, at: datetime) -> Conversation:
        """From the queue, or from the messages left, to this agent."""
        return self._moved(Move.CLAIM, to=agent_id)._with_an_agent(at)

    def transfer(self, agent_id: str, at: datetime, *, by: str, overrule: bool = False) -> Conversation:
        """From the agent who has it straight to a colleague."""
        return self._moved(Move.TRANSFER, by=by, to=agent_id, overrule=overrule)._with_an_agent(at)

    def release(self, *, by: str | None = None, overrule: bool = False) -> Conversation:
        """Back into the queue, at the old place."""
        return replace(self._moved(Move.RELEASE, by=by, overrule=overrule), assigned_at=None, unanswered_since=None)

    def return_to_bot(self, *, by: str) -> Conversation:
        """From the agent who has it back to the assistant, which starts afresh."""
        return self._moved(Move.RETURN, by=by)._with_the_assistant()

    def resolve(self, disposition: str, tags: Sequence[str], at: datetime, *, by: str) -> Conversation:
        """Done, and how; the tags join those that it has."""
        return replace(
            self._moved(Move.RESOLVE, by=by)._over(disposition, at),
            tags=list(dict.fromkeys([*(self.tags or []), *tags])) or None,
        )

    def close(self, at: datetime) -> Conversation:
        """Over because nobody went on."""
        return self._moved(Move.RESOLVE, overrule=True)._over(ABANDONED, at)

    def reopen(self) -> Conversation:
        """The shopper is back: a new episode, with nothing of the last one in it."""
        return replace(
            self._moved(Move.REOPEN),
            reason=None,
            brief=None,
            previous=None,
            choices=None,
            disposition=None,
            resolved_at=None,
            answered_seq=self.last_shopper_seq,
        )

    def _moved(
        self, move: Move, *, by: str | None = None, to: str | None = None, overrule: bool = False
    ) -> Conversation:
        now = advance(self.ownership, move, by=by, to=to, overrule=overrule)
        moved = replace(self, state=now.state, version=now.version, episode=now.episode, agent_id=now.agent_id)
        # Whatever the assistant was computing was computed for another owner.
        return moved._without_turn()

    def _with_the_assistant(self) -> Conversation:
        # What was asked of a person is not answered by the assistant afterwards.
        return replace(
            self,
            answered_seq=self.last_shopper_seq,
            waiting_since=None,
            assigned_at=None,
            unanswered_since=None,
            reason=None,
            priority=0,
        )

    def _with_an_agent(self, at: datetime) -> Conversation:
        return replace(self, assigned_at=at, unanswered_since=at, agent_read_seq=self.last_seq)

    def _over(self, disposition: str, at: datetime) -> Conversation:
        return replace(
            self,
            disposition=disposition,
            resolved_at=at,
            waiting_since=None,
            assigned_at=None,
            unanswered_since=None,
            priority=0,
        )

    # --- what is said and read

    def with_event(self) -> Conversation:
        """One event more."""
        return replace(self, last_seq=self.last_seq + 1)

    def with_note(self) -> Conversation:
        """One note more."""
        return replace(self, last_note=self.last_note + 1)

    def heard(self, seq: int, at: datetime, page: Json | None = None) -> Conversation:
        """The shopper has written, on this page if it is known; an agent who has the chat owes a reply from now on."""
        owed = self.state == "assigned" and self.unanswered_since is None
        return replace(
            self,
            last_shopper_seq=seq,
            shopper_at=at,
            nudged_at=None,
            page=page or self.page,
            unanswered_since=at if owed else self.unanswered_since,
        )

    def heard_feedback(self, seq: int) -> Conversation:
        """The shopper has said of an answer what the assistant has to hear."""
        return replace(self, last_shopper_seq=seq)

    def replied(self, seq: int) -> Conversation:
        """The agent has answered."""
        return replace(self, unanswered_since=None, agent_read_seq=seq, nudged_at=None)

    def read_by_shopper(self, seq: int) -> Conversation:
        return replace(self, shopper_read_seq=seq)

    def read_by_agent(self) -> Conversation:
        """Everything is on the agent's screen."""
        return replace(self, agent_read_seq=self.last_seq)

    # --- the assistant's turns

    def with_turn(self, token: str, until: datetime, bridge_id: str) -> Conversation:
        """A turn has begun: one at a time, by whoever holds the token, until it runs out."""
        return replace(self, turn_token=token, turn_until=until, turn_bridge=bridge_id)

    def after_turn(self, seq: int) -> Conversation:
        """The assistant is done with the message `seq`."""
        return replace(self, answered_seq=seq)._without_turn()

    def _without_turn(self) -> Conversation:
        return replace(self, turn_token=None, turn_until=None, turn_bridge=None)

    def remembering(
        self, *, choices: list[Json], language: str | None = None, previous: Json | None = None
    ) -> Conversation:
        """What the next turn has to know: the choices on offer, the language, the question and its passage."""
        return replace(
            self,
            choices=choices,
            language=self.language if language is None else language,
            previous=previous or self.previous,
        )

    # --- what people at the desk have to know

    def with_email(self, email: str) -> Conversation:
        """Where the answer goes when the shopper has left."""
        return replace(self, email=email)

    def with_tags(self, tags: list[str]) -> Conversation:
        """The skills that whoever takes it must have."""
        return replace(self, tags=tags)

    def for_team(self, team: str) -> Conversation:
        return replace(self, team=team)

    def nudged(self, at: datetime) -> Conversation:
        """The shopper was asked whether they are still there."""
        return replace(self, nudged_at=at)

    def warned(self, promise: PromiseName, due_at: datetime) -> Conversation:
        """People were warned that this promise breaks at `due_at`."""
        if promise == "first_reply":
            return replace(self, reply_warned=due_at)
        return replace(self, resolve_warned=due_at)
