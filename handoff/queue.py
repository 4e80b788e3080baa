"""The queue's rules, pure: who goes first, and how long it will take. Nothing here looks anything up."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from statistics import fmean

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
    """The quantile, at normal deviate z, of the sum of k exponential times."""
    spread = 1 / (9 * k)
    return float(k * mean_between_s * max(0.0, 1 - spread + z * sqrt(spread)) ** 3)


def in_words(position: int, wait_s: tuple[int, int] | None) -> str:
    """The place and the wait as one honest sentence."""
    place = f"You are number {position} in the queue."
    if wait_s is None:
        return f"{place} Nobody is at the desk right now; your message is kept and will be answered."
    minutes = max(1, round(sum(wait_s) / 2 / 60))
    return f"{place} It usually takes about {minutes} minute{'s' if minutes > 1 else ''} until somebody is with you."
