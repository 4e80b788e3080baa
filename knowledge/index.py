"""The index in memory: the pages, the ways to each of their sections as vectors, and their words."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.asked import Asked, gathered
from knowledge.embedder import Embedder, Vectors
from knowledge.evidence import Kind, Way, asked_of, ways_of
from knowledge.lexical import Lexicon, terms, words_of
from knowledge.page import Page, Section
from knowledge.plain import plain
from knowledge.vectors import VectorIndex

# Raised whenever an index made by older code would be answered from differently.
FORMAT = 1

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Place:
    """One section of one page in the index, and its rows among the ways: `first` up to but not `last`."""

    page: Page
    section: Section
    first: int
    last: int

    @property
    def heading(self) -> str:
        """The section's heading; the page's title for what stands before the first one."""
        return self.section.heading or self.page.title

    @property
    def words(self) -> str:
        """Everything of the page that a word may be found in: title, headings, SKU and text."""
        body = plain(self.page.body(self.section))
        return " ".join((self.page.title, *self.section.parents, self.heading, self.page.sku or "", body))


@dataclass(frozen=True)
class Ways:
    """The ways of all places, row by row: whose they are, what kind, where in the page, and the text's hash."""

    place: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    key: npt.NDArray[np.str_]


class Index:
    """All that a search reads. Never changed once made; a new build makes a new one."""

    def __init__(self, pages: tuple[Page, ...], ways: Ways, vectors: VectorIndex) -> None:
        self.pages = pages
        self.ways = ways
        self.vectors = vectors
        self.places = _places(pages, ways)
        self.place_terms = lru_cache(maxsize=20_000)(self._place_terms)
        self.title_terms = lru_cache(maxsize=20_000)(self._title_terms)

    @cached_property
    def lexicon(self) -> Lexicon:
        """BM25 over the words of every place; made when first asked for."""
        return Lexicon([terms(place.words) for place in self.places])

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the pages as it is written, in lower case."""
        pages = {word for place in self.places for word in words_of(place.words)}
        return frozenset(pages.union(*(words_of(question) for question in self.asked.questions)))

    @cached_property
    def asked(self) -> Asked:
        """What the questions that sections are asked as have taught."""
        rows = np.nonzero(self.ways.kind == Kind.ASKED)[0]
        vectors = self.vectors.rows(rows)
        texts = [text for place in self.places for text in asked_of(place.page, place.section)]
        owners = self.ways.place[rows].tolist()
        return Asked(gathered(zip(texts, vectors, owners, strict=True)))

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
    known: Mapping[str, Vectors] | None = None,
    progress: Progress | None = None,
    like: Index | None = None,
) -> Index:
    """Embed every way to every section.

    `known` gives vectors by text hash: those are not embedded again. `like` is the index before this one.
    """
    pages = tuple(pages)
    rows = [(number, way) for number, (page, section) in enumerate(_sections(pages)) for way in ways_of(page, section)]
    vectors = _embedded([way for _, way in rows], embedder, known or {}, progress)
    ways = Ways(
        place=np.array([number for number, _ in rows], dtype=np.int32),
        kind=np.array([way.kind for _, way in rows], dtype=np.uint8),
        start=np.array([way.start for _, way in rows], dtype=np.int32),
        end=np.array([way.end for _, way in rows], dtype=np.int32),
        key=np.array([way.key for _, way in rows], dtype="U24"),
    )
    return Index(pages, ways, VectorIndex.build(vectors, like.vectors if like else None))


def known_vectors(index: Index) -> dict[str, Vectors]:
    """The index's vectors by text hash, for the next build."""
    matrix = index.vectors.all()
    return {str(key): matrix[row] for row, key in enumerate(index.ways.key)}


def version_of(pages: Iterable[Page], embedder: Embedder) -> str:
    """A name for what these pages and this model make: equal inputs have equal versions."""
    lines = [f"{FORMAT} {embedder.checksum} {embedder.dimension}"]
    lines += sorted(f"{page.path} {page.digest}" for page in pages)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _sections(pages: Iterable[Page]) -> Iterable[tuple[Page, Section]]:
    return ((page, section) for page in pages for section in page.sections)


def _places(pages: Iterable[Page], ways: Ways) -> tuple[Place, ...]:
    sections = list(_sections(pages))
    edges = np.searchsorted(ways.place, np.arange(len(sections) + 1))
    return tuple(
        Place(page, section, int(edges[number]), int(edges[number + 1]))
        for number, (page, section) in enumerate(sections)
    )


def _embedded(ways: list[Way], embedder: Embedder, known: Mapping[str, Vectors], progress: Progress | None) -> Vectors:
    """Vectors of all ways, shape (ways, dimension); each distinct text is embedded at most once."""
    texts = {way.key: way.text for way in ways if way.key not in known}
    fresh: dict[str, Vectors] = {}
    keys = sorted(texts, key=lambda key: len(texts[key]))
    for begin in range(0, len(keys), 256):
        batch = keys[begin : begin + 256]
        fresh.update(zip(batch, embedder.embed([texts[key] for key in batch]), strict=True))
        if progress:
            progress(min(begin + 256, len(keys)), len(keys))
    vectors = np.zeros((len(ways), embedder.dimension), dtype=np.float32)
    for row, way in enumerate(ways):
        vectors[row] = fresh[way.key] if way.key in fresh else known[way.key]
    return vectors
