"""How long it will take until somebody is there, as an honest range and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import fmean

from handoff.sentences import HOME, say

# Used until people have handled a few conversations: five minutes each.
USUAL_HANDLING_S = 300.0
ENOUGH_HANDLINGS = 5
# Taking a chat is not instant even with a free hand: an agent has to see and open it.
NOTICE_S = (5, 60)
# Normal deviates of the range's ends: 1 in 10 waits is shorter than the low end, 1 in 10 longer than the high end.
RANGE_Z = 1.28
# How far off the recent average may be, as a share: people tire, shifts change.
MEAN_ERROR = 0.25


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is there to help: agents on duty, how many chats each could take more, and recent handling times in s."""

    on_duty: int
    free_places: int
    places: int
    handled_s: tuple[float, ...]


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


def in_words(
    position: int, wait_s: tuple[int, int] | None, back: str = "", language: str = HOME, emergency: str = ""
) -> str:
    """The place and the wait as one honest sentence; `back` says when somebody will be at the desk again.

    Whoever may be in danger with nobody there is first told the `emergency` number.
    """
    place = say(language, "place", place=position)
    if wait_s is None:
        away = say(language, "away_until", when=back) if back else say(language, "away")
        said = f"{place} {away}"
        return f"{say(language, 'danger', emergency=emergency)} {said}" if emergency else said
    low, high = in_minutes(wait_s)
    minutes = str(low) if low == high else f"{low}–{high}"
    wait = say(language, "wait", minutes=minutes) if high > 1 else say(language, "wait_one")
    return f"{place} {wait}"


def in_minutes(wait_s: tuple[int, int]) -> tuple[int, int]:
    """The range in whole minutes, never less than one; the widget shows the live range in the same."""
    low, high = (max(1, int(seconds / 60 + 0.5)) for seconds in wait_s)
    return low, max(low, high)
