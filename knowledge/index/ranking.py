"""From features to an order, and from the order to a probability and a verdict. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict

from knowledge.index.features import COLUMN, NAMES, Candidates, Matrix, ReadQuestion, generality
from knowledge.wire.search import Verdict

# How much each feature says for a section, as log-odds; docs/knowledge.md tells how they were found.
WEIGHTS: Final = {
    "passage": 2.5,
    "heading": 0.8,
    "sentence": 6.0,
    "words": 10.0,
    "asked": 4.0,
    "asked_near": 1.5,
    "page": 2.0,
    "title_words": 1.0,
    "lead": -1.0,
    "later": -1.0,
    "later_long": -0.2,
    "length": 1.0,
    "here": 2.0,
    "written": 30.0,
}
# How much each sign says that the first passage answers, as log-odds.
SIGNS: Final = {
    "passage": 1.74,
    "sentence": 1.05,
    "words": 8.63,
    "words_best": -2.15,
    "page": -2.49,
    "coverage": -1.21,
    "bm25": 4.25,
    "margin": 0.44,
    "margin_page": 0.21,
    "general": -1.38,
    "lead": -0.23,
    "here": 0.39,
    "asked_near": 1.0,
    "asked_best": 1.0,
    "written": 20.0,
}
INTERCEPT: Final = -2.89
ANSWER_FROM: Final = 0.82
LIKELY_FROM: Final = 0.22
OFFER_FROM: Final = 0.16
# A question of so few terms may be taken in several ways, where another page is this near behind and we are not surer.
AMBIGUOUS_TERMS: Final = 2
AMBIGUOUS_MARGIN: Final = 0.7
AMBIGUOUS_UP_TO: Final = 0.5
# Margins above this say no more.
CLEAR: Final = 5.0


class Calibration(BaseModel):
    """How much each feature and sign says, and from where on we answer, say “likely” or ask back; kept in the manifest.

    `fitted_on` is how many of the shop's own questions the features' weights were fitted on; 0 means as shipped.
    `refused` says why a fit was not taken.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: dict[str, float] = WEIGHTS
    signs: dict[str, float] = SIGNS
    intercept: float = INTERCEPT
    answer_from: float = ANSWER_FROM
    likely_from: float = LIKELY_FROM
    offer_from: float = OFFER_FROM
    fitted_on: int = 0
    refused: str = ""

    def scores(self, candidates: Candidates) -> Matrix:
        """One score a candidate, as log-odds: the weighted sum of its features."""
        weights = np.array([self.features.get(name, 0.0) for name in NAMES], dtype=np.float32)
        scores: Matrix = candidates.features @ weights
        return scores

    def probability(self, signs: dict[str, float]) -> float:
        """The probability that the first passage answers."""
        total = self.intercept + sum(weight * signs.get(name, 0.0) for name, weight in self.signs.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def verdict(self, probability: float, several: bool = False) -> Verdict:
        """`answer` when sure, `likely` when of one meaning, `clarify` when something is near, else `unknown`.

        `several`: the question has more than one meaning here.
        """
        if probability >= self.answer_from:
            return "answer"
        if probability >= self.likely_from and not several:
            return "likely"
        return "clarify" if probability >= self.offer_from else "unknown"


@dataclass(frozen=True)
class Standing:
    """How the candidates stand for one question: `scores[row]` each, rows best first in `order`, and their `pages`."""

    question: ReadQuestion
    candidates: Candidates
    scores: Matrix
    order: Sequence[int]
    pages: Sequence[str]


def is_ambiguous(standing: Standing, probability: float, signs: dict[str, float]) -> bool:
    """Whether a few words may mean several things: “warranty” where two pages stand close by."""
    few = len(standing.question.terms) <= AMBIGUOUS_TERMS
    return few and signs["margin_page"] < AMBIGUOUS_MARGIN and probability < AMBIGUOUS_UP_TO


def order_of(candidates: Candidates, scores: Matrix) -> list[int]:
    """Candidate rows, best first; equal scores keep the order of the pages folder."""
    return [int(row) for row in np.lexsort((candidates.places, -scores))]


def signs_of(standing: Standing) -> dict[str, float]:
    """What says that the first candidate answers: its own features, and how it stands among the others."""
    features, order = standing.candidates.features, standing.order
    signs = {name: float(features[order[0], column]) for name, column in COLUMN.items()}
    ranked = [float(standing.scores[row]) for row in order]
    elsewhere = (score for score, page in zip(ranked, standing.pages, strict=True) if page != standing.pages[0])
    signs["asked_best"] = float(features[:, COLUMN["asked"]].max())
    signs["words_best"] = float(features[:, COLUMN["words"]].max())
    signs["score"] = ranked[0]
    # Where there is nothing else to compare with, being ahead says nothing.
    signs["margin"] = min(CLEAR, ranked[0] - next(iter(ranked[1:]), ranked[0]))
    signs["margin_page"] = min(CLEAR, ranked[0] - next(elsewhere, ranked[0]))
    signs["general"] = generality(standing.question)
    return signs
