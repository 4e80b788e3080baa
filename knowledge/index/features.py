"""What speaks for a section as the answer to a question, as numbers: one row a candidate, one column a feature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.index.evidence import Kind, Way
from knowledge.index.index import Index
from knowledge.model.pieces import met
from knowledge.model.reading import Reading, Vectors
from knowledge.text.lexical import terms
from knowledge.text.urls import same_page
from knowledge.wire.search import PageContext

Matrix = npt.NDArray[np.float32]

NEAR_WAYS: Final = 240
WORD_CANDIDATES: Final = 40
TAUGHT_CANDIDATES: Final = 20
# Only the candidates that look best by vectors are read word by word.
READ_CANDIDATES: Final = 40
# A question of up to so many terms is a general one; of twice as many it is half that.
FEW_TERMS: Final = 3
# Logarithms of lengths in words are about this; it brings them to the size of the other features.
LOG_LENGTH: Final = 5.0
# Questions less alike than this have nothing to do with each other.
ASKED_FROM: Final = 0.3

NAMES: Final = (
    "passage",  # nearness of the nearest passage
    "heading",  # … of the heading, with and without the page's title
    "sentence",  # … of the nearest sentence
    "words",  # how well the question's words are met in the passages, each by the nearest, weighted by rarity
    "asked",  # what the questions that sections are asked as have taught
    "asked_near",  # nearness of the nearest question it is asked as, above ASKED_FROM
    "page",  # the best passage nearness on the whole page
    "bm25",  # BM25, as a share of what a section holding every word of the question would get
    "coverage",  # share of the question's words (weighted by rarity) that the section has
    "title_words",  # … that its heading or its page's title has
    "lead",  # 1 for what stands before a page's first heading
    "later",  # how far down its page it stands, for a question of few words: general questions get the general section
    "later_long",  # … for one of many words
    "length",  # how much there is to read
    "here",  # 1 when the shopper is on this page
    "written",  # 1 where this very question is written down as one that the section is asked as
)
COLUMN: Final = {name: column for column, name in enumerate(NAMES)}


@dataclass(frozen=True)
class ReadQuestion:
    """A question as the search reads it: its vector (unit length), its word pieces' vectors, shape (n, dimension), and
    their numbers in the vocabulary, its terms, the page it was asked on, and the places it is written down for."""

    text: str
    vector: Vectors
    pieces: Vectors
    ids: npt.NDArray[np.int32]
    terms: tuple[str, ...]
    page: PageContext | None = None
    written: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Candidates:
    """Candidate places by number and their features: `features[i]` belongs to `places[i]`."""

    places: npt.NDArray[np.int64]
    features: Matrix


def question_of(
    text: str, reading: Reading, page: PageContext | None = None, written: frozenset[int] = frozenset()
) -> ReadQuestion:
    """A question as the model has read it; doubled words count once."""
    words = tuple(dict.fromkeys(terms(text)))
    return ReadQuestion(text, reading.vector, reading.pieces, reading.ids, words, page, written)


def generality(question: ReadQuestion) -> float:
    """How general a question is, from 1 for one of few terms towards 0 for one of many."""
    return min(1.0, FEW_TERMS / max(1, len(question.terms)))


def asked_question(index: Index, text: str) -> ReadQuestion:
    """A question that some section of the index is asked as."""
    pieces = index.asked_pieces(text)
    return ReadQuestion(
        text, index.asked.vector(text), pieces.unpacked(), pieces.ids, tuple(dict.fromkeys(terms(text)))
    )


def candidates_of(index: Index, question: ReadQuestion, hidden: bool = False) -> Candidates:
    """Find every section that anything speaks for, and say what does.

    With `hidden` a question that some section is asked as is read as if nobody had written it down.
    """
    words = index.lexicon.scores(question.terms)
    taught = index.asked.scores(question.text, question.vector, hidden)
    places = _found(index, question, words, taught)
    features = np.zeros((len(places), len(NAMES)), dtype=np.float32)
    if len(places):
        _nearness(index, question, places, features, hidden)
        _word_by_word(index, question, places, features)
        _taught(index, places, taught, features)
        _page_evidence(index, places, features)
        _word_evidence(index, question, places, words, features)
        _standing(index, question, places, features)
        features[:, COLUMN["here"]] = [_is_here(index, number, question.page) for number in places]
        features[:, COLUMN["written"]] = np.isin(places, list(question.written))
    return Candidates(places, features)


def _found(index: Index, question: ReadQuestion, words: Matrix, taught: Matrix) -> npt.NDArray[np.int64]:
    rows, _ = index.vectors.near(question.vector, NEAR_WAYS)
    near = index.ways.place[rows].astype(np.int64)
    count = min(WORD_CANDIDATES, len(words))
    worded = np.argpartition(-words, count - 1)[:count] if count else np.zeros(0, np.int64)
    targets = np.array(list(index.asked.column), dtype=np.int64)
    best = targets[np.argsort(-taught)[:TAUGHT_CANDIDATES]]
    written = np.array(sorted(question.written), dtype=np.int64)
    return np.unique(np.concatenate([near, worded[words[worded] > 0], best, written])).astype(np.int64)


def _nearness(
    index: Index, question: ReadQuestion, places: npt.NDArray[np.int64], features: Matrix, hidden: bool
) -> None:
    rows = np.concatenate([np.arange(index.places[n].first, index.places[n].last) for n in places])
    owner = np.repeat(np.arange(len(places)), [index.places[n].last - index.places[n].first for n in places])
    near = index.vectors.rows(rows) @ question.vector
    kinds = index.ways.kind[rows]
    for kind, name in ((Kind.PASSAGE, "passage"), (Kind.HEADING, "heading"), (Kind.SENTENCE, "sentence")):
        _best(features[:, COLUMN[name]], owner[kinds == kind], near[kinds == kind])
    asked = kinds == Kind.ASKED
    if hidden:
        asked &= index.ways.key[rows] != Way(Kind.ASKED, question.text).key
    _best(features[:, COLUMN["asked_near"]], owner[asked], near[asked] - ASKED_FROM)


def _word_by_word(index: Index, question: ReadQuestion, places: npt.NDArray[np.int64], features: Matrix) -> None:
    looks = features[:, [COLUMN["passage"], COLUMN["heading"], COLUMN["sentence"]]].sum(axis=1)
    best = np.argsort(-looks, kind="stable")[:READ_CANDIDATES]
    texts = [index.place_pieces(int(number)) for number in places[best]]
    features[best, COLUMN["words"]] = met(question.pieces, index.piece_weights(question.ids), texts)


def _taught(index: Index, places: npt.NDArray[np.int64], taught: Matrix, features: Matrix) -> None:
    for row, number in enumerate(places):
        column = index.asked.column.get(int(number))
        if column is not None:
            features[row, COLUMN["asked"]] = taught[column]


def _best(column: Matrix, owner: npt.NDArray[np.int64], near: Matrix) -> None:
    column[:] = -1.0
    np.maximum.at(column, owner, near)
    column[column < 0] = 0.0


def _page_evidence(index: Index, places: npt.NDArray[np.int64], features: Matrix) -> None:
    best: dict[str, float] = {}
    paths = [index.places[number].page.path for number in places]
    for path, near in zip(paths, features[:, COLUMN["passage"]], strict=True):
        best[path] = max(best.get(path, 0.0), float(near))
    features[:, COLUMN["page"]] = [best[path] for path in paths]


def _word_evidence(
    index: Index, question: ReadQuestion, places: npt.NDArray[np.int64], words: Matrix, features: Matrix
) -> None:
    weights = {term: index.rarity(term) for term in question.terms}
    whole = sum(weights.values())
    if not whole:
        return
    features[:, COLUMN["bm25"]] = words[places] / (2.2 * whole)
    for row, number in enumerate(places):
        have, titled = index.place_terms(int(number)), index.title_terms(int(number))
        features[row, COLUMN["coverage"]] = sum(w for term, w in weights.items() if term in have) / whole
        features[row, COLUMN["title_words"]] = sum(w for term, w in weights.items() if term in titled) / whole


def _standing(index: Index, question: ReadQuestion, places: npt.NDArray[np.int64], features: Matrix) -> None:
    general = generality(question)
    depth = np.log1p(index.place_numbers[places])
    features[:, COLUMN["lead"]] = [index.places[number].section.level == 0 for number in places]
    features[:, COLUMN["later"]] = depth * general
    features[:, COLUMN["later_long"]] = depth * (1.0 - general)
    features[:, COLUMN["length"]] = np.log1p(index.place_lengths[places]) / LOG_LENGTH


def _is_here(index: Index, number: int, page: PageContext | None) -> bool:
    if page is None:
        return False
    mine = index.places[number].page
    return same_page(mine.url, page.url) or bool(page.sku and mine.sku and page.sku.lower() == mine.sku.lower())
