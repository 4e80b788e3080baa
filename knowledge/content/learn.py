"""Learning from a file of old tickets: suggestions, the proof that they help, and writing them down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.content.lessons import Curriculum, Learnable, Lesson, with_lessons
from knowledge.content.tickets import Ticket, Unplaced, placed
from knowledge.errors import KnowledgeError
from knowledge.index.build import index_pages
from knowledge.index.index import Index
from knowledge.index.index_folder import Opened
from knowledge.index.word_for_word import words_in
from knowledge.model.reading import Embedder
from knowledge.page.add_question import add_question, place_of
from knowledge.page.page import Page
from knowledge.search.answers import Progress, answer_all
from knowledge.wire.search import Found

WHY: Final = {
    "listed": "a section is asked it already",
    "gone": "its section is gone",
    "personal": "it asks nothing without whose it was",
}


@dataclass(frozen=True)
class Suggestion:
    """A question for a section, how many tickets say so, and the first one's line."""

    lesson: Lesson
    heading: str
    times: int
    line: int


@dataclass(frozen=True)
class Proof:
    """Suggested questions, each asked with the other half of them listed and without: how many were right first."""

    asked: int
    before: int
    after: int

    @property
    def harmful(self) -> bool:
        """Whether fewer are right than before."""
        return self.after < self.before


@dataclass(frozen=True)
class Learned:
    """What a file teaches, what of it teaches nothing, and what it does to questions that it does not hold."""

    suggestions: tuple[Suggestion, ...]
    unplaced: tuple[Unplaced, ...]
    proof: Proof


def suggested(
    tickets: Sequence[Ticket], pages: Sequence[Page], curriculum: Curriculum
) -> tuple[list[Suggestion], list[Unplaced]]:
    """Each question once, for the section that most tickets say; and what teaches nothing, by line."""
    found, unplaced = placed(tickets, pages)
    groups: dict[tuple[str, ...], list[tuple[Ticket, Learnable]]] = {}
    for ticket, lesson in found:
        one = curriculum.learnable(lesson)
        if one.standing == "new":
            groups.setdefault(tuple(sorted(words_in(one.lesson.question))), []).append((ticket, one))
        else:
            unplaced.append(Unplaced(ticket.line, one.lesson.question, WHY[one.standing]))
    suggestions = []
    for group in groups.values():
        [(place, times)] = Counter(one.lesson.place for _, one in group).most_common(1)
        first, learnable = next((ticket, one) for ticket, one in group if one.lesson.place == place)
        suggestions.append(Suggestion(learnable.lesson, _name(learnable), times, first.line))
        unplaced += [
            Unplaced(ticket.line, one.lesson.question, f"line {first.line} has the same question for another section")
            for ticket, one in group
            if one.lesson.place != place
        ]
    return suggestions, sorted(unplaced, key=lambda one: one.line)


def prove(
    pages: tuple[Page, ...],
    suggestions: Sequence[Suggestion],
    embedder: Embedder,
    real_words: frozenset[str],
    progress: Progress | None = None,
) -> Proof:
    """Split the suggestions in two; each half is asked of the pages as they are, and with the other half listed."""
    lessons = [one.lesson for one in suggestions]
    now = index_pages(pages, embedder)
    before = after = 0
    for half in (0, 1):
        asked, taught = lessons[half::2], lessons[1 - half :: 2]
        before += _right(now, asked, embedder, real_words)
        after += _right(_with(pages, taught, embedder, now.index), asked, embedder, real_words)
        if progress:
            progress(half + 1, 2)
    return Proof(len(lessons), before, after)


def write(folder: Path, suggestions: Sequence[Suggestion]) -> tuple[list[Suggestion], list[Unplaced]]:
    """Write suggestions into the pages; gives those that were, and those whose file cannot be edited, with why."""
    written, refused = [], []
    for one in suggestions:
        try:
            add_question(folder, one.lesson.place, one.lesson.question)
        except KnowledgeError as error:
            refused.append(Unplaced(one.line, one.lesson.question, error.message))
        else:
            written.append(one)
    return written, refused


def _with(pages: tuple[Page, ...], lessons: Sequence[Lesson], embedder: Embedder, like: Index) -> Opened:
    return index_pages(with_lessons(pages, lessons), embedder, like)


def _right(opened: Opened, lessons: Sequence[Lesson], embedder: Embedder, real_words: frozenset[str]) -> int:
    answers = answer_all(opened, [lesson.question for lesson in lessons], embedder, real_words)
    pairs = zip(lessons, answers, strict=True)
    return sum(bool(one.first and _answers(lesson, one.first)) for lesson, one in pairs)


def _answers(lesson: Lesson, found: Found) -> bool:
    return place_of(lesson.place) == place_of(found.passage_id)


def _name(found: Learnable) -> str:
    if found.page is None or found.section is None:
        return ""
    return f"{found.page.title}: {found.section.heading or found.page.title}"
