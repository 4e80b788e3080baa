"""The search: a question in, passages with a probability out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.index.features import Candidates, candidates_of, question_of
from knowledge.index.index import Index, Place
from knowledge.index.index_folder import Opened
from knowledge.index.manifest import Manifest
from knowledge.index.ranking import Calibration, Standing, is_ambiguous, order_of, signs_of
from knowledge.index.word_for_word import WordForWord
from knowledge.model.reading import Embedder, Reading
from knowledge.page.passage import passage_id
from knowledge.search.excerpt import excerpt_of
from knowledge.search.fact_passages import front_of, with_facts
from knowledge.search.senses import PARTS, Scored, Sense, Sensed, Senses, asked_before, best_for_all, fused
from knowledge.wire.search import Asked, Found, Heading, PageContext, Previous, SearchResult, Verdict

# Among so many of the first passages one has to stand for “it” to be read as the product in view.
NEAR_BEFORE = 3
# How many headings are offered beside a likely passage, instead of one when asked back, and of the same page.
MOST_BESIDE = 2
MOST_CHOICES = 4
MOST_ALSO = 3


class Searcher:
    """Answers questions from one opened index. Holds no state between questions."""

    def __init__(self, opened: Opened, real_words: frozenset[str] = frozenset()) -> None:
        self.index: Index = opened.index
        self.manifest: Manifest = opened.manifest
        self._senses = Senses(opened.index, real_words)
        self.written = WordForWord(opened.index.questions, opened.index.vocabulary | real_words)
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
        return self.answer(question, senses, embedder.read([one.text for one in senses]), page, limit, previous)

    def senses(self, question: str, previous: Previous | None = None, page: PageContext | None = None) -> list[Sensed]:
        """The ways to take a question, the first being alone; each has to be embedded."""
        return self._senses.of(question, previous, page)

    def answer(
        self,
        question: str,
        senses: list[Sensed],
        readings: list[Reading],
        page: PageContext | None = None,
        limit: int = 5,
        previous: Previous | None = None,
    ) -> SearchResult:
        """What is told: a table of product facts where that answers, else passages.

        `readings` is what the model read in each of the `senses`.
        """
        scored = {
            one.sense: self.scored(one.text, reading, one.page or page, self.written.places(question))
            for one, reading in zip(senses, readings, strict=True)
        }
        found = self._passages(scored, page, limit, previous)
        # Product facts: the one place where a table goes into the result.
        table = self.index.facts.answer(question, self._senses.in_view(page), self._senses.answered(previous))
        return found if table is None else with_facts(found, table, self.index, readings[0].vector)

    def _passages(
        self, scored: dict[Sense, Scored], page: PageContext | None, limit: int, previous: Previous | None
    ) -> SearchResult:
        """Find passages with the sections that each sense speaks for.

        Senses of a question that others came before are taken together. Without, “it” is the product in view where
        another product would answer, and where nothing else is sure and the product's page says something that was
        near before its name was put in: a name alone brings every section of its page nearer.
        """
        parts = {sense: scored.pop(sense) for sense in PARTS if sense in scored}
        here = scored.pop("here", None)
        before = asked_before(previous)
        taken = self.result_of(self._together(scored, before[0] if before else None), limit)
        if here is not None:
            found = self.result_of(here, limit)
            taken = found if self._of_another_product(page, taken) or self._says(page, found, taken) else taken
        return self._with_second(taken, scored["alone"], parts, limit) if len(parts) == len(PARTS) else taken

    def _with_second(self, taken: SearchResult, whole: Scored, parts: dict[Sense, Scored], limit: int) -> SearchResult:
        """The result with the other question's beside it, where both are answered, and by different sections."""
        found = [self.result_of(self._together({"alone": whole, sense: part}), limit) for sense, part in parts.items()]
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
        same_page = frozenset(place.number for place in self.index.places if answered and place.page is answered)
        return max(best_for_all(fused(scored, same_page)), key=self._sureness, default=scored["alone"])

    def _sureness(self, scored: Scored) -> float:
        return self.manifest.calibration.probability(signs_of(self._standing(scored)))

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
        return self.result_of(self.scored(question, reading, page), limit)

    def scored(
        self, text: str, reading: Reading, page: PageContext | None = None, written: frozenset[int] = frozenset()
    ) -> Scored:
        """The sections that anything speaks for, and how much. `written` are places that the question leads to as it
        was typed, before it was made ready as `text`."""
        asked = question_of(text, reading, page, written or self.written.places(text))
        candidates = candidates_of(self.index, asked)
        return Scored(asked, candidates, self.manifest.calibration.scores(candidates))

    def result_of(self, scored: Scored, limit: int = 5) -> SearchResult:
        """What may be said with scored sections: the best of them, and how surely the first answers."""
        calibration: Calibration = self.manifest.calibration
        if not len(scored.scores):
            return SearchResult(index_version=self.manifest.version, verdict="unknown", probability=0.0, passages=[])
        standing = self._standing(scored)
        signs = signs_of(standing)
        probability = calibration.probability(signs)
        verdict = calibration.verdict(probability, is_ambiguous(standing, probability, signs))
        passages = [self._found(standing, row, probability) for row in standing.order[: max(limit, MOST_CHOICES)]]
        offered = choices_of(verdict, passages)
        return SearchResult(
            index_version=self.manifest.version,
            verdict=verdict,
            probability=probability,
            passages=passages[:limit],
            choices=[found.passage_id for found in offered],
            also=self._also(standing, offered) if verdict in ("answer", "likely") else [],
            features=signs,
        )

    def _standing(self, scored: Scored) -> Standing:
        order = order_of(scored.candidates, scored.scores)
        pages = [self._path(scored.candidates, row) for row in order]
        return Standing(scored.question, scored.candidates, scored.scores, order, pages)

    def _path(self, candidates: Candidates, row: int) -> str:
        return self.index.places[int(candidates.places[row])].page.path

    def _also(self, standing: Standing, offered: Sequence[Found]) -> list[Heading]:
        """Further sections of the page that the first passage is from, those that fit best first."""
        places = [self.index.places[int(standing.candidates.places[row])] for row in standing.order]
        taken = {found.passage_id for found in offered}
        beside = [place for place in places[1:] if place.page is places[0].page]
        rest = [place for place in self.index.sections_of(places[0].page) if place not in places]
        headings = [
            Heading(passage_id=key, heading=place.heading, url=url_of(place))
            for place in (*beside, *rest)
            if (key := passage_id(place.page, place.section)) not in taken and place.section.heading
        ]
        return headings[:MOST_ALSO]

    def _found(
        self,
        standing: Standing,
        row: int,
        probability: float,
    ) -> Found:
        place = self.index.places[int(standing.candidates.places[row])]
        text, more = excerpt_of(self.index, place, standing.question.vector)
        share = float(np.exp(standing.scores[row] - standing.scores[standing.order[0]]))
        return Found(
            passage_id=passage_id(place.page, place.section),
            page=place.page.path,
            page_title=place.page.title,
            heading=place.heading,
            url=url_of(place),
            updated=place.page.updated,
            text=text,
            more=more,
            probability=probability * min(1.0, share),
            score=float(standing.scores[row]),
            facts=front_of(self.index, place),
        )


def choices_of(verdict: Verdict, passages: Sequence[Found]) -> list[Found]:
    """The passages that are offered as headings: beside a likely one the next two, asked back the best few, of
    different headings."""
    first, most = {"likely": (1, 1 + MOST_BESIDE), "clarify": (0, MOST_CHOICES)}.get(verdict, (0, 0))
    by_label: dict[tuple[str, str], Found] = {}
    for found in passages:
        by_label.setdefault((found.page_title, found.heading), found)
    return list(by_label.values())[first:most]


def url_of(place: Place) -> str:
    """The address of a section."""
    return place.page.url + (f"#{place.section.anchor}" if place.section.anchor else "")
