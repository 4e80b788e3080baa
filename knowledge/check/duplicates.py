"""Passages that stand twice, word for word or nearly so: shoppers get one or the other, and only one is kept true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz

from knowledge.model.reading import Embedder
from knowledge.page.page import Page, Section
from knowledge.text.plain import plain

NEAR: Final = 0.9  # cosine of two texts before their words are compared
ALIKE: Final = 88.0  # share of words in common, in percent, from which they are near-duplicates
PARTNERS: Final = 20  # pairs looked at for each section: enough, since a double is named once
LEAST_WORDS: Final = 8
BLOCK: Final = 256


@dataclass(frozen=True)
class Double:
    """Two sections that say the same. `alike` is the share of their words in common, 1.0 when word for word."""

    page: Page
    section: Section
    other_page: Page
    other_section: Section
    alike: float

    @property
    def exact(self) -> bool:
        """Whether they are equal word for word."""
        return self.alike == 1.0


def doubles(pages: Iterable[Page], embedder: Embedder) -> list[Double]:
    """Find sections that stand twice; each later one is named once, with the first it repeats."""
    places = [(page, section, plain(page.body(section))) for page in pages for section in page.sections]
    places = [place for place in places if len(place[2].split()) >= LEAST_WORDS]
    found: list[Double] = []
    taken: set[int] = set()
    for i, j in _candidates([text for _, _, text in places], embedder):
        alike = _alike(places[i][2], places[j][2])
        if j not in taken and alike is not None and not _two_products(places[i], places[j]):
            taken.add(j)
            found.append(Double(places[j][0], places[j][1], places[i][0], places[i][1], alike))
    return found


def _two_products(one: tuple[Page, Section, str], other: tuple[Page, Section, str]) -> bool:
    """Tables of measures and prices look alike from product to product; it is their numbers that differ."""
    if not (one[0].sku and other[0].sku and one[0].sku != other[0].sku):
        return False
    return re.findall(r"\d+", one[2]) != re.findall(r"\d+", other[2])


def _alike(one: str, other: str) -> float | None:
    mine, theirs = one.casefold(), other.casefold()
    if mine == theirs:
        return 1.0
    score = fuzz.token_sort_ratio(mine, theirs)
    return min(score / 100, 0.999) if score >= ALIKE else None


def _candidates(texts: list[str], embedder: Embedder) -> Iterator[tuple[int, int]]:
    """Pairs i < j that are near in meaning, ordered by i."""
    if len(texts) < 2:
        return
    vectors = embedder.embed(texts)
    for begin in range(0, len(texts), BLOCK):
        near = vectors[begin : begin + BLOCK] @ vectors[begin:].T
        for row, beside in enumerate(near):
            alike = np.flatnonzero(beside[row + 1 :] >= NEAR)[:PARTNERS] + row + 1
            yield from ((begin + row, begin + int(column)) for column in alike)
