"""The queue's rules, pure: who goes first, and how long it will take. Nothing here looks anything up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from statistics import fmean

from handoff.sentences import HOME, say
from handoff.wire import Reason

# Smaller goes first; first in, first out within one.
PRIORITIES: dict[Reason, int] = {"people_only": 0, "upset": 1, "asked": 2, "failed": 3, "engine_failure": 3}

# Used until people have handled a few conversations: five minutes each.
USUAL_HANDLING_S = 300.0
ENOUGH_HANDLINGS = 5
# Taking a chat is not instant even with a free hand: an agent has to see and open it.
NOTICE_S = (5, 60)
# Normal deviates of the range's ends: 1 in 10 waits is shorter than the low end, 1 in 10 longer than the high end.
RANGE_Z = 1.28
# How far off the recent average may be, as a share: people tire, shifts change.
MEAN_ERROR = 0.25


def priority(reason: Reason) -> int:
    """The rank of a hand-off's reason; 0 goes first."""
    return PRIORITIES[reason]


def estimate_wait(
    position: int, *, on_duty: int, free_places: int, places: int, handled_s: Sequence[float]
) -> tuple[int, int] | None:
    """The range of seconds within which most who stood at `position` (from 1) were taken; None with nobody on duty.

    Whoever is not taken by a free place waits for `position - free_places` conversations to end. With `places`
    conversations under way that end at random, the time until the k-th ending is Erlang-distributed
    (Tijms, A First Course in Stochastic Models, 2003, section 1.1); its range is taken by Wilson and Hilferty's
    cube-root approximation.
    """
    if on_duty <= 0:
        return None
    endings = position - free_places
    if endings <= 0:
        return NOTICE_S
    mean_s = fmean(handled_s) if len(handled_s) >= ENOUGH_HANDLINGS else USUAL_HANDLING_S
    between_s = mean_s / max(1, places)
    low, high = (_erlang_s(endings, between_s, z) for z in (-RANGE_Z, RANGE_Z))
    return int(low) + NOTICE_S[0], ceil(high) + NOTICE_S[1]


def _erlang_s(k: int, mean_between_s: float, z: float) -> float:
    """The quantile, at normal deviate z, of the sum of k exponential times whose mean is itself only guessed."""
    shape = 1 / (1 / k + MEAN_ERROR**2)
    spread = 1 / (9 * shape)
    return float(k * mean_between_s * max(0.0, 1 - spread + z * sqrt(spread)) ** 3)


def in_words(position: int, wait_s: tuple[int, int] | None, back: str = "", language: str = HOME) -> str:
    """The place and the wait as one honest sentence; `back` says when somebody will be at the desk again."""
    place = say(language, "place", place=position)
    if wait_s is None:
        away = say(language, "away_until", when=back) if back else say(language, "away")
        return f"{place} {away}"
    low, high = in_minutes(wait_s)
    minutes = str(low) if low == high else f"{low}–{high}"
    wait = say(language, "wait", minutes=minutes) if high > 1 else say(language, "wait_one")
    return f"{place} {wait}"


def in_minutes(wait_s: tuple[int, int]) -> tuple[int, int]:
    """The range in whole minutes, never less than one; the widget shows the live range in the same."""
    low, high = (max(1, int(seconds / 60 + 0.5)) for seconds in wait_s)
    return low, max(low, high)


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
