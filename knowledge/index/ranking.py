"""From features to an order, and from the order to a probability and a verdict. Pure."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict

from knowledge.index.features import COLUMN, NAMES, Candidates, Matrix
from knowledge.wire.search import Verdict

# How much each feature says for a section, as log-odds; docs/knowledge.md tells how they were found.
WEIGHTS: Final = {
    "passage": 1.7,
    "heading": 3.0,
    "sentence": 6.3,
    "words": 10.7,
    "asked": 8.0,
    "asked_near": 1.5,
    "page": 7.8,
    "lead": -4.7,
    "here": 1.0,
}
# How much each sign says that the first passage answers, as log-odds.
SIGNS: Final = {
    "heading": 2.8,
    "passage": 2.7,
    "sentence": 2.8,
    "coverage": 1.2,
    "bm25": 0.4,
    "asked_near": 1.5,
    "asked_best": 5.5,
}
INTERCEPT: Final = -5.7
ANSWER_FROM: Final = 0.6
CLARIFY_FROM: Final = 0.3


class Calibration(BaseModel):
    """How much each feature and sign says, and from where on we answer or ask back; kept in the index's manifest.

    `fitted_on` is how many of the shop's own questions it was fitted on; 0 means as shipped.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: dict[str, float] = WEIGHTS
    signs: dict[str, float] = SIGNS
    intercept: float = INTERCEPT
    answer_from: float = ANSWER_FROM
    clarify_from: float = CLARIFY_FROM
    fitted_on: int = 0

    def scores(self, candidates: Candidates) -> Matrix:
        """One score a candidate, as log-odds: the weighted sum of its features."""
        weights = np.array([self.features.get(name, 0.0) for name in NAMES], dtype=np.float32)
        scores: Matrix = candidates.features @ weights
        return scores

    def probability(self, signs: dict[str, float]) -> float:
        """The probability that the first passage answers."""
        total = self.intercept + sum(weight * signs.get(name, 0.0) for name, weight in self.signs.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def verdict(self, probability: float) -> Verdict:
        """`answer` when sure, `clarify` when something fits, `unknown` when nothing does."""
        if probability >= self.answer_from:
            return "answer"
        return "clarify" if probability >= self.clarify_from else "unknown"


def order_of(candidates: Candidates, scores: Matrix) -> list[int]:
    """Candidate rows, best first; equal scores keep the order of the pages folder."""
    return [int(row) for row in np.lexsort((candidates.places, -scores))]


def signs_of(candidates: Candidates, scores: Matrix, order: list[int]) -> dict[str, float]:
    """What says that the first candidate answers: its own features, and how it stands among the others."""
    if not order:
        return {}
    first = candidates.features[order[0]]
    signs = {name: float(first[column]) for name, column in COLUMN.items()}
    signs["asked_best"] = float(candidates.features[:, COLUMN["asked"]].max())
    signs["score"] = float(scores[order[0]])
    signs["margin"] = float(scores[order[0]]) - (float(scores[order[1]]) if len(order) > 1 else 0.0)
    return signs
