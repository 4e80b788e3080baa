"""The search: a question in, passages with a probability out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from knowledge.index.features import Candidates, ReadQuestion, candidates_of, question_of
from knowledge.index.index import Index
from knowledge.index.index_folder import Opened
from knowledge.index.manifest import Manifest
from knowledge.index.ranking import Calibration, order_of, signs_of
from knowledge.model.reading import Embedder, Reading
from knowledge.page.page import Page
from knowledge.page.passage import passage_id
from knowledge.search.excerpt import excerpt_of
from knowledge.text.followup import Leaning, about, joined, leaning
from knowledge.text.lexical import PlaceVeil, Speller
from knowledge.text.urls import path_of
from knowledge.wire.search import Found, PageContext, Previous, SearchResult

# How much surer a question that leans on the one before must be alone to be read alone.
LEANING_HEAD_START = 0.15
# Among so many of the first passages one has to stand for “it” to be read as the product in view.
NEAR_BEFORE = 3

# alone: as it stands; after: with the question before it; here: “it” is the product in view.
Sense = Literal["alone", "after", "here"]


@dataclass(frozen=True)
class Sensed:
    """One way to take a question: the text to embed, made ready."""

    sense: Sense
    text: str


class Searcher:
    """Answers questions from one opened index. Holds no state between questions."""

    def __init__(self, opened: Opened, real_words: frozenset[str] = frozenset()) -> None:
        self.index: Index = opened.index
        self.manifest: Manifest = opened.manifest
        self.speller = Speller(opened.index.vocabulary, real_words)
        self.veil = PlaceVeil(opened.index.vocabulary)
        self._paths = {page.path: page for page in opened.index.pages}
        self._urls = {path_of(page.url): page for page in opened.index.pages}
        self._skus = {page.sku.lower(): page for page in opened.index.pages if page.sku}

    def search(
        self,
        question: str,
        embedder: Embedder,
        page: PageContext | None = None,
        previous: Previous | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Embed a question and find its passages."""
        senses = self.senses(question, previous, page)
        return self.answer(question, senses, embedder.read([one.text for one in senses]), page, limit)

    def senses(self, question: str, previous: Previous | None = None, page: PageContext | None = None) -> list[Sensed]:
        """The ways to take a question, the first being alone. At most three; each has to be embedded."""
        senses = [Sensed("alone", self.mend(question))]
        if leaning(question) == "stands":
            return senses
        if previous is not None:
            answered = self._paths.get((previous.passage_id or "").split("#")[0].split("~")[0])
            title, product = (answered.title, bool(answered.sku)) if answered else (None, False)
            senses.append(Sensed("after", self.mend(joined(question, previous.question, title, product))))
        seen = self._in_view(page)
        if seen is not None and seen.sku:
            senses.append(Sensed("here", self.mend(about(question, seen.title))))
        different: dict[str, Sensed] = {}
        for one in senses:
            different.setdefault(one.text, one)
        return list(different.values())

    def answer(
        self,
        question: str,
        senses: list[Sensed],
        readings: list[Reading],
        page: PageContext | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Find passages with what the model read in each of the `senses`.

        “It” is the product in view where another product would answer, and where nothing else is sure and the product's
        page says something that was near before its name was put in: a name alone brings every section of its page
        nearer. A question that leans is read with the one before unless it is much surer alone; one that may lean is
        read alone unless only the other reading is sure.
        """
        found = {
            one.sense: self.search_reading(one.text, reading, page, limit)
            for one, reading in zip(senses, readings, strict=True)
        }
        alone, after, here = found["alone"], found.get("after"), found.get("here")
        taken = alone if after is None else _taken(leaning(question), alone, after)
        if here is None:
            return taken
        return here if self._of_another_product(page, taken) or self._says(page, here, taken) else taken

    def _in_view(self, page: PageContext | None) -> Page | None:
        if page is None:
            return None
        return self._skus.get((page.sku or "").lower()) or self._urls.get(path_of(page.url))

    def _of_another_product(self, page: PageContext | None, taken: SearchResult) -> bool:
        answered = self._paths[taken.passages[0].page] if taken.passages else None
        return answered is not None and bool(answered.sku) and answered is not self._in_view(page)

    def _says(self, page: PageContext | None, here: SearchResult, taken: SearchResult) -> bool:
        if taken.verdict == "answer" or here.probability <= taken.probability:
            return False
        seen, near = self._in_view(page), {found.passage_id for found in taken.passages[:NEAR_BEFORE]}
        return seen is not None and here.passages[0].page == seen.path and here.passages[0].passage_id in near

    def mend(self, question: str) -> str:
        """The question with places veiled and slips of the keyboard mended: what is embedded and searched."""
        return self.speller.mend(self.veil.drawn(question))

    def search_reading(
        self,
        question: str,
        reading: Reading,
        page: PageContext | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Find the passages for a question that the model has read already."""
        asked = question_of(question, reading, page)
        candidates = candidates_of(self.index, asked)
        calibration: Calibration = self.manifest.calibration
        scores = calibration.scores(candidates)
        order = order_of(candidates, scores)
        signs = signs_of(candidates, scores, order)
        probability = calibration.probability(signs) if order else 0.0
        return SearchResult(
            index_version=self.manifest.version,
            verdict=calibration.verdict(probability) if order else "unknown",
            probability=probability,
            passages=[self._found(asked, candidates, row, scores, probability, order) for row in order[:limit]],
            features=signs,
        )

    def _found(
        self,
        question: ReadQuestion,
        candidates: Candidates,
        row: int,
        scores: np.ndarray,
        probability: float,
        order: list[int],
    ) -> Found:
        place = self.index.places[int(candidates.places[row])]
        text, more = excerpt_of(self.index, place, question.vector)
        share = float(np.exp(scores[row] - scores[order[0]]))
        return Found(
            passage_id=passage_id(place.page, place.section),
            page=place.page.path,
            page_title=place.page.title,
            heading=place.heading,
            url=place.page.url + (f"#{place.section.anchor}" if place.section.anchor else ""),
            updated=place.page.updated,
            text=text,
            more=more,
            probability=probability * min(1.0, share),
            score=float(scores[row]),
        )


def _taken(lean: Leaning, alone: SearchResult, after: SearchResult) -> SearchResult:
    if lean == "leans":
        return alone if alone.probability > after.probability + LEANING_HEAD_START else after
    return after if after.verdict == "answer" and alone.verdict != "answer" else alone
