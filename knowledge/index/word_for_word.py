"""A question that a section is asked as, in other letters, marks or order, or with a slip or two: the same question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_WORD: Final = re.compile(r"[^\W_]+")
MOST_SLIPS: Final = 2
# Shorter questions than this, in letters, are only known without a slip; one slip is allowed for so many letters.
FEWEST_LETTERS: Final = 8
LETTERS_A_SLIP: Final = 6


class WordForWord:
    """Knows the questions that sections are asked as by their words.

    `questions` gives each question's places, `real` says which words exist: two that do are no slip of each other.
    """

    def __init__(self, questions: Mapping[str, frozenset[int]], real: Iterable[str] = ()) -> None:
        self._real = frozenset(real)
        self._places: dict[tuple[str, ...], frozenset[int]] = {}
        self._written: dict[str, tuple[str, ...]] = {}
        for question, places in questions.items():
            words = words_in(question)
            key = tuple(sorted(words))
            self._places[key] = self._places.get(key, frozenset()) | places
            self._written.setdefault(" ".join(words), tuple(words))

    def places(self, question: str) -> frozenset[int]:
        """The places that this very question leads to; none when nobody wrote it down."""
        words = words_in(question)
        if not words:
            return frozenset()
        exact = self._places.get(tuple(sorted(words)))
        return exact if exact is not None else self._slipped(words)

    def _slipped(self, words: list[str]) -> frozenset[int]:
        text = " ".join(words)
        slips = min(MOST_SLIPS, len(text) // LETTERS_A_SLIP)
        if len(text) < FEWEST_LETTERS or not slips:
            return frozenset()
        near = process.extract(
            text, self._written.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=5, processor=None
        )
        for written, _, _ in near:
            meant = self._written[written]
            if self._only_slips(words, meant):
                return self._places[tuple(sorted(meant))]
        return frozenset()

    def _only_slips(self, words: list[str], meant: tuple[str, ...]) -> bool:
        """Whether what differs is no word or number of its own: “heron 4” is no slip of “heron 2”."""
        odd = set(words) - set(meant)
        return not any(word in self._real or any(char.isdigit() for char in word) for word in odd)


def words_in(text: str) -> list[str]:
    """A text's words in lower case without accents and marks, stop words included: “not” decides."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("'", ""))
    return _WORD.findall("".join(char for char in folded if not unicodedata.combining(char)))
