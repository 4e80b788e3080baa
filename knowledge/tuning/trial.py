"""Messages put to the search of their shop: what it takes into view for each, and which of that is right."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.index.features import Candidates, ReadQuestion, candidates_of, question_of
from knowledge.index.index import Index, make_index
from knowledge.index.ranking import Calibration, Standing, order_of
from knowledge.index.word_for_word import WordForWord
from knowledge.model.reading import Embedder
from knowledge.page.page import Page
from knowledge.text.lexical import Speller
from knowledge.text.place_veil import PlaceVeil
from knowledge.tuning.shops import Message, Shop, section_key
from knowledge.wire.search import PageContext

READ_TOGETHER = 64


@dataclass(frozen=True)
class Trial:
    """One message and the sections that the search takes into view: `keys[i]` is that of the i-th candidate.

    `right` are those that answer, `helping` those that answer or help, both of shape (candidates,).
    """

    message: Message
    question: ReadQuestion
    candidates: Candidates
    keys: tuple[str, ...]
    right: npt.NDArray[np.bool_]
    helping: npt.NDArray[np.bool_]

    @property
    def elsewhere(self) -> bool:
        """Whether the shopper stands on a page that the message has nothing to do with."""
        return self.question.page is not None and not self.message.page

    def order(self, calibration: Calibration) -> list[int]:
        """The candidates, best first."""
        return order_of(self.candidates, calibration.scores(self.candidates))

    def standing(self, calibration: Calibration) -> Standing:
        """How the candidates stand, as the search sees it."""
        scores = calibration.scores(self.candidates)
        order = order_of(self.candidates, scores)
        pages = [self.keys[row].partition("#")[0] for row in order]
        return Standing(self.question, self.candidates, scores, order, pages)


def trials_of(
    shop: Shop,
    embedder: Embedder,
    real_words: frozenset[str] = frozenset(),
    chance: random.Random | None = None,
    attached: bool = False,
) -> list[Trial]:
    """Every message of a shop, put to an index of its pages.

    With `chance` half of the messages without a page are put from a product's page drawn by it: a chat stays open
    where a shopper happens to be. With `attached` every second answerable message is no trial, but stands on the
    sections that answer it as a question that they are asked as.
    """
    examples = [one for one in shop.messages if attached and one.answerable and not one.page][::2]
    index = make_index(_with_examples(shop.pages, examples), embedder)
    speller, veil = Speller(index.vocabulary, real_words), PlaceVeil(index.vocabulary)
    written = WordForWord(index.questions, index.vocabulary | real_words)
    keys = tuple(section_key(place.page.path, place.section.anchor) for place in index.places)
    messages = [message for message in shop.messages if message not in examples]
    texts = [speller.mend(veil.drawn(message.text)) for message in messages]
    views = _views(shop, messages, chance)
    readings = (reading for batch in _batches(texts) for reading in embedder.read(batch))
    return [
        _trial(index, keys, message, question_of(text, reading, view, written.places(text)))
        for message, text, view, reading in zip(messages, texts, views, readings, strict=True)
    ]


def _trial(index: Index, keys: tuple[str, ...], message: Message, question: ReadQuestion) -> Trial:
    candidates = candidates_of(index, question)
    seen = tuple(keys[int(number)] for number in candidates.places)
    right = np.array([key in message.sections for key in seen], dtype=bool)
    helping = np.array([key in message.partly for key in seen], dtype=bool)
    return Trial(message, question, candidates, seen, right, right | helping)


def _views(shop: Shop, messages: Iterable[Message], chance: random.Random | None) -> list[PageContext | None]:
    """The page that each message is put from."""
    pages = {page.path: page for page in shop.pages}
    products = [page for page in shop.pages if page.category == "products"]
    views = []
    for message in messages:
        page = pages.get(message.page)
        if page is None and chance and products and chance.random() < 0.5:
            page = chance.choice(products)
        views.append(PageContext(url=page.url, title=page.title, sku=page.sku) if page else None)
    return views


def _with_examples(pages: tuple[Page, ...], examples: Iterable[Message]) -> tuple[Page, ...]:
    asked: dict[str, dict[str, tuple[str, ...]]] = {}
    for message in examples:
        for key in message.sections:
            path, _, anchor = key.partition("#")
            sections = asked.setdefault(path, {})
            sections[anchor] = (*sections.get(anchor, ()), message.text)
    return tuple(page.with_questions(asked[page.path]) if page.path in asked else page for page in pages)


def _batches(texts: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(texts), READ_TOGETHER):
        yield texts[begin : begin + READ_TOGETHER]
