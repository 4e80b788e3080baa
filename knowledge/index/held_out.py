"""A shop's own questions, each put to the index as if nobody had written it down: what is found then is held out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.index.features import Candidates, asked_question, candidates_of
from knowledge.index.index import Index
from knowledge.index.question_model import even_choice
from knowledge.index.ranking import Calibration, order_of

MOST_QUESTIONS: Final = 300


@dataclass(frozen=True)
class Case:
    """One question put to the index: what was found, and which candidates are right."""

    candidates: Candidates
    right: npt.NDArray[np.bool_]


def own_questions(index: Index) -> list[str]:
    """The questions that the shop's sections are asked as, evenly chosen where there are many."""
    return even_choice(list(index.asked.questions), MOST_QUESTIONS)


def cases_of(index: Index, questions: Iterable[str]) -> list[Case]:
    """Each of these own questions of an index, as if it had not been written down."""
    cases = []
    for question, places in ((asked_question(index, text), index.asked.leads(text)) for text in questions):
        candidates = candidates_of(index, question, hidden=True)
        cases.append(Case(candidates, np.isin(candidates.places, list(places))))
    return cases


def right_first(cases: Sequence[Case], calibration: Calibration) -> int:
    """How many of the cases have a right section first."""
    firsts = [
        (case, order_of(case.candidates, calibration.scores(case.candidates)))
        for case in cases
        if len(case.candidates.places)
    ]
    return sum(bool(case.right[order[0]]) for case, order in firsts)
