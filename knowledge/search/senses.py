"""The ways to take a question: alone, with what was said before, as one about the product in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from knowledge.facts.reading import is_product
from knowledge.index.features import Candidates, Matrix, ReadQuestion
from knowledge.index.index import Index
from knowledge.page.page import Page
from knowledge.search.product_names import ProductNames
from knowledge.text.denial import without_denied
from knowledge.text.followup import about, asks_for_other, changed_by, joined, leaning, with_other
from knowledge.text.lexical import Speller, terms
from knowledge.text.place_veil import PlaceVeil
from knowledge.text.postcodes import PostalCodes
from knowledge.text.romanised import in_english
from knowledge.text.two_questions import two_questions
from knowledge.text.urls import path_of
from knowledge.wire.search import Asked, PageContext, Previous

# alone: as it stands; wanted: without what it sets aside; after: with the question before it; earlier: with one before
# that; product: as one about the product that was talked about; other: the question before about the other product;
# here: “it” is the product on the shopper's page; first and second: the parts of a message that asks two things.
Sense = Literal["alone", "wanted", "after", "earlier", "product", "other", "here", "first", "second"]
PARTS: Final[tuple[Sense, Sense]] = ("first", "second")

# How much each sense says for a section where several are taken together.
WEIGHTS: Final[Mapping[Sense, float]] = {
    "alone": 1.0,
    "wanted": 0.5,
    "after": 1.0,
    "earlier": 0.5,
    "product": 0.7,
    "first": 1.0,
    "second": 1.0,
}
# How much the page that answered before says for its sections, as log-odds.
SAME_PAGE: Final = 1.0


@dataclass(frozen=True)
class Sensed:
    """One way to take a question: the text to embed, made ready, and the page that it is taken to be asked on, if that
    is another than the shopper's."""

    sense: Sense
    text: str
    page: PageContext | None = None


@dataclass(frozen=True)
class Scored:
    """A question taken one way: the sections that anything speaks for, and a score for each."""

    question: ReadQuestion
    candidates: Candidates
    scores: Matrix


class Senses:
    """Reads a question in its conversation, against one index."""

    def __init__(self, index: Index, real_words: frozenset[str] = frozenset()) -> None:
        self.speller = Speller(index.vocabulary, real_words)
        self.veil = PlaceVeil(index.vocabulary)
        self._codes = PostalCodes("\n".join(page.text for page in index.pages))
        self._products = ProductNames(index.pages)
        self._paths = {page.path: page for page in index.pages}
        self._urls = {path_of(page.url): page for page in index.pages}
        self._skus = {page.sku.lower(): page for page in index.pages if page.sku}

    def mend(self, question: str) -> str:
        """The question with places and postal codes read as what the pages say of them, and slips mended."""
        return self.speller.mend(self._codes.read(self.veil.drawn(question)))

    def of(self, question: str, previous: Previous | None = None, page: PageContext | None = None) -> list[Sensed]:
        """The ways to take a question, the first being alone; each has to be embedded."""
        texts: dict[Sense, str] = {"alone": question, "wanted": without_denied(question)}
        before = asked_before(previous)
        if before:
            texts |= self._continued(texts["wanted"], before, page)
        elif leaning(question) != "stands" and (seen := self.in_view(page)) is not None and seen.sku:
            texts["here"] = about(question, seen.title)
        if parts := two_questions(question):
            texts |= dict(zip(PARTS, parts, strict=True))
        different: dict[str, Sensed] = {}
        for sense, text in texts.items():
            mended = self.mend(in_english(text))
            about_page = self._other_page(question, before, page) if sense == "other" else None
            different.setdefault(mended, Sensed(sense, mended, about_page))
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
        product = self._product_meant(question, before, page)
        settled = self._settled(before)
        if product is not None and asks_for_other(question):
            named = self._products.named(settled)
            return {"other": with_other(settled, named.title if named else None, product.title)}
        changed = changed_by(question, [one.question for one in before])
        asked, oldest = before[changed].question if changed else settled, before[-1].question
        texts: dict[Sense, str] = {"after": joined(question, asked, self._replaced(question, asked))}
        if oldest != before[changed].question:
            texts["earlier"] = joined(question, oldest)
        if product is not None:
            texts["product"] = f"{product.title}: {question}"
        return texts

    def _settled(self, before: Sequence[Asked]) -> str:
        """The question before, read itself with the one that it leaned on."""
        last, *rest = (one.question for one in before)
        if not rest or leaning(last) != "leans":
            return last
        asked = rest[changed_by(last, rest)]
        return joined(last, asked, self._replaced(last, asked))

    def _replaced(self, question: str, before: str) -> str | None:
        """The product that was asked about, where a question names another."""
        now, then = self._products.named(question), self._products.named(before)
        return then.title if now is not None and then is not None and now is not then else None

    def _other_page(self, question: str, before: Sequence[Asked], page: PageContext | None) -> PageContext | None:
        """The other product's page, as if the shopper were on it."""
        other = self._product_meant(question, before, page)
        return PageContext(url=other.url, title=other.title, sku=other.sku) if other else None

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


def fused(scored: Mapping[Sense, Scored], same_page: frozenset[int] = frozenset()) -> list[Scored]:
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
