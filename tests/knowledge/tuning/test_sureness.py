from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index.ranking import SIGNS, Calibration
from knowledge.tuning.shops import read_shops
from knowledge.tuning.sureness import Told, bins, fitted, threshold, told
from knowledge.tuning.trial import Trial, trials_of
from knowledge.wire.search import Verdict
from tests.knowledge.fakes import WordEmbedder


@pytest.fixture
def trials(shops: Path) -> list[Trial]:
    return [trial for shop in read_shops(shops) for trial in trials_of(shop, WordEmbedder())]


def one(probability: float, right: bool = False, answerable: bool = True, verdict: Verdict = "likely") -> Told:
    return Told({}, probability, verdict, right, right, answerable)


OUTCOMES = [
    one(0.95, right=True, verdict="answer"),
    one(0.9, right=True, verdict="answer"),
    one(0.85, answerable=False, verdict="answer"),
    one(0.5, right=True),
    one(0.05, verdict="unknown"),
    one(0.05, answerable=False, verdict="unknown"),
]


def test_what_is_a_question_is_told(trials: list[Trial]):
    outcomes = told(trials, Calibration())
    assert sum(outcome.answerable for outcome in outcomes) == 14
    assert len(outcomes) == 16
    assert not any(outcome.right for outcome in outcomes if not outcome.answerable)


def test_probabilities_lie_beside_what_came_true():
    found = bins(OUTCOMES)
    assert [(found.low, found.messages, found.right) for found in found] == [
        (0.0, 2, 0.0),
        (0.5, 1, 1.0),
        (0.8, 1, 0.0),
        (0.9, 2, 1.0),
    ]


def test_a_threshold_says_what_is_answered_and_how_often_that_is_right():
    found = threshold(OUTCOMES, 0.82)
    assert (found.answered, found.right, found.false_answers) == (0.5, pytest.approx(2 / 3), 0.5)
    assert (found.shown_right, found.silent) == (0.75, 0.25)
    assert threshold(OUTCOMES, 0.9).right == 1.0
    assert threshold(OUTCOMES, 1.0).right == 0.0


def test_fitted_signs_tell_better_what_is_right(trials: list[Trial]):
    wrong = Calibration(signs={name: -weight for name, weight in SIGNS.items()}, intercept=3.0)
    found = fitted(trials, wrong)
    assert _missed(trials, found) < _missed(trials, wrong)
    assert found.signs["asked_near"] == SIGNS["asked_near"]


def test_where_nothing_differs_nothing_is_fitted(trials: list[Trial]):
    silent = [trial for trial in trials if trial.message.kind == "none"]
    assert fitted(silent, Calibration()) == Calibration()


def _missed(trials: list[Trial], calibration: Calibration) -> float:
    outcomes = told(trials, calibration)
    return sum((outcome.probability - outcome.right) ** 2 for outcome in outcomes)
