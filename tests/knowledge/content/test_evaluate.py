from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.evaluate import Evaluation, EvaluationError, Outcome, evaluate, threshold
from knowledge.content.reliability import PlotError, plot
from knowledge.page.questions import LabelledQuestion
from knowledge.search.answers import open_either
from knowledge.wire.search import Verdict
from tests.knowledge.fakes import WordEmbedder


def outcome(probability: float, right: bool, answerable: bool = True, verdict: Verdict = "answer") -> Outcome:
    return Outcome("q", verdict, probability, right, right, answerable, "a.md#b")


FOUR = (
    outcome(0.95, True),
    outcome(0.75, True),
    outcome(0.55, False),
    outcome(0.15, False, answerable=False, verdict="unknown"),
)


@pytest.mark.parametrize(
    ("at", "answered", "precision", "false_answers"),
    [(0.0, 1.0, 0.5, 1.0), (0.5, 1.0, 2 / 3, 0.0), (0.7, 2 / 3, 1.0, 0.0), (0.99, 0.0, None, 0.0)],
)
def test_what_a_threshold_gives(at: float, answered: float, precision: float | None, false_answers: float) -> None:
    found = threshold(FOUR, at)
    assert found.answered == pytest.approx(answered)
    assert found.precision == (None if precision is None else pytest.approx(precision))
    assert found.false_answers == pytest.approx(false_answers)


def test_the_figures_of_an_evaluation() -> None:
    evaluation = Evaluation(FOUR, 0.5, 0.1)
    assert evaluation.best is not None
    assert evaluation.best.at == 0.75
    assert evaluation.brier == pytest.approx((0.05**2 + 0.25**2 + 0.55**2 + 0.15**2) / 4)
    assert [(one.count, one.right) for one in evaluation.bins] == [(1, 0.0), (1, 0.0), (1, 1.0), (1, 1.0)]
    assert [one.probability for one in evaluation.wrong] == [0.55]
    assert evaluation.missed == ()


def test_questions_are_held_against_their_sections(pages: Path, embedder: WordEmbedder) -> None:
    asked = [
        LabelledQuestion("What does the Heron tent weigh", ("products/heron.md#weight",)),
        LabelledQuestion("xylophone lessons", ()),
        LabelledQuestion("not counted"),
    ]
    evaluation = evaluate(open_either(pages, embedder), asked, embedder)
    assert [(one.right, one.answerable) for one in evaluation.outcomes] == [(True, True), (False, False)]


def test_questions_without_expectations_are_refused(pages: Path, embedder: WordEmbedder) -> None:
    with pytest.raises(EvaluationError, match="column accept"):
        evaluate(open_either(pages, embedder), [LabelledQuestion("q")], embedder)


@pytest.mark.parametrize(("name", "start"), [("r.png", b"\x89PNG"), ("r.svg", b"<?xml")])
def test_the_picture(tmp_path: Path, name: str, start: bytes) -> None:
    plot(Evaluation(FOUR, 0.5, 0.1), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["r.pdf", "r", "none/r.png"])
def test_a_picture_that_cannot_be_drawn_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(PlotError):
        plot(Evaluation(FOUR, 0.5, 0.1), tmp_path / name)


SHARES = st.floats(0, 1)


@given(st.lists(st.builds(outcome, SHARES, st.booleans()), min_size=1, max_size=30))
def test_bins_hold_every_question_once(outcomes: list[Outcome]) -> None:
    evaluation = Evaluation(tuple(outcomes), 0.5, 0.2)
    assert sum(one.count for one in evaluation.bins) == len(outcomes)
    assert 0 <= evaluation.calibration_error <= 1
    assert 0 <= evaluation.brier <= 1


@given(st.lists(st.builds(outcome, SHARES, st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_a_higher_threshold_never_answers_more(outcomes: list[Outcome]) -> None:
    curve = Evaluation(tuple(outcomes), 0.5, 0.2).curve
    answered = [one.answered for one in curve if one.answered is not None]
    assert answered == sorted(answered, reverse=True)
