"""How well weights of the features put the right section first, and a search for better ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.index.ranking import WEIGHTS, Calibration
from knowledge.tuning.trial import Trial

# Steps that a weight may take, one weight at a time. What nobody wrote down has no say in “written”.
FACTORS: Final = (0.0, 0.5, 0.75, 1.33, 2.0)
SEARCHED: Final = tuple(name for name in WEIGHTS if name != "written")
ROUNDS: Final = 2
# How much a right section among the first three counts beside one in front, and what a step has to gain.
THREE: Final = 0.4
GAIN: Final = 1.5e-3


@dataclass(frozen=True)
class Figures:
    """Of so many answerable messages, the shares that have a right section first, and among the first three."""

    messages: int
    first: float
    three: float


def figures(trials: Iterable[Trial], weights: Mapping[str, float]) -> Figures:
    """How well these weights do."""
    calibration = Calibration(features=dict(weights))
    asked = [trial for trial in trials if trial.message.answerable]
    ranked = [trial.right[trial.order(calibration)[:3]] for trial in asked]
    most = max(1, len(asked))
    first, three = (sum(bool(one[:place].any()) for one in ranked) for place in (1, 3))
    return Figures(len(asked), first / most, three / most)


def searched(trials: Sequence[Trial], weights: Mapping[str, float]) -> dict[str, float]:
    """Weights that do better on these trials, found one coordinate at a time; those given where none does."""
    best = dict(weights)
    value = _value(trials, best)
    for _ in range(ROUNDS):
        for name in SEARCHED:
            for tried in [{**best, name: round(best.get(name, 0.0) * factor, 4)} for factor in FACTORS]:
                if (reached := _value(trials, tried)) > value + GAIN:
                    best, value = tried, reached
    return best


def _value(trials: Iterable[Trial], weights: Mapping[str, float]) -> float:
    found = figures(trials, weights)
    return found.first + THREE * found.three
