"""What is learned from the questions that sections are asked as: which section a new question leads to.

Kernel ridge regression from questions to sections, with a kernel of nearness in meaning and in spelling. Many questions
that say the same thing share one vote, and what one question would get without itself comes in closed form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from knowledge.model.reading import Vectors

Matrix = npt.NDArray[np.float32]

# The system to solve grows with the square of the questions; past this many, an even choice of them is used.
MOST_QUESTIONS = 2_000
RIDGE = 0.3
SPELLING_SHARE = 0.3


class QuestionModel:
    """Learned from (question, its vector, the numbers of the places that it leads to)."""

    def __init__(self, questions: Mapping[str, tuple[Vectors, frozenset[int]]]) -> None:
        chosen = even_choice(sorted(questions), MOST_QUESTIONS)
        self._row = {question: row for row, question in enumerate(chosen)}
        targets = sorted({place for question in chosen for place in questions[question][1]})
        self.column = {place: column for column, place in enumerate(targets)}
        self._places = {question: questions[question][1] for question in chosen}
        if chosen:
            self._learn(chosen, questions)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions it was learned from."""
        return tuple(self._row)

    def vector(self, question: str) -> Vectors:
        """The vector of a question that was learned from."""
        vector: Vectors = self._vectors[self._row[question]]
        return vector

    def leads(self, question: str) -> frozenset[int]:
        """The places that a question that was learned from leads to."""
        return self._places[question]

    def scores(self, text: str, vector: Vectors, hidden: bool = False) -> Matrix:
        """How much the questions speak for each target, shape (targets,): about 1 for sure, 0 for not at all.

        With `hidden` a question that was learned from is scored as if it had not been.
        """
        if not self._row:
            return np.zeros(0, dtype=np.float32)
        if hidden and text in self._row:
            alone: Matrix = self._without_itself[self._row[text]]
            return alone
        spelling = (self._spelling @ self._speller.transform([text.lower()]).T).toarray().ravel()
        kernel = (1 - SPELLING_SHARE) * np.maximum(self._vectors @ vector, 0.0) ** 2 + SPELLING_SHARE * spelling
        scores: Matrix = (kernel.astype(np.float32) @ self._weights).astype(np.float32)
        return scores

    def _learn(self, chosen: list[str], questions: Mapping[str, tuple[Vectors, frozenset[int]]]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # most of what a command takes to start

        self._vectors = np.stack([questions[question][0] for question in chosen])
        self._speller = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
        self._spelling = self._speller.fit_transform([question.lower() for question in chosen])
        leads = np.zeros((len(chosen), len(self.column)), dtype=np.float64)
        for row, question in enumerate(chosen):
            leads[row, [self.column[place] for place in questions[question][1]]] = 1.0
        kernel = (1 - SPELLING_SHARE) * np.maximum(self._vectors @ self._vectors.T, 0.0) ** 2
        kernel = kernel + SPELLING_SHARE * (self._spelling @ self._spelling.T).toarray()
        inverse = np.linalg.inv(kernel.astype(np.float64) + RIDGE * np.eye(len(chosen)))
        weights = inverse @ leads
        self._weights = weights.astype(np.float32)
        self._without_itself = (leads - weights / np.diag(inverse)[:, None]).astype(np.float32)


def even_choice(items: list[str], most: int) -> list[str]:
    """At most `most` of the items, evenly spread over them."""
    if len(items) <= most:
        return items
    return [items[int(number)] for number in np.linspace(0, len(items) - 1, most)]


def gathered(ways: Iterable[tuple[str, Vectors, int]]) -> dict[str, tuple[Vectors, frozenset[int]]]:
    """Questions with their vector and all the places they lead to, from (question, vector, place)."""
    found: dict[str, tuple[Vectors, frozenset[int]]] = {}
    for question, vector, place in ways:
        before = found.get(question, (vector, frozenset()))
        found[question] = (before[0], before[1] | {place})
    return found
