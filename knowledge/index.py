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
from knowledge.evidence import Kind, asked_of, ways_of
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


_NO_WAYS = Ways(*(np.zeros(0, dtype) for dtype in (np.int32, np.uint8, np.int32, np.int32, "U24")))


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
    vectors = _embedded(ways.key, texts, embedder, known_vectors(like) if like else {}, progress)
    return Index(pages, ways, VectorIndex.build(vectors, like.vectors if like else None))


def known_vectors(index: Index) -> dict[str, Vectors]:
    """The index's vectors by text hash, for the next build."""
    return dict(zip(index.ways.key.tolist(), index.vectors.all(), strict=True))


def version_of(pages: Iterable[Page], embedder: Embedder, fitted_for: str = "") -> str:
    """A name for what these pages and this model make: equal inputs have equal versions.

    `fitted_for` is the version that the calibration was fitted for, where that is another one.
    """
    lines = [f"{FORMAT} {embedder.checksum} {embedder.dimension}"]
    lines += sorted(f"{page.path} {page.digest}" for page in pages)
    lines += [fitted_for] if fitted_for else []
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
    keys: npt.NDArray[np.str_],
    texts: Mapping[str, str],
    embedder: Embedder,
    known: Mapping[str, Vectors],
    progress: Progress | None,
) -> Vectors:
    """Vectors of all ways, shape (ways, dimension); each distinct text is embedded at most once."""
    fresh: dict[str, Vectors] = {}
    wanted = sorted((key for key in texts if key not in known), key=lambda key: len(texts[key]))
    for begin in range(0, len(wanted), 256):
        batch = wanted[begin : begin + 256]
        fresh.update(zip(batch, embedder.embed([texts[key] for key in batch]), strict=True))
        if progress:
            progress(min(begin + 256, len(wanted)), len(wanted))
    vectors = np.zeros((len(keys), embedder.dimension), dtype=np.float32)
    for row, key in enumerate(keys.tolist()):
        vectors[row] = fresh[key] if key in fresh else known[key]
    return vectors
