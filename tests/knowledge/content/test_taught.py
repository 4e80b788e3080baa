from __future__ import annotations

from pathlib import Path

from knowledge.content.lessons import Lesson, with_lessons
from knowledge.content.taught import owed
from knowledge.page.folder import load_pages
from tests.knowledge.fakes import WordEmbedder

MONEY, GAS = "refunds.md#when-the-money-comes-back", "refunds.md#what-cannot-be-sent-back"
LEARNED = [Lesson(MONEY, "refund not on my bank statement"), Lesson(GAS, "gas canister")]


def test_answers_are_owed_to_the_nearest_question_that_was_learned(pages: Path) -> None:
    served = with_lessons(load_pages(pages).pages, LEARNED)
    answers = [
        (MONEY, "my refund, NOT on bank statement!", 0),
        (f"{MONEY}~2", "refund is missing from the bank statement", 0),
        # The editor's own question is nearer.
        (MONEY, "where is my cash then", None),
        (MONEY, "kayaks in norway", None),
        # Answered from another section than it taught.
        (GAS, "refund not on my bank statement", None),
        (GAS, "gas canister", 1),
        ("none.md#x", "gas canister", None),
    ]
    asked = [Lesson(place, question) for place, question, _ in answers]
    assert owed(LEARNED, asked, served, WordEmbedder()) == [number for *_, number in answers]


def test_what_is_not_published_has_taught_nothing(pages: Path) -> None:
    served = load_pages(pages).pages
    assert owed(LEARNED, [LEARNED[0]], served, WordEmbedder()) == [None]
    assert owed([Lesson("none.md", "q")], [Lesson("none.md", "q")], served, WordEmbedder()) == [None]
    assert owed([], [], served, WordEmbedder()) == []
