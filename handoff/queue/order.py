"""Who goes first, and who is given what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handoff.sentences import UNKNOWN
from handoff.wire import Reason

# Smaller goes first; first in, first out within one.
PRIORITIES: dict[Reason, int] = {"people_only": 0, "upset": 1, "asked": 2, "failed": 3, "engine_failure": 3}


def priority(reason: Reason) -> int:
    """The rank of a hand-off's reason; 0 goes first."""
    return PRIORITIES[reason]


@dataclass(frozen=True, slots=True)
class AgentLoad:
    """An agent as the queue sees them: how many chats they have, how many they can have, and what they can do."""

    agent_id: str
    chats: int
    capacity: int
    team: str | None = None
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WaitingChat:
    """What a waiting conversation asks of whoever takes it."""

    conversation_id: str
    team: str | None = None
    language: str | None = None
    tags: frozenset[str] = frozenset()


def fits(load: AgentLoad, chat: WaitingChat) -> bool:
    """Whether this agent may be given this conversation. What is not set on either side is no hindrance."""
    speaks = not load.languages or chat.language in (None, UNKNOWN) or chat.language in load.languages
    return speaks and chat.team in (None, load.team) and chat.tags <= load.skills


def next_for(load: AgentLoad, waiting: Iterable[WaitingChat]) -> WaitingChat | None:
    """The first conversation, in the queue's order, that this agent should take; None when they have enough."""
    if load.chats >= load.capacity:
        return None
    return next((chat for chat in waiting if fits(load, chat)), None)


def assign(waiting: Iterable[WaitingChat], people: Sequence[AgentLoad]) -> list[tuple[str, str]]:
    """Who gets what, as (conversation, agent): each in turn to the least loaded who fits.

    The load is the share of an agent's capacity in use; among equals, the one with fewer chats, then by id.
    """
    loads = {load.agent_id: load for load in people}
    given: list[tuple[str, str]] = []
    for chat in waiting:
        free = [load for load in loads.values() if load.chats < load.capacity and fits(load, chat)]
        if not free:
            continue
        least = min(free, key=lambda load: (load.chats / load.capacity, load.chats, load.agent_id))
        loads[least.agent_id] = replace(least, chats=least.chats + 1)
        given.append((chat.conversation_id, least.agent_id))
    return given
