"""Words: how texts are cut into terms, BM25 over them, and slips of the keyboard mended."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

Scores = npt.NDArray[np.float32]

_TERM = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_STOP_WORDS = """
a an and are as at be been but by can could did do does for from had has have hello hey hi how i if in into is
it its just kindly let me my no not of on or our please shall should so some than thank thanks that the their
them then there these they this those to up us was we were what when where which who why will with would you
your am any about also get got im ive id u ur pls plz ok okay sir madam dear want need like know tell
"""
STOP = frozenset(_STOP_WORDS.split())


def terms(text: str) -> list[str]:
    """A text's words, folded to lower case without accents and light endings; stop words stay out."""
    folded = text.lower().replace("’", "'")
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    return [stem(word) for word in _TERM.findall(folded) if word not in STOP]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its plural, -ing or -ed, so that “returns” and “returned” meet “return”.

    Snowball's English stemmer (3.1) in its place finds the right section first and among three as often (910 and
    1,168 of 1,676 questions of fourteen shops), and parts answerable from unanswerable by .7015 instead of .7023
    (AUROC): other figures for a package more, and no better ones.
    """
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("sses", "shes", "ches", "xes"):
        if word.endswith(ending):
            return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending) and re.search("[aeiouy]", word[: -len(ending)]):
            bare = word[: -len(ending)]
            return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


class Lexicon:
    """BM25 over documents, and in how many of them each term stands."""

    def __init__(self, documents: list[list[str]]) -> None:
        import bm25s  # with scipy.sparse, a third of what a command takes to start

        self.frequency = Counter(term for document in documents for term in set(document))
        self.size = len(documents)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        if self.frequency:
            self._bm25.index(documents, show_progress=False)

    def scores(self, query: Iterable[str]) -> Scores:
        """The BM25 score of every document, float32 of shape (documents,)."""
        known = [term for term in query if term in self.frequency]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)


class Speller:
    """Mends slips of the keyboard towards words of the pages; words that exist elsewhere are left alone."""

    def __init__(self, words: Iterable[str], real: frozenset[str]) -> None:
        self._by_length: dict[int, list[str]] = {}
        self._words = frozenset(words)
        self._real = real
        for word in sorted(self._words):
            if len(word) >= 4 and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
        self._cache: dict[str, str] = {}

    def mend(self, text: str) -> str:
        """The text with each unknown word of four letters or more replaced by the page word that it nearly is."""
        return _TERM.sub(lambda match: self._mended(match.group()), text)

    def _mended(self, word: str) -> str:
        low = word.lower()
        if len(low) < 4 or not low.isalpha() or low in self._words or low in self._real:
            return word
        if low not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[low] = self._nearest(low)
        return self._cache[low]

    def _nearest(self, word: str) -> str:
        allowed = 1 if len(word) < 7 else 2
        pool = [near for size in range(len(word) - allowed, len(word) + allowed + 1) for near in self._near(size)]
        found = process.extract(
            word, pool, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=5, processor=None
        )
        same_start = [near for near, _, _ in found if near[0] == word[0]]
        return same_start[0] if same_start else word

    def _near(self, size: int) -> list[str]:
        return self._by_length.get(size, [])


def words_of(text: str) -> set[str]:
    """The words of a text as they are written, in lower case."""
    return {word.lower() for word in _TERM.findall(text)}
