"""From features to an order, and from the order to a probability and a verdict. Pure."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict

from knowledge.features import COLUMN, NAMES, Candidates, Matrix, Question
from knowledge.wire import Verdict

# How much each feature says for a section, as log-odds; docs/knowledge.md tells how they were found.
WEIGHTS: Final = {
    "passage": 5.3,
    "heading": 3.8,
    "sentence": 7.1,
    "asked": 6.0,
    "page": 5.8,
    "bm25": 0.0,
    "coverage": 3.2,
    "title_words": 0.0,
    "lead": -3.0,
    "here": 1.0,
}
_COLUMN_WEIGHTS: Final = np.array([WEIGHTS[name] for name in NAMES], dtype=np.float32)

CHOICES: Final = 3


class Calibration(BaseModel):
    """How sure each sign makes us, and from where on we answer or ask back; kept in the index's manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float = -4.9
    weights: dict[str, float] = {"heading": 4.2, "passage": 3.2, "coverage": 0.6, "bm25": 4.8, "asked": 3.0}
    answer_from: float = 0.65
    clarify_from: float = 0.3
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
    signs = {name: float(first[column]) for name, column in COLUMN.items()}
    signs["score"] = float(scores[order[0]])
    signs["margin"] = float(scores[order[0]]) - second
    signs["agreement"] = float(_agree(candidates, order[0]))
    signs["length"] = min(len(question.terms), 12) / 12.0
    signs["unknown"] = 1.0 - known
    return signs


def _agree(candidates: Candidates, first: int) -> bool:
    """Whether the words alone would have put the same section first."""
    return bool(candidates.features[:, COLUMN["bm25"]].argmax() == first)
