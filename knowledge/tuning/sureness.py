"""How sure the search is of the first section against how often that is right, and a fit of the signs of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.index.ranking import SIGNS, Calibration, is_ambiguous, signs_of
from knowledge.tuning.trial import Trial
from knowledge.wire.search import Verdict

# What questions that sections are asked as say is not fitted: on shops without them it has no say.
FITTED: Final = tuple(name for name in SIGNS if not name.startswith("asked") and name != "written")
# The inverse of how strongly the fit is held to nothing, over signs of equal spread.
LOOSENESS: Final = 0.5
BINS: Final = 10


@dataclass(frozen=True)
class Told:
    """What came of one message: its signs and probability, what is said, and whether the first section is right or
    at least helps."""

    signs: Mapping[str, float]
    probability: float
    verdict: Verdict
    right: bool
    helping: bool
    answerable: bool

    @property
    def shown(self) -> bool:
        """Whether a passage is shown."""
        return self.verdict in ("answer", "likely")


@dataclass(frozen=True)
class Bin:
    """Messages whose probability lies between `low` and `high`, and the shares that are right, or right or helped."""

    low: float
    high: float
    messages: int
    right: float
    helping: float


@dataclass(frozen=True)
class Threshold:
    """What answering from `at` on gives, as shares; of what is answered for `right` and `helping`."""

    at: float
    answered: float
    right: float
    helping: float
    shown_right: float
    silent: float
    false_answers: float


def told(trials: Iterable[Trial], calibration: Calibration) -> list[Told]:
    """What the search would say to each message that is a question with an answer or one without."""
    return [_told(trial, calibration) for trial in trials if trial.message.answerable or trial.message.kind == "none"]


def fitted(trials: Iterable[Trial], calibration: Calibration) -> Calibration:
    """The calibration with signs fitted by logistic regression: is the first section right?"""
    from sklearn.linear_model import LogisticRegression  # most of what a command takes to start

    outcomes = told(trials, calibration)
    rows = np.array([[one.signs[name] for name in FITTED] for one in outcomes])
    right = np.array([one.right for one in outcomes])
    if right.all() or not right.any():
        return calibration
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < 1e-6] = 1.0
    found = LogisticRegression(C=LOOSENESS, max_iter=1_000).fit((rows - middle) / spread, right)
    slopes = found.coef_[0] / spread
    signs = {**SIGNS, **{name: round(float(slope), 2) for name, slope in zip(FITTED, slopes, strict=True)}}
    return calibration.model_copy(
        update={"signs": signs, "intercept": round(float(found.intercept_[0] - slopes @ middle), 2)}
    )


def bins(outcomes: Iterable[Told]) -> list[Bin]:
    """The reliability of the probabilities; bins that hold nothing are left out."""
    held: dict[int, list[Told]] = {}
    for one in outcomes:
        held.setdefault(min(int(one.probability * BINS), BINS - 1), []).append(one)
    return [
        Bin(number / BINS, (number + 1) / BINS, len(inside), _share(inside, "right"), _share(inside, "helping"))
        for number, inside in sorted(held.items())
    ]


def threshold(outcomes: Sequence[Told], at: float) -> Threshold:
    """What answering from a probability on gives; what is shown below it stays as it is."""
    sure = [one for one in outcomes if one.probability >= at]
    answerable = [one for one in outcomes if one.answerable]
    none = [one for one in outcomes if not one.answerable]
    return Threshold(
        at=at,
        answered=sum(one.answerable for one in sure) / max(1, len(answerable)),
        right=_share(sure, "right"),
        helping=_share(sure, "helping"),
        shown_right=sum(one.right and (one.shown or one.probability >= at) for one in answerable)
        / max(1, len(answerable)),
        silent=sum(one.verdict == "unknown" for one in answerable) / max(1, len(answerable)),
        false_answers=sum(not one.answerable for one in sure) / max(1, len(none)),
    )


def _told(trial: Trial, calibration: Calibration) -> Told:
    standing = trial.standing(calibration)
    answerable = trial.message.answerable
    if not standing.order:
        return Told(dict.fromkeys(SIGNS, 0.0), 0.0, "unknown", False, False, answerable)
    signs, first = signs_of(standing), standing.order[0]
    probability = calibration.probability(signs)
    verdict = calibration.verdict(probability, is_ambiguous(standing, probability, signs))
    right = answerable and bool(trial.right[first])
    return Told(signs, probability, verdict, right, bool(trial.helping[first]), answerable)


def _share(outcomes: Sequence[Told], name: str) -> float:
    return sum(bool(getattr(one, name)) for one in outcomes) / max(1, len(outcomes))
