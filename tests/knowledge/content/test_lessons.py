"""What may be learned, and whether it does harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.content.lessons import Curriculum, Lesson, impersonal, tried, with_lessons, without_lessons
from knowledge.index.ranking import Calibration
from knowledge.page.folder import load_pages
from knowledge.page.page import Page
from knowledge.search.entities import EntityReader
from tests.knowledge.fakes import WordEmbedder

MONEY, GAS = "refunds.md#when-the-money-comes-back", "refunds.md#what-cannot-be-sent-back"
ORDERS = r"\b[A-Z]{2}-?\d{5,8}\b"


@pytest.fixture
def folder(pages: Path) -> tuple[Page, ...]:
    return load_pages(pages).pages


@pytest.fixture
def curriculum(folder: tuple[Page, ...]) -> Curriculum:
    return Curriculum(folder, EntityReader(folder, ORDERS))


@pytest.mark.parametrize(
    ("place", "question", "standing", "told"),
    [
        (MONEY, "when  do i see\nmy money", "new", "when do i see my money"),
        (f"{MONEY}~2", "weeks?", "new", "weeks?"),
        (MONEY, "Where IS my cash!", "listed", "Where IS my cash!"),
        (GAS, "my cash, where is?", "listed", "my cash, where is?"),
        ("refunds.md#no-such-heading", "well", "gone", "well"),
        ("none.md", "well", "gone", "well"),
        (MONEY, "where is the money for FF-482913?", "new", "where is the money for?"),
        (MONEY, "money … jo@shop.test please send it", "new", "money please send it"),
        (MONEY, "where is …?", "personal", "where is?"),
        (MONEY, "??", "personal", "??"),
    ],
)
def test_what_can_be_learned_of_a_pair(
    curriculum: Curriculum, place: str, question: str, standing: str, told: str
) -> None:
    found = curriculum.learnable(Lesson(place, question))
    assert (found.standing, found.lesson.question) == (standing, told)
    assert (found.section is None) == (standing == "gone")


def test_the_page_as_a_whole_is_its_first_section(curriculum: Curriculum) -> None:
    tent = curriculum.learnable(Lesson("products/heron.md", "tell me of it"))
    assert (tent.lesson.place, tent.section.heading) == ("products/heron.md#weight", "Weight")
    assert curriculum.learnable(Lesson("refunds.md~2", "how does it go")).lesson.place == "refunds.md"


def test_a_telephone_is_nobodys_question(folder: tuple[Page, ...]) -> None:
    reader = EntityReader(folder, ORDERS)
    assert impersonal("call me on +44 20 7946 0958 about it", reader) == "call me on about it"
    assert impersonal("is it 189.00 EUR , or 2 kg ?", reader) == "is it 189.00 EUR , or 2 kg ?"


def test_lessons_come_and_go(folder: tuple[Page, ...]) -> None:
    lessons = [Lesson(GAS, "gas?"), Lesson("products/heron.md#weight", "how heavy")]
    taught = with_lessons(folder, lessons)
    assert [dict(page.asked_as) for page in taught] == [
        {"weight": ("how heavy",)},
        {"when-the-money-comes-back": ("where is my cash",), "what-cannot-be-sent-back": ("gas?",)},
    ]
    assert [page.asked_as for page in without_lessons(taught, lessons)] == [page.asked_as for page in folder]
    assert without_lessons(taught, lessons)[0].digest != taught[0].digest


# An order by what sections are asked as alone.
BY_QUESTIONS = Calibration(features={"asked": 1.0, "asked_near": 1.0})
# Words that no page has: only questions tell where they lead.
OWN = [Lesson(GAS, text) for text in ("kwango blip", "kwango blip today", "any kwango blip soon")]


def test_lessons_that_lead_astray_are_found_out(folder: tuple[Page, ...]) -> None:
    shop, embedder = with_lessons(folder, OWN), WordEmbedder()
    wrong = [
        Lesson(MONEY, f"{text} blip kwango") for text in ("the", "today", "soon", "any", "today any", "soon today")
    ]
    right = [Lesson(GAS, lesson.question) for lesson in wrong]
    harm, good = (tried(shop, lessons, embedder, BY_QUESTIONS) for lessons in (wrong, right))
    assert harm.asked == good.asked == len(OWN) + 1
    assert harm.harmful and harm.before == good.before
    assert not good.harmful
    # It is the same whether they are listed by now or not.
    assert tried(with_lessons(shop, wrong), wrong, embedder, BY_QUESTIONS) == harm


def test_a_shop_without_questions_of_its_own_says_nothing(folder: tuple[Page, ...]) -> None:
    shop = without_lessons(folder, [Lesson(MONEY, "where is my cash")])
    found = tried(shop, [Lesson(GAS, "gas?")], WordEmbedder(), Calibration())
    assert (found.asked, found.harmful) == (0, False)
