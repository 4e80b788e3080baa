"""From features to an order, and from the order to a probability and a verdict. Pure."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict

from knowledge.features import COLUMN, NAMES, Candidates, Matrix, Question
from knowledge.wire import Verdict

# How much each feature says for a section; docs/knowledge.md tells how they were found.
WEIGHTS: Final = {
    "passage": 0.30,
    "heading": 0.25,
    "sentence": 0.20,
    "asked": 0.45,
    "page": 0.10,
    "bm25": 0.20,
    "coverage": 0.10,
    "title_words": 0.10,
    "here": 0.08,
}
_COLUMN_WEIGHTS: Final = np.array([WEIGHTS[name] for name in NAMES], dtype=np.float32)

SURENESS: Final = ("score", "asked", "margin", "coverage", "bm25", "agreement", "length", "unknown")
CHOICES: Final = 3


class Calibration(BaseModel):
    """How sure each sign makes us, and from where on we answer or ask back; kept in the index's manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float = -8.0
    weights: dict[str, float] = {"score": 8.0, "margin": 3.0, "coverage": 0.5}
    answer_from: float = 0.55
    clarify_from: float = 0.25
    fitted_on: int = 0

    def probability(self, signs: dict[str, float]) -> float:
        """The probability that the first passage answers."""
        total = self.intercept + sum(weight * signs.get(name, 0.0) for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def verdict(self, probability: float) -> Verdict:
        """`answer` when sure, `clarify` when something fits, `unknown` when nothing does."""
        if probability >= self.answer_from:
            return "answer"
        return "clarify" if probability >= self.clarify_from else "unknown"


def scores_of(candidates: Candidates) -> Matrix:
    """One score a candidate: the weighted sum of its features."""
    scores: Matrix = candidates.features @ _COLUMN_WEIGHTS
    return scores


def order_of(candidates: Candidates, scores: Matrix) -> list[int]:
    """Candidate rows, best first; equal scores keep the order of the pages folder."""
    return [int(row) for row in np.lexsort((candidates.places, -scores))]


def signs_of(
    question: Question, candidates: Candidates, scores: Matrix, order: list[int], known: float
) -> dict[str, float]:
    """What says that the first candidate answers; `known` is the share of the question's words that pages have."""
    if not order:
        return {}
    first = candidates.features[order[0]]
    second = float(scores[order[1]]) if len(order) > 1 else 0.0
    return {
        "score": float(scores[order[0]]),
        "asked": float(first[COLUMN["asked"]]),
        "margin": float(scores[order[0]]) - second,
        "coverage": float(first[COLUMN["coverage"]]),
        "bm25": float(first[COLUMN["bm25"]]),
        "agreement": float(_agree(candidates, order[0])),
        "length": min(len(question.terms), 12) / 12.0,
        "unknown": 1.0 - known,
    }


def _agree(candidates: Candidates, first: int) -> bool:
    """Whether the words alone would have put the same section first."""
    return bool(candidates.features[:, COLUMN["bm25"]].argmax() == first)
