"""Questions and the sections that answer them, as they are learned: what may be, and whether it does harm.

A lesson is one question for one section. It becomes one of the questions that the section is asked as.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.index.held_out import cases_of, own_questions, right_first
from knowledge.index.index import Index, make_index
from knowledge.index.ranking import Calibration
from knowledge.index.word_for_word import WordForWord, words_in
from knowledge.model.reading import Embedder
from knowledge.page.add_question import place_of
from knowledge.page.page import Page, Section
from knowledge.page.sources.draft import one_line
from knowledge.search.entities import EntityReader
from knowledge.wire.learning import Standing, Trial

# What tells whose a question was, and what stands where it was taken out.
PERSONAL: Final = frozenset({"order_number", "email", "phone"})
MASK: Final = "…"
# With something taken out, fewer words than this ask nothing.
FEWEST_WORDS: Final = 3


@dataclass(frozen=True)
class Lesson:
    """A question and the place that answers it: `path#anchor`, or `path` for the page as a whole."""

    place: str
    question: str


@dataclass(frozen=True)
class Learnable:
    """What can be learned of a lesson. `page` and `section` are None where they are gone."""

    lesson: Lesson
    standing: Standing
    page: Page | None = None
    section: Section | None = None


class Curriculum:
    """What a folder of pages can still learn."""

    def __init__(self, pages: Iterable[Page], entities: EntityReader, real_words: frozenset[str] = frozenset()) -> None:
        self._pages = {page.path: page for page in pages}
        self._entities = entities
        asked = [text for page in self._pages.values() for texts in page.asked_as.values() for text in texts]
        self._written = WordForWord(dict.fromkeys(asked, frozenset({0})), real_words)

    def learnable(self, lesson: Lesson) -> Learnable:
        """What can be learned of a lesson, its question without whose it was."""
        question = impersonal(lesson.question, self._entities)
        found = place_and_section(self._pages, lesson.place)
        if found is None:
            return Learnable(Lesson(lesson.place, question), "gone")
        place, page, section = found
        return Learnable(Lesson(place, question), self._standing(lesson.question, question), page, section)

    def _standing(self, said: str, question: str) -> Standing:
        words = words_in(question)
        if not words or (question != one_line(said) and len(words) < FEWEST_WORDS):
            return "personal"
        return "listed" if self._written.places(question) else "new"


def impersonal(text: str, entities: EntityReader) -> str:
    """The text on one line without order numbers, addresses and telephones, and without what was masked before."""
    for found in reversed(entities.read(text)):
        if found.entity in PERSONAL:
            text = f"{text[: found.start]}{MASK}{text[found.end :]}"
    if MASK not in text:
        return one_line(text)
    return re.sub(r"\s+(?=[?!.,;])", "", one_line(text.replace(MASK, " ")))


def place_and_section(pages: Mapping[str, Page], place: str) -> tuple[str, Page, Section] | None:
    """The section of a place or a passage, with its page and the place in one form; None when it is gone.

    What is said of a page as a whole leads to its first section.
    """
    path, anchor = place_of(place)
    page = pages.get(path)
    section = page.section(anchor) or (None if anchor else page.sections[0]) if page else None
    if page is None or section is None:
        return None
    return f"{path}#{section.anchor}" if section.anchor else path, page, section


def with_lessons(pages: Iterable[Page], lessons: Iterable[Lesson]) -> tuple[Page, ...]:
    """The pages with these questions listed."""
    asked = _by_page(lessons)
    return tuple(page.with_questions(asked[page.path]) if page.path in asked else page for page in pages)


def without_lessons(pages: Iterable[Page], lessons: Iterable[Lesson]) -> tuple[Page, ...]:
    """The pages without these questions."""
    asked = _by_page(lessons)
    return tuple(page.unasked(asked[page.path]) if page.path in asked else page for page in pages)


def tried(
    pages: Iterable[Page],
    lessons: Sequence[Lesson],
    embedder: Embedder,
    calibration: Calibration,
    like: Index | None = None,
) -> Trial:
    """Put the shop's own questions, held out, to the pages without the lessons and with them.

    The lessons' own questions are not asked: a wrong one that is repeated would be found right by its fellows. Lessons
    that the pages list already are taken out for the first asking.
    """
    bare = without_lessons(pages, lessons)
    before = make_index(bare, embedder, like=like)
    after = make_index(with_lessons(bare, lessons), embedder, like=before)
    asked = [text for text in own_questions(before) if text in frozenset(after.asked.questions)]
    counts = [right_first(cases_of(index, asked), calibration) for index in (before, after)]
    return Trial(asked=len(asked), before=counts[0], after=counts[1])


def _by_page(lessons: Iterable[Lesson]) -> Mapping[str, dict[str, tuple[str, ...]]]:
    asked: dict[str, dict[str, tuple[str, ...]]] = {}
    for lesson in lessons:
        path, anchor = place_of(lesson.place)
        of_page = asked.setdefault(path, {})
        of_page[anchor] = (*of_page.get(anchor, ()), lesson.question)
    return asked
