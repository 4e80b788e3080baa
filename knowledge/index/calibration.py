"""Weights and sureness for one shop, fitted on what the shop has, around what ships.

The questions that sections are asked as, each read as if nobody had written it down, say which features find the
right section here. Together with messages that belong to no page, and the same questions put to the other pages
only, they say how sure a sign makes us. A shop without such questions gets what ships.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.index.features import COLUMN, Candidates, ReadQuestion, asked_question, candidates_of, question_of
from knowledge.index.index import Index
from knowledge.index.question_model import even_choice
from knowledge.index.ranking import INTERCEPT, SIGNS, WEIGHTS, Calibration, order_of, signs_of
from knowledge.model.reading import Embedder
from knowledge.text.offtopic import OFF_TOPIC

FEWEST_QUESTIONS: Final = 40
MOST_QUESTIONS: Final = 300
# How strongly the fit is held to what ships: as many log-odds of loss as a unit's distance squared costs.
HOLD_WEIGHTS: Final = 2.0
HOLD_SIGNS: Final = 1.0
# “here” depends on where a question is asked, which no written question tells.
FITTED: Final = tuple(name for name in WEIGHTS if name != "here")

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One question put to the index: what was found, and which candidates are right (none: no page answers)."""

    candidates: Candidates
    right: npt.NDArray[np.bool_]


def calibrated(index: Index, embedder: Embedder) -> Calibration:
    """The calibration for one shop's index; the embedder reads the messages that belong to no page."""
    known = _known_cases(index)
    if len(known) < FEWEST_QUESTIONS:
        return Calibration()
    weights = _fit_weights(known)
    ranked = Calibration(features={**WEIGHTS, **weights})
    none = _off_topic_cases(index, embedder)
    away = [_elsewhere(index, case) for case in known]
    intercept, signs = _fit_signs(ranked, known, none, away)
    return Calibration(features=ranked.features, signs=signs, intercept=intercept, fitted_on=len(known))


def _known_cases(index: Index) -> list[Case]:
    """The shop's own questions, each as if it had not been written down."""
    cases = []
    for question, places in _asked_questions(index):
        candidates = candidates_of(index, question, hidden=True)
        cases.append(Case(candidates, np.isin(candidates.places, list(places))))
    return [case for case in cases if case.right.any()]


def _asked_questions(index: Index) -> list[tuple[ReadQuestion, frozenset[int]]]:
    chosen = even_choice(list(index.asked.questions), MOST_QUESTIONS)
    return [(asked_question(index, text), index.asked.leads(text)) for text in chosen]


def _off_topic_cases(index: Index, embedder: Embedder) -> list[Case]:
    readings = embedder.read(list(OFF_TOPIC))
    found = [candidates_of(index, question_of(text, one)) for text, one in zip(OFF_TOPIC, readings, strict=True)]
    return [Case(candidates, np.zeros(len(candidates.places), bool)) for candidates in found]


def _elsewhere(index: Index, case: Case) -> Case:
    """The same question when the pages that answer it are gone: nothing is right any more."""
    gone = {index.places[int(number)].page.path for number in case.candidates.places[case.right]}
    stay = np.array([index.places[int(number)].page.path not in gone for number in case.candidates.places])
    features = case.candidates.features[stay].copy()
    return Case(Candidates(case.candidates.places[stay], features), np.zeros(int(stay.sum()), bool))


def _fit_weights(cases: list[Case]) -> dict[str, float]:
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


def _fit_signs(
    ranked: Calibration, known: list[Case], none: list[Case], away: list[Case]
) -> tuple[float, dict[str, float]]:
    """Sureness that the first passage is right: logistic, held to what ships, half of all weight on questions
    without an answer."""
    from scipy.optimize import minimize

    names = tuple(SIGNS)
    shipped = np.array([*SIGNS.values(), INTERCEPT])
    rows, right, counts = [], [], []
    for cases, share in ((known, 1.0), (none, 0.5), (away, 0.5)):
        signed = [row for row in (_signs(ranked, case, names) for case in cases) if row]
        rows += [row[0] for row in signed]
        right += [row[1] for row in signed]
        counts += [share * len(known) / max(1, len(signed))] * len(signed)
    signs, good, weight = np.array([[*row, 1.0] for row in rows]), np.array(right), np.array(counts)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        distance = weights - shipped
        odds = signs @ weights
        total = float((weight * np.logaddexp(0, np.where(good, -odds, odds))).sum()) + HOLD_SIGNS * float(
            distance @ distance
        )
        slope = signs.T @ (weight * (1 / (1 + np.exp(-odds)) - good)) + 2 * HOLD_SIGNS * distance
        return total, slope

    # Leave-one-out cannot see how sure a question is that was asked before in the same words: half of that stays.
    bounds = [(SIGNS[name] / 2 if name.startswith("asked") else 0.0, None) for name in names] + [(None, None)]
    found = minimize(loss, shipped, jac=True, method="L-BFGS-B", bounds=bounds).x
    return round(float(found[-1]), 4), dict(zip(names, (round(float(w), 4) for w in found[:-1]), strict=True))


def _signs(ranked: Calibration, case: Case, names: tuple[str, ...]) -> tuple[list[float], bool] | None:
    scores = ranked.scores(case.candidates)
    order = order_of(case.candidates, scores)
    if not order:
        return None
    signs = signs_of(case.candidates, scores, order)
    return [signs[name] for name in names], bool(case.right[order[0]])
