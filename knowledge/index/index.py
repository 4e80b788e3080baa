"""The index in memory: the pages, the ways to each of their sections as vectors, and their words."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.facts.book import FactBook
from knowledge.index.evidence import Kind, Way, asked_of, front_words, ways_of
from knowledge.index.question_model import QuestionModel, gathered
from knowledge.model.pieces import Pieces, joined, packed
from knowledge.model.reading import Embedder, Vectors
from knowledge.model.vectors import VectorIndex
from knowledge.page.page import Page, Section
from knowledge.text.lexical import Lexicon, terms, words_of
from knowledge.text.plain import plain

# Raised whenever an index made by older code would be answered from differently.
FORMAT = 4

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Place:
    """One section of one page in the index, and its rows among the ways: `first` up to but not `last`.

    `number` counts the sections of its page from 0.
    """

    page: Page
    section: Section
    first: int
    last: int
    number: int = 0

    @property
    def heading(self) -> str:
        """The section's heading; the page's title for what stands before the first one."""
        return self.section.heading or self.page.title

    @property
    def words(self) -> str:
        """Everything of the page that a word may be found in: title, headings, SKU and text."""
        body, front = plain(self.page.body(self.section)), front_words(self.page, self.section)
        return " ".join((self.page.title, *self.section.parents, self.heading, self.page.sku or "", front, body))


@dataclass(frozen=True)
class Ways:
    """The ways of all places, row by row: whose they are, what kind, where in the page, the text's hash, and how many
    word pieces the index keeps of it."""

    place: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    key: npt.NDArray[np.str_]
    pieces: npt.NDArray[np.int32]


_NO_WAYS = Ways(*(np.zeros(0, dtype) for dtype in (np.int32, np.uint8, np.int32, np.int32, "U24", np.int32)))
# The kinds of ways that are kept word by word.
READ = (Kind.PASSAGE, Kind.ASKED)
READ_TOGETHER = 256


class Index:
    """All that a search reads. Never changed once made; a new build makes a new one.

    `pieces` are the word pieces of the ways of the kinds `READ`, in the order of the ways.
    """

    def __init__(self, pages: tuple[Page, ...], ways: Ways, vectors: VectorIndex, pieces: Pieces) -> None:
        self.pages = pages
        self.ways = ways
        self.vectors = vectors
        self.pieces = pieces
        self._edges = np.concatenate([[0], np.cumsum(ways.pieces, dtype=np.int64)])
        self.places = _places(pages, ways)
        self.place_terms = lru_cache(maxsize=20_000)(self._place_terms)
        self.title_terms = lru_cache(maxsize=20_000)(self._title_terms)

    @cached_property
    def lexicon(self) -> Lexicon:
        """BM25 over the words of every place; made when first asked for."""
        return Lexicon([terms(place.words) for place in self.places])

    @cached_property
    def facts(self) -> FactBook:
        """The facts that the product pages state; each page is read when first asked about."""
        return FactBook(self.pages)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the pages as it is written, in lower case."""
        pages = {word for place in self.places for word in words_of(place.words)}
        return frozenset(pages.union(*(words_of(question) for question in self.asked.questions)))

    @cached_property
    def questions(self) -> dict[str, frozenset[int]]:
        """Every question that sections are asked as, with the places that it leads to."""
        found: dict[str, frozenset[int]] = {}
        for number, place in enumerate(self.places):
            for question in asked_of(place.page, place.section):
                found[question] = found.get(question, frozenset()) | {number}
        return found

    def sections_of(self, page: Page) -> tuple[Place, ...]:
        """The places of one page, in order."""
        return tuple(place for place in self.places if place.page is page)

    @cached_property
    def asked(self) -> QuestionModel:
        """What the questions that sections are asked as have taught."""
        rows = np.nonzero(self.ways.kind == Kind.ASKED)[0]
        vectors = self.vectors.rows(rows)
        texts = [text for place in self.places for text in asked_of(place.page, place.section)]
        owners = self.ways.place[rows].tolist()
        return QuestionModel(gathered(zip(texts, vectors, owners, strict=True)))

    @cached_property
    def piece_rarity(self) -> npt.NDArray[np.float32]:
        """How much a word piece says, by its number in the model's vocabulary: the fewer sections have it, the more."""
        own = np.repeat(self.ways.kind == Kind.PASSAGE, self.ways.pieces)
        place = np.repeat(self.ways.place, self.ways.pieces)[own].astype(np.int64)
        vocabulary = int(self.pieces.ids.max(initial=0)) + 1
        held = np.unique(place * vocabulary + self.pieces.ids[own]) % vocabulary
        counts = np.bincount(held, minlength=vocabulary)
        rarity: npt.NDArray[np.float32] = np.log(1.0 + len(self.places) / (0.5 + counts)).astype(np.float32)
        return rarity

    def piece_weights(self, ids: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
        """What each word piece of a question counts; one that no section has counts the most."""
        rarity = self.piece_rarity
        weights: npt.NDArray[np.float32] = rarity[np.minimum(ids, len(rarity) - 1)]
        return np.where(ids < len(rarity), weights, rarity.max(initial=0.0)).astype(np.float32)

    def place_pieces(self, number: int) -> Pieces:
        """The word pieces of a place's passages: its first ways."""
        place = self.places[number]
        kinds = self.ways.kind[place.first : place.last]
        last = place.first + int(np.count_nonzero(kinds == Kind.PASSAGE))
        return self.pieces[slice(int(self._edges[place.first]), int(self._edges[last]))]

    def asked_pieces(self, question: str) -> Pieces:
        """The word pieces of a question that some section is asked as."""
        return self.way_pieces(self._rows[Way(Kind.ASKED, question).key])

    def way_pieces(self, row: int) -> Pieces:
        """The word pieces of one way; none where it is of another kind than `READ`."""
        return self.pieces[slice(int(self._edges[row]), int(self._edges[row + 1]))]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return dict(zip(self.ways.key.tolist(), range(len(self.ways.key)), strict=True))

    @cached_property
    def place_numbers(self) -> npt.NDArray[np.float32]:
        """Where each place stands in its page, from 0, shape (places,)."""
        return np.array([place.number for place in self.places], dtype=np.float32)

    @cached_property
    def place_lengths(self) -> npt.NDArray[np.float32]:
        """How many words each place has under its heading, shape (places,)."""
        return np.array([len(place.page.body(place.section).split()) for place in self.places], dtype=np.float32)

    @property
    def passages(self) -> int:
        """How many passages the pages were cut into."""
        return int(np.count_nonzero(self.ways.kind == Kind.PASSAGE))

    def rarity(self, term: str) -> float:
        """How much a word says: the fewer sections have it, the more; one that none has says the most."""
        return math.log(1.0 + len(self.places) / (0.5 + self.lexicon.frequency.get(term, 0)))

    def _title_terms(self, number: int) -> frozenset[str]:
        place = self.places[number]
        return frozenset(terms(" ".join((place.page.title, *place.section.parents, place.heading))))

    def _place_terms(self, number: int) -> frozenset[str]:
        return frozenset(terms(self.places[number].words))


def make_index(
    pages: Iterable[Page],
    embedder: Embedder,
    progress: Progress | None = None,
    like: Index | None = None,
) -> Index:
    """Embed every way to every section.

    `like` is the index before this one: the ways of its pages that are here unchanged, and the vectors of texts that
    it has, are taken from it.
    """
    pages = tuple(pages)
    texts: dict[str, str] = {}
    before = _blocks(like) if like else {}
    blocks = [before.get(_stamp(page)) or _block_of(page, texts) for page in pages]
    ways = _joined(blocks)
    vectors, read = _embedded(ways, texts, embedder, like, progress)
    ways = replace(ways, pieces=np.array([len(one) for one in read], dtype=np.int32))
    pieces = joined([one for one in read if len(one)], embedder.dimension)
    return Index(pages, ways, VectorIndex.build(vectors, like.vectors if like else None), pieces)


def version_of(pages: Iterable[Page], embedder: Embedder, fitted_for: str = "") -> str:
    """A name for what these pages and this model make: equal inputs have equal versions.

    `fitted_for` is the version that the calibration was fitted for, where that is another one.
    """
    lines = [f"{FORMAT} {embedder.checksum} {embedder.dimension}"]
    lines += sorted(f"{page.path} {page.digest}" for page in pages)
    lines += [fitted_for] if fitted_for else []
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _places(pages: Iterable[Page], ways: Ways) -> tuple[Place, ...]:
    sections = [(page, section, number) for page in pages for number, section in enumerate(page.sections)]
    edges = np.searchsorted(ways.place, np.arange(len(sections) + 1)).tolist()
    return tuple(
        Place(page, section, first, last, number)
        for (page, section, number), (first, last) in zip(sections, itertools.pairwise(edges), strict=True)
    )


@dataclass(frozen=True)
class _Block:
    """The ways of one page; `places` counts from its first section."""

    places: int
    ways: Ways


def _stamp(page: Page) -> tuple[str, str]:
    return page.path, page.digest


def _blocks(index: Index) -> dict[tuple[str, str], _Block]:
    """The ways of each page of an index."""
    first, found = 0, {}
    for page in index.pages:
        last = first + len(page.sections)
        if page.sections:
            rows = slice(index.places[first].first, index.places[last - 1].last)
            parts = {name: getattr(index.ways, name)[rows] for name in Ways.__dataclass_fields__}
            found[_stamp(page)] = _Block(last - first, Ways(**{**parts, "place": parts["place"] - first}))
        first = last
    return found


def _block_of(page: Page, texts: dict[str, str]) -> _Block:
    """The ways of a page that is new or edited; their texts are added to `texts` by hash."""
    rows = [(number, way, way.key) for number, section in enumerate(page.sections) for way in ways_of(page, section)]
    texts.update((key, way.text) for _, way, key in rows)
    ways = Ways(
        place=np.array([number for number, _, _ in rows], dtype=np.int32),
        kind=np.array([way.kind for _, way, _ in rows], dtype=np.uint8),
        start=np.array([way.start for _, way, _ in rows], dtype=np.int32),
        end=np.array([way.end for _, way, _ in rows], dtype=np.int32),
        key=np.array([key for _, _, key in rows], dtype="U24"),
        pieces=np.zeros(len(rows), dtype=np.int32),
    )
    return _Block(len(page.sections), ways)


def _joined(blocks: list[_Block]) -> Ways:
    """The ways of all pages, places counted through."""
    blocks = blocks or [_Block(0, _NO_WAYS)]
    firsts = np.cumsum([0, *(block.places for block in blocks)]).tolist()
    joined = {
        name: np.concatenate([getattr(block.ways, name) for block in blocks]) for name in Ways.__dataclass_fields__
    }
    counts = [len(block.ways.place) for block in blocks]
    joined["place"] = joined["place"] + np.repeat(np.array(firsts[:-1], dtype=np.int32), counts)
    return Ways(**joined)


def _embedded(
    ways: Ways, texts: Mapping[str, str], embedder: Embedder, like: Index | None, progress: Progress | None
) -> tuple[Vectors, list[Pieces]]:
    """Vectors of all ways, shape (ways, dimension), and their word pieces; each distinct text is read at most once."""
    known = {key: row for row, key in enumerate(like.ways.key.tolist())} if like else {}
    kept = {str(key) for key in ways.key[np.isin(ways.kind, READ)]}
    fresh: dict[str, tuple[Vectors, Pieces]] = {}
    nothing = joined([], embedder.dimension)
    wanted = sorted(
        (key for key in texts if key not in known or (like and key in kept and not len(like.way_pieces(known[key])))),
        key=lambda key: len(texts[key]),
    )
    for begin in range(0, len(wanted), READ_TOGETHER):
        batch = wanted[begin : begin + READ_TOGETHER]
        for key, reading in zip(batch, embedder.read([texts[key] for key in batch]), strict=True):
            fresh[key] = reading.vector, packed(reading) if key in kept else nothing
        if progress:
            progress(min(begin + READ_TOGETHER, len(wanted)), len(wanted))
    vectors, pieces = np.zeros((len(ways.key), embedder.dimension), dtype=np.float32), []
    before = like.vectors.all() if like else vectors
    for row, key in enumerate(ways.key.tolist()):
        vectors[row] = fresh[key][0] if key in fresh else before[known[key]]
        old = like.way_pieces(known[key]) if like and key in kept and key not in fresh else nothing
        pieces.append(fresh[key][1] if key in fresh else old)
    return vectors, pieces
