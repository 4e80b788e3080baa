"""The order's weights for one shop, moved by the questions that its sections are asked as, where that helps.

Each question is read as if nobody had written it down, and says which features find the right section here. The fit is
tried on questions that it has not seen; one that is no better on them than what ships is refused. How sure the search
is of an answer is fitted to no shop: made on many, it means the same in one that was never seen (docs/knowledge.md).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.index.features import COLUMN
from knowledge.index.held_out import Case, cases_of, own_questions, right_first
from knowledge.index.index import Index
from knowledge.index.ranking import WEIGHTS, Calibration

FEWEST_QUESTIONS: Final = 40
# How strongly the fit is held to what ships: as many log-odds of loss as a unit's distance squared costs.
HOLD_WEIGHTS: Final = 2.0
# “here” and “written” depend on how a question is asked, which no written question tells.
FITTED: Final = tuple(name for name in WEIGHTS if name not in ("here", "written"))

Numbers = npt.NDArray[np.float64]


def calibrated(index: Index) -> Calibration:
    """The calibration for one shop's index: what ships, or a fit that finds more of the questions it has not seen."""
    cases = [case for case in cases_of(index, own_questions(index)) if case.right.any()]
    if len(cases) < FEWEST_QUESTIONS:
        return Calibration()
    halves = cases[::2], cases[1::2]
    fitted = sum(_found(_fit(halves[one]), halves[1 - one]) for one in (0, 1))
    shipped = _found({}, cases)
    if fitted <= shipped:
        return Calibration(
            refused=f"Of {len(cases)} held-out questions a fit puts {fitted} right, what ships {shipped}."
        )
    return Calibration(features={**WEIGHTS, **_fit(cases)}, fitted_on=len(cases))


def _found(weights: dict[str, float], cases: list[Case]) -> int:
    return right_first(cases, Calibration(features={**WEIGHTS, **weights}))


def _fit(cases: list[Case]) -> dict[str, float]:
    """Weights that put right sections first: softmax over each question's candidates, held to what ships."""
    from scipy.optimize import minimize  # a quarter of a second, which only a fit needs

    columns = [COLUMN[name] for name in FITTED]
    shipped = np.array([WEIGHTS[name] for name in FITTED])
    rows = [(case.candidates.features[:, columns].astype(np.float64), case.right) for case in cases]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        away = weights - shipped
        total, slope = HOLD_WEIGHTS * float(away @ away), 2 * HOLD_WEIGHTS * away
        for features, right in rows:
            scores = features @ weights
            every, good = np.logaddexp.reduce(scores), np.logaddexp.reduce(scores[right])
            total += every - good
            slope = slope + np.exp(scores - every) @ features - np.exp(scores[right] - good) @ features[right]
        return total, slope

    bounds = [(WEIGHTS[name] / 2 if name.startswith("asked") else None, None) for name in FITTED]
    found = minimize(loss, shipped, jac=True, method="L-BFGS-B", bounds=bounds).x
    return dict(zip(FITTED, (round(float(weight), 4) for weight in found), strict=True))
