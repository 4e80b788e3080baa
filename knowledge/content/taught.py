"""Which answers are owed to questions that were learned: the same one, or the nearest that the section is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from knowledge.content.lessons import Lesson, place_and_section
from knowledge.index.evidence import asked_of
from knowledge.index.features import ASKED_FROM
from knowledge.index.word_for_word import WordForWord
from knowledge.model.reading import Embedder
from knowledge.page.page import Page

# The sign `asked_near` that a learned question must give an answer for that to be owed to it.
OWED_FROM: Final = 0.3


def owed(
    accepted: Sequence[Lesson], answers: Sequence[Lesson], pages: Iterable[Page], embedder: Embedder
) -> list[int | None]:
    """For each answer the number of the accepted question that it is owed to, or None.

    An answer is a shopper's question with the place that it was answered from. `pages` are those in service: what was
    accepted and is not published, or is gone again, has taught nothing.
    """
    by_path = {page.path: page for page in pages}
    listed: dict[str, tuple[str, ...]] = {}
    lessons: dict[str, dict[str, int]] = {}
    for number, lesson in enumerate(accepted):
        if (found := place_and_section(by_path, lesson.place)) is not None:
            place, page, section = found
            listed[place] = asked_of(page, section)
            if lesson.question in listed[place]:
                lessons.setdefault(place, {})[lesson.question] = number
    told = [found[0] if (found := place_and_section(by_path, one.place)) else "" for one in answers]
    return [
        _owed_to(one.question, listed[place], lessons[place], embedder) if place in lessons else None
        for place, one in zip(told, answers, strict=True)
    ]


def _owed_to(question: str, listed: Sequence[str], lessons: dict[str, int], embedder: Embedder) -> int | None:
    same = WordForWord({text: frozenset({number}) for text, number in lessons.items()}).places(question)
    if same:
        return min(same)
    near = embedder.embed([question, *listed])
    nearness = near[1:] @ near[0]
    best = int(nearness.argmax())
    return lessons.get(listed[best]) if float(nearness[best]) - ASKED_FROM >= OWED_FROM else None
