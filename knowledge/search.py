"""The search: a question in, passages with a probability out."""

from __future__ import annotations

import numpy as np

from knowledge.embedder import Embedder, Vectors
from knowledge.excerpt import excerpt_of
from knowledge.features import Candidates, Question, candidates_of, question_of
from knowledge.followup import joined, leaning
from knowledge.index import Index
from knowledge.lexical import PlaceVeil, Speller
from knowledge.manifest import Manifest
from knowledge.page import Page
from knowledge.passage import passage_id
from knowledge.ranking import Calibration, order_of, signs_of
from knowledge.store import Opened
from knowledge.wire import Found, PageContext, Previous, SearchResult

# How much surer a question that leans on the one before must be alone to be read alone.
LEANING_HEAD_START = 0.15


class Searcher:
    """Answers questions from one opened index. Holds no state between questions."""

    def __init__(self, opened: Opened, real_words: frozenset[str] = frozenset()) -> None:
        self.index: Index = opened.index
        self.manifest: Manifest = opened.manifest
        self.speller = Speller(opened.index.vocabulary, real_words)
        self.veil = PlaceVeil(opened.index.vocabulary)

    def search(
        self,
        question: str,
        embedder: Embedder,
        page: PageContext | None = None,
        previous: Previous | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Embed a question and find its passages."""
        texts = self.texts(question, previous)
        return self.answer(question, texts, embedder.embed(texts), page, limit)

    def texts(self, question: str, previous: Previous | None = None) -> list[str]:
        """What to embed for a question: itself, made ready, and, when it leans on the one before, the two joined."""
        own = self.mend(question)
        if previous is None or leaning(question) == "stands":
            return [own]
        page = self._page(previous.passage_id)
        title, product = (page.title, bool(page.sku)) if page else (None, False)
        return [own, self.mend(joined(question, previous.question, title, product))]

    def answer(
        self,
        question: str,
        texts: list[str],
        vectors: Vectors,
        page: PageContext | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Find passages with the vectors, shape (len(texts), dimension), of what `texts` gave for the question.

        Where there are two readings, a question that leans is read with the one before unless it is much surer
        alone; one that may lean is read alone unless only the other reading is sure.
        """
        results = [self.search_vector(text, vector, page, limit) for text, vector in zip(texts, vectors, strict=True)]
        if len(results) == 1:
            return results[0]
        alone, both = results
        if leaning(question) == "leans":
            return alone if alone.probability > both.probability + LEANING_HEAD_START else both
        return both if both.verdict == "answer" and alone.verdict != "answer" else alone

    def _page(self, passage: str | None) -> Page | None:
        path = (passage or "").split("#")[0].split("~")[0]
        return next((page for page in self.index.pages if page.path == path), None)

    def mend(self, question: str) -> str:
        """The question with places veiled and slips of the keyboard mended: what is embedded and searched."""
        return self.speller.mend(self.veil.drawn(question))

    def search_vector(
        self,
        question: str,
        vector: Vectors,
        page: PageContext | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Find the passages for a question whose vector (unit length) is there already."""
        asked = question_of(question, vector, page)
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
        question: Question,
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
