"""The search: a question in, passages with a probability out."""

from __future__ import annotations

import numpy as np

from knowledge.index.features import Candidates, ReadQuestion, candidates_of, question_of
from knowledge.index.index import Index
from knowledge.index.index_folder import Opened
from knowledge.index.manifest import Manifest
from knowledge.index.ranking import Calibration, order_of, signs_of
from knowledge.model.reading import Embedder, Reading
from knowledge.page.passage import passage_id
from knowledge.search.excerpt import excerpt_of
from knowledge.search.senses import PARTS, Scored, Sense, Sensed, Senses, asked_before, best_for_all, fused
from knowledge.wire.search import Asked, Found, PageContext, Previous, SearchResult

# Among so many of the first passages one has to stand for “it” to be read as the product in view.
NEAR_BEFORE = 3


class Searcher:
    """Answers questions from one opened index. Holds no state between questions."""

    def __init__(self, opened: Opened, real_words: frozenset[str] = frozenset()) -> None:
        self.index: Index = opened.index
        self.manifest: Manifest = opened.manifest
        self._senses = Senses(opened.index, real_words)
        self._paths = {page.path: page for page in opened.index.pages}

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
        return self.answer(senses, embedder.read([one.text for one in senses]), page, previous, limit)

    def senses(self, question: str, previous: Previous | None = None, page: PageContext | None = None) -> list[Sensed]:
        """The ways to take a question, the first being alone; each has to be embedded."""
        return self._senses.of(question, previous, page)

    def answer(
        self,
        senses: list[Sensed],
        readings: list[Reading],
        page: PageContext | None = None,
        previous: Previous | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Find passages with what the model read in each of the `senses`.

        Senses of a question that others came before are taken together. Without, “it” is the product in view where
        another product would answer, and where nothing else is sure and the product's page says something that was
        near before its name was put in: a name alone brings every section of its page nearer.
        """
        scored = {
            one.sense: self.scored(one.text, reading, page) for one, reading in zip(senses, readings, strict=True)
        }
        parts = {sense: scored.pop(sense) for sense in PARTS if sense in scored}
        here = scored.pop("here", None)
        before = asked_before(previous)
        taken = self.told(self._together(scored, before[0] if before else None), limit)
        if here is not None:
            found = self.told(here, limit)
            taken = found if self._of_another_product(page, taken) or self._says(page, found, taken) else taken
        return self._with_second(taken, scored["alone"], parts, limit) if len(parts) == len(PARTS) else taken

    def _with_second(self, taken: SearchResult, whole: Scored, parts: dict[Sense, Scored], limit: int) -> SearchResult:
        """The result with the other question's beside it, where both are answered, and by different sections."""
        found = [self.told(self._together({"alone": whole, sense: part}), limit) for sense, part in parts.items()]
        shown = [one.shown.passage_id for one in found if one.shown]
        if taken.shown is None or len(set(shown)) < len(PARTS) or taken.shown.passage_id not in shown:
            return taken
        other = next(one for one in found if one.shown and one.shown.passage_id != taken.shown.passage_id)
        return taken.model_copy(update={"second": other})

    def _together(self, scored: dict[Sense, Scored], last: Asked | None = None) -> Scored:
        """The sense that is surest of the section that is best by all senses. `last` is the question before.

        “The other one” says nothing by itself: it is only the question before, about the other product.
        """
        if "other" in scored or len(scored) == 1:
            return scored.get("other", scored["alone"])
        answered = self._senses.answered(last)
        same_page = frozenset(
            number for number, place in enumerate(self.index.places) if answered and place.page is answered
        )
        return max(best_for_all(fused(scored, same_page)), key=self._sureness, default=scored["alone"])

    def _sureness(self, scored: Scored) -> float:
        signs = signs_of(scored.candidates, scored.scores, order_of(scored.candidates, scored.scores))
        return self.manifest.calibration.probability(signs)

    def _of_another_product(self, page: PageContext | None, taken: SearchResult) -> bool:
        answered = self._paths[taken.passages[0].page] if taken.passages else None
        return answered is not None and bool(answered.sku) and answered is not self._senses.in_view(page)

    def _says(self, page: PageContext | None, here: SearchResult, taken: SearchResult) -> bool:
        if taken.verdict == "answer" or here.probability <= taken.probability:
            return False
        seen, near = self._senses.in_view(page), {found.passage_id for found in taken.passages[:NEAR_BEFORE]}
        return seen is not None and here.passages[0].page == seen.path and here.passages[0].passage_id in near

    def mend(self, question: str) -> str:
        """The question with places and postal codes as the pages speak of them, and slips of the keyboard mended."""
        return self._senses.mend(question)

    def search_reading(
        self,
        question: str,
        reading: Reading,
        page: PageContext | None = None,
        limit: int = 5,
    ) -> SearchResult:
        """Find the passages for a question that the model has read already."""
        return self.told(self.scored(question, reading, page), limit)

    def scored(self, question: str, reading: Reading, page: PageContext | None = None) -> Scored:
        """The sections that anything speaks for, and how much."""
        asked = question_of(question, reading, page)
        candidates = candidates_of(self.index, asked)
        return Scored(asked, candidates, self.manifest.calibration.scores(candidates))

    def told(self, scored: Scored, limit: int = 5) -> SearchResult:
        """What may be said with scored sections: the best of them, and how surely the first answers."""
        calibration: Calibration = self.manifest.calibration
        asked, candidates, scores = scored.question, scored.candidates, scored.scores
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
