"""The search: a question in, passages with a probability out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from knowledge.index.features import Candidates, candidates_of, question_of
from knowledge.index.index import Index, Place
from knowledge.index.index_folder import Opened
from knowledge.index.manifest import Manifest
from knowledge.index.ranking import Calibration, Standing, is_ambiguous, order_of, signs_of
from knowledge.index.word_for_word import WordForWord
from knowledge.model.reading import Embedder, Reading
from knowledge.page.page import Page
from knowledge.page.passage import passage_id
from knowledge.search.excerpt import excerpt_of
from knowledge.search.fact_passages import front_of, with_facts
from knowledge.text.followup import Leaning, about, joined, leaning
from knowledge.text.lexical import PlaceVeil, Speller
from knowledge.text.urls import path_of
from knowledge.wire.search import Found, Heading, PageContext, Previous, SearchResult, Verdict

# How much surer a question that leans on the one before must be alone to be read alone.
LEANING_HEAD_START = 0.15
# Among so many of the first passages one has to stand for “it” to be read as the product in view.
NEAR_BEFORE = 3
# How many headings are offered beside a likely passage, instead of one when asked back, and of the same page.
MOST_BESIDE = 2
MOST_CHOICES = 4
MOST_ALSO = 3

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
        self.written = WordForWord(opened.index.questions, opened.index.vocabulary | real_words)
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
        return self.answer(question, senses, embedder.read([one.text for one in senses]), page, limit, previous)

    def senses(self, question: str, previous: Previous | None = None, page: PageContext | None = None) -> list[Sensed]:
        """The ways to take a question, the first being alone. At most three; each has to be embedded."""
        senses = [Sensed("alone", self.mend(question))]
        if leaning(question) == "stands":
            return senses
        if previous is not None:
            answered = self._answered(previous)
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
        previous: Previous | None = None,
    ) -> SearchResult:
        """What is told: a table of product facts where that answers, else passages.

        `readings` is what the model read in each of the `senses`.
        """
        found = self._passages(question, senses, readings, page, limit)
        # Product facts: the one place where a table goes into the result.
        table = self.index.facts.answer(question, self._in_view(page), self._answered(previous))
        return found if table is None else with_facts(found, table, self.index, readings[0].vector)

    def _passages(
        self, question: str, senses: list[Sensed], readings: list[Reading], page: PageContext | None, limit: int
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

    def _answered(self, previous: Previous | None) -> Page | None:
        """The page that the question before was answered from."""
        return self._paths.get((previous.passage_id or "").split("#")[0].split("~")[0]) if previous else None

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
        asked = question_of(question, reading, page, self.written.places(question))
        candidates = candidates_of(self.index, asked)
        calibration: Calibration = self.manifest.calibration
        scores = calibration.scores(candidates)
        order = order_of(candidates, scores)
        if not order:
            return SearchResult(index_version=self.manifest.version, verdict="unknown", probability=0.0, passages=[])
        standing = Standing(asked, candidates, scores, order, [self._path(candidates, row) for row in order])
        signs = signs_of(standing)
        probability = calibration.probability(signs)
        verdict = calibration.verdict(probability, is_ambiguous(standing, probability, signs))
        passages = [self._found(standing, row, probability) for row in order[: max(limit, MOST_CHOICES)]]
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


def _taken(lean: Leaning, alone: SearchResult, after: SearchResult) -> SearchResult:
    if lean == "leans":
        return alone if alone.probability > after.probability + LEANING_HEAD_START else after
    return after if after.verdict == "answer" and alone.verdict != "answer" else alone
