"""The ways to take a question: alone, with what was said before, as one about the product in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from knowledge.index.features import Candidates, Matrix, ReadQuestion
from knowledge.index.index import Index
from knowledge.page.page import Page
from knowledge.search.product_names import ProductNames, is_product
from knowledge.text.followup import about, asks_for_other, changed_by, joined, leaning
from knowledge.text.lexical import PlaceVeil, Speller, terms
from knowledge.text.urls import path_of
from knowledge.wire.search import Asked, PageContext, Previous

# alone: as it stands; after: with the question before it; earlier: with one before that; product: as one about the
# product that was talked about; here: “it” is the product on the shopper's page.
Sense = Literal["alone", "after", "earlier", "product", "here"]

# How much each sense says for a section where a question has others before it.
WEIGHTS: Final[Mapping[Sense, float]] = {"alone": 1.0, "after": 1.0, "earlier": 0.5, "product": 0.7}
# How much the page that answered before says for its sections, as log-odds.
SAME_PAGE: Final = 1.0


@dataclass(frozen=True)
class Sensed:
    """One way to take a question: the text to embed, made ready."""

    sense: Sense
    text: str


@dataclass(frozen=True)
class Scored:
    """A question taken one way: the sections that anything speaks for, and a score for each."""

    question: ReadQuestion
    candidates: Candidates
    scores: Matrix

    @property
    def first(self) -> int | None:
        """The place that is best, by number."""
        return int(self.candidates.places[int(np.argmax(self.scores))]) if len(self.scores) else None


class Senses:
    """Reads a question in its conversation, against one index."""

    def __init__(self, index: Index, real_words: frozenset[str] = frozenset()) -> None:
        self.speller = Speller(index.vocabulary, real_words)
        self.veil = PlaceVeil(index.vocabulary)
        self._products = ProductNames(index.pages)
        self._paths = {page.path: page for page in index.pages}
        self._urls = {path_of(page.url): page for page in index.pages}
        self._skus = {page.sku.lower(): page for page in index.pages if page.sku}

    def mend(self, question: str) -> str:
        """The question with places veiled and slips of the keyboard mended."""
        return self.speller.mend(self.veil.drawn(question))

    def of(self, question: str, previous: Previous | None = None, page: PageContext | None = None) -> list[Sensed]:
        """The ways to take a question, the first being alone. At most four; each has to be embedded."""
        texts: dict[Sense, str] = {"alone": question}
        before = asked_before(previous)
        if before:
            texts |= self._continued(question, before, page)
        elif leaning(question) != "stands" and (seen := self.in_view(page)) is not None and seen.sku:
            texts["here"] = about(question, seen.title)
        different: dict[str, Sensed] = {}
        for sense, text in texts.items():
            mended = self.mend(text)
            different.setdefault(mended, Sensed(sense, mended))
        return list(different.values())

    def in_view(self, page: PageContext | None) -> Page | None:
        """The page that the shopper is on."""
        if page is None:
            return None
        return self._skus.get((page.sku or "").lower()) or self._urls.get(path_of(page.url))

    def answered(self, asked: Asked | None) -> Page | None:
        """The page that answered an earlier question."""
        return self._paths.get((asked.passage_id or "").split("#")[0]) if asked else None

    def _continued(self, question: str, before: Sequence[Asked], page: PageContext | None) -> dict[Sense, str]:
        asked = before[changed_by(question, [one.question for one in before])]
        answered = self.answered(asked)
        texts: dict[Sense, str] = {"after": joined(question, asked.question, answered.title if answered else None)}
        oldest = before[-1]
        if oldest is not asked:
            texts["earlier"] = joined(question, oldest.question)
        product = self._product_meant(question, before, page)
        if product is not None:
            texts["product"] = f"{product.title}: {question}"
        return texts

    def _product_meant(self, question: str, before: Sequence[Asked], page: PageContext | None) -> Page | None:
        """The product that a question is about without naming it: the one named last, else the one that answered last,
        else the one in view; “the other one” is the one of two."""
        if self._products.named(question) is not None:
            return None
        named = [found for one in before if (found := self._products.named(one.question))]
        answered = [found for one in before if (found := self.answered(one)) and is_product(found)]
        seen = self.in_view(page)
        talked = list(dict.fromkeys(found.path for found in (*named, *answered)))
        if not talked:
            return seen if seen is not None and seen.sku else None
        meant = self._paths[talked[0]]
        if not asks_for_other(question):
            return meant
        return self._paths[talked[1]] if len(talked) > 1 else self._products.sibling(meant)


def asked_before(previous: Previous | None) -> tuple[Asked, ...]:
    """The questions before, the latest first, without those that say nothing: “hi”, “ok thanks”."""
    return tuple(one for one in previous.questions if terms(one.question)) if previous else ()


def fused(scored: Mapping[Sense, Scored], same_page: frozenset[int]) -> list[Scored]:
    """Every sense's candidates with the scores of all senses together, by `WEIGHTS`.

    What a sense did not find counts there as much as its worst. `same_page` are the places of the page that answered
    before.
    """
    places = np.unique(np.concatenate([one.candidates.places for one in scored.values()]))
    total, weights = np.zeros(len(places), dtype=np.float64), 0.0
    for sense, one in scored.items():
        if len(one.scores):
            column = np.full(len(places), one.scores.min(), dtype=np.float64)
            column[np.searchsorted(places, one.candidates.places)] = one.scores
            total += WEIGHTS.get(sense, 0.0) * column
            weights += WEIGHTS.get(sense, 0.0)
    total = total / (weights or 1.0) + SAME_PAGE * np.isin(places, list(same_page))
    return [
        replace(one, scores=total[np.searchsorted(places, one.candidates.places)].astype(np.float32))
        for one in scored.values()
    ]


def best_for_all(scored: Sequence[Scored]) -> list[Scored]:
    """Those whose best candidate is the best of all."""
    best = max((float(one.scores.max()) for one in scored if len(one.scores)), default=0.0)
    return [one for one in scored if len(one.scores) and float(one.scores.max()) >= best]
