"""Thresholds against outcomes: how often answers are right, and how sure we said we were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.errors import KnowledgeError
from knowledge.index.index_folder import Opened
from knowledge.model.reading import Embedder
from knowledge.page.questions import LabelledQuestion
from knowledge.search.answers import Progress, QuestionAnswer, answer_all
from knowledge.wire.search import Found, Verdict

BINS: Final = 10
GRID: Final = tuple(step / 20 for step in range(20))
WANTED_PRECISION: Final = 0.9


class EvaluationError(KnowledgeError):
    """The questions do not say which sections answer them."""

    code = "no_expectations"


@dataclass(frozen=True)
class Outcome:
    """One question: how sure we were of the first passage, what we did, and whether that passage is right.

    `offered` says whether a right section is among the three best. `answerable`: whether any page answers.
    """

    question: str
    verdict: Verdict
    probability: float
    right: bool
    offered: bool
    answerable: bool
    first: str | None


@dataclass(frozen=True)
class Threshold:
    """What answering from one probability on would give: shares from 0 to 1; None where nothing is counted.

    `answered`: of answerable questions. `precision`: of what is answered. `false_answers`: of unanswerable questions.
    """

    at: float
    answered: float | None
    precision: float | None
    false_answers: float | None


@dataclass(frozen=True)
class Bin:
    """Questions whose probability lies between `low` and `high`: how many, how sure on average, and how often right."""

    low: float
    high: float
    count: int
    sure: float
    right: float


@dataclass(frozen=True)
class Evaluation:
    """All outcomes, and what they say of the thresholds of the index."""

    outcomes: tuple[Outcome, ...]
    answer_from: float
    clarify_from: float

    @property
    def shipped(self) -> Threshold:
        """What the threshold of the index gives."""
        return threshold(self.outcomes, self.answer_from)

    @property
    def curve(self) -> tuple[Threshold, ...]:
        """What other thresholds would give."""
        return tuple(threshold(self.outcomes, at) for at in GRID)

    @property
    def best(self) -> Threshold | None:
        """The threshold that answers most while nine of ten answers are right, if any does."""
        every = (threshold(self.outcomes, at) for at in sorted({outcome.probability for outcome in self.outcomes}))
        good = [one for one in every if one.precision is not None and one.precision >= WANTED_PRECISION]
        return max(good, key=lambda one: one.answered or 0.0, default=None)

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The reliability of the probabilities, bin by bin; empty bins are left out."""
        return tuple(found for number in range(BINS) if (found := _bin(self.outcomes, number)))

    @property
    def brier(self) -> float:
        """Mean squared distance of the probability from what came true; 0 is perfect."""
        return sum((one.probability - one.right) ** 2 for one in self.outcomes) / len(self.outcomes)

    @property
    def calibration_error(self) -> float:
        """Mean distance, over questions, of a bin's average probability from its share of right ones."""
        return sum(one.count * abs(one.sure - one.right) for one in self.bins) / len(self.outcomes)

    @property
    def clarified(self) -> tuple[int, int]:
        """Of questions answered with headings to choose from: with a right one among them, and in all."""
        asked_back = [one for one in self.outcomes if one.verdict == "clarify"]
        return sum(one.offered for one in asked_back), len(asked_back)

    @property
    def wrong(self) -> tuple[Outcome, ...]:
        """Answers that were wrong, the surest first."""
        found = [one for one in self.outcomes if one.verdict == "answer" and not one.right]
        return tuple(sorted(found, key=lambda one: -one.probability))

    @property
    def missed(self) -> tuple[Outcome, ...]:
        """Answerable questions that were told nothing, those we were nearest to answering first."""
        found = [one for one in self.outcomes if one.verdict == "unknown" and one.answerable]
        return tuple(sorted(found, key=lambda one: -one.probability))


def evaluate(
    opened: Opened,
    questions: Sequence[LabelledQuestion],
    embedder: Embedder,
    real_words: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> Evaluation:
    """Ask every question and hold the outcome against the sections it names."""
    known = [asked for asked in questions if asked.accept is not None]
    if not known:
        raise EvaluationError("The questions do not say which sections answer them. Add a column accept to the file.")
    answers = answer_all(opened, [asked.text for asked in known], embedder, real_words, progress)
    outcomes = tuple(_outcome(asked, one) for asked, one in zip(known, answers, strict=True))
    calibration = opened.manifest.calibration
    return Evaluation(outcomes, calibration.answer_from, calibration.offer_from)


def threshold(outcomes: Iterable[Outcome], at: float) -> Threshold:
    """What answering from this probability on gives."""
    outcomes = list(outcomes)
    answered = [one for one in outcomes if one.probability >= at]
    answerable = [one for one in outcomes if one.answerable]
    unanswerable = [one for one in outcomes if not one.answerable]
    return Threshold(
        at=at,
        answered=_share(sum(one.answerable for one in answered), len(answerable)),
        precision=_share(sum(one.right for one in answered), len(answered)),
        false_answers=_share(sum(not one.answerable for one in answered), len(unanswerable)),
    )


def _outcome(asked: LabelledQuestion, answer: QuestionAnswer) -> Outcome:
    return Outcome(
        question=asked.text,
        verdict=answer.verdict,
        probability=answer.probability,
        right=bool(answer.first and _accepts(asked, answer.first)),
        offered=any(_accepts(asked, found) for found in answer.passages),
        answerable=bool(asked.accept),
        first=answer.first.passage_id if answer.first else None,
    )


def _accepts(asked: LabelledQuestion, found: Found) -> bool:
    anchor = found.passage_id.removeprefix(found.page).removeprefix("#").split("~")[0]
    return asked.accepts(found.page, anchor)


def _bin(outcomes: Iterable[Outcome], number: int) -> Bin | None:
    low, high = number / BINS, (number + 1) / BINS
    inside = [one for one in outcomes if min(int(one.probability * BINS), BINS - 1) == number]
    if not inside:
        return None
    sure = sum(one.probability for one in inside) / len(inside)
    return Bin(low, high, len(inside), sure, sum(one.right for one in inside) / len(inside))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
