"""Who goes first, and who is given what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handoff.wire import Reason

# Smaller goes first; first in, first out within one.
PRIORITIES: dict[Reason, int] = {"people_only": 0, "upset": 1, "asked": 2, "failed": 3, "engine_failure": 3}


def priority(reason: Reason) -> int:
    """The rank of a hand-off's reason; 0 goes first."""
    return PRIORITIES[reason]


@dataclass(frozen=True, slots=True)
class Hands:
    """An agent as the queue sees them: how many chats they have, how many they can have, and what they can do."""

    agent_id: str
    chats: int
    capacity: int
    team: str | None = None
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a waiting conversation asks of whoever takes it."""

    conversation_id: str
    team: str | None = None
    language: str | None = None
    tags: frozenset[str] = frozenset()


def fits(hands: Hands, wanted: Wanted) -> bool:
    """Whether this agent may be given this conversation. What is not set on either side is no hindrance."""
    speaks = not hands.languages or wanted.language in (None, "und") or wanted.language in hands.languages
    return speaks and wanted.team in (None, hands.team) and wanted.tags <= hands.skills


def next_for(hands: Hands, waiting: Iterable[Wanted]) -> Wanted | None:
    """The first conversation, in the queue's order, that this agent should take; None when they have enough."""
    if hands.chats >= hands.capacity:
        return None
    return next((wanted for wanted in waiting if fits(hands, wanted)), None)


def assign(waiting: Iterable[Wanted], people: Sequence[Hands]) -> list[tuple[str, str]]:
    """Who gets what, as (conversation, agent): each in turn to the least loaded who fits.

    The load is the share of an agent's capacity in use; among equals, the one with fewer chats, then by id.
    """
    loads = {hands.agent_id: hands for hands in people}
    given: list[tuple[str, str]] = []
    for wanted in waiting:
        free = [h for h in loads.values() if h.chats < h.capacity and fits(h, wanted)]
        if not free:
            continue
        least = min(free, key=lambda h: (h.chats / h.capacity, h.chats, h.agent_id))
        loads[least.agent_id] = replace(least, chats=least.chats + 1)
        given.append((wanted.conversation_id, least.agent_id))
    return given
