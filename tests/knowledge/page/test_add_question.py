from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.page.add_question import AddQuestionError, NoSuchPageError, add_question
from knowledge.page.page import read_page
from tests.knowledge.fakes import TENT


def asked(pages: Path, path: str) -> dict[str, tuple[str, ...]]:
    return dict(read_page(path, (pages / path).read_text("utf-8")).asked_as)


def test_a_question_goes_behind_the_others_and_nothing_else_changes(pages: Path) -> None:
    before = (pages / "refunds.md").read_text()
    add_question(pages, "refunds.md#when-the-money-comes-back", "wheres my refund??")
    after = (pages / "refunds.md").read_text()
    assert after == before.replace("    - where is my cash\n", "    - where is my cash\n    - wheres my refund??\n")


def test_a_heading_without_questions_gets_its_own_list(pages: Path) -> None:
    add_question(pages, "refunds.md#what-cannot-be-sent-back~2", "gas?")
    assert asked(pages, "refunds.md") == {
        "when-the-money-comes-back": ("where is my cash",),
        "what-cannot-be-sent-back": ("gas?",),
    }


def test_a_page_without_any_gets_the_list(pages: Path) -> None:
    add_question(pages, "products/heron.md#weight", "how heavy")
    assert (pages / "products/heron.md").read_text() == TENT.replace(
        "sku: FF-TNT-2P\n", "sku: FF-TNT-2P\nasked_as:\n  Weight:\n    - how heavy\n"
    )


def test_the_page_as_a_whole_may_be_asked(pages: Path) -> None:
    add_question(pages, "products/heron.md", "tell me of the tent")
    assert asked(pages, "products/heron.md") == {"": ("tell me of the tent",)}


def test_a_question_that_is_there_changes_nothing(pages: Path) -> None:
    before = (pages / "refunds.md").read_bytes()
    add_question(pages, "refunds.md#when-the-money-comes-back", " where  is my cash ")
    assert (pages / "refunds.md").read_bytes() == before


@pytest.mark.parametrize(
    "written",
    [
        "asked_as: {Weight: [one], Washing: two}",
        'asked_as:\n    "Weight":   # often\n    - one\n    # more\n    - two\n\n    Washing:\n    - three',
        "asked_as:\n  Weight: [one]\n  Washing:\n    - two",
        "asked_as: {}",
        "asked_as:",
    ],
)
@pytest.mark.parametrize("anchor", ["weight", "washing"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_other_ways_of_writing_the_list(pages: Path, written: str, anchor: str, ending: str) -> None:
    source = TENT.replace("sku: FF-TNT-2P", f"{written}\nsku: FF-TNT-2P  # kept").replace("\n", ending)
    (pages / "products/heron.md").write_bytes(source.encode())
    before = asked(pages, "products/heron.md")
    try:
        add_question(pages, f"products/heron.md#{anchor}", "how: is it?")
    except AddQuestionError:
        assert (pages / "products/heron.md").read_bytes() == source.encode()
        return
    after = asked(pages, "products/heron.md")
    assert after == {**before, anchor: (*before.get(anchor, ()), "how: is it?")}
    assert b"# kept" in (pages / "products/heron.md").read_bytes()


@pytest.mark.parametrize(
    "passage", ["none.md#x", "../outside.md", "/etc/passwd", "refunds.md#no-such-heading", "", "products", "a.html#x"]
)
def test_what_is_not_there_is_one_sentence(pages: Path, passage: str) -> None:
    (pages.parent / "outside.md").write_text(TENT)
    with pytest.raises(NoSuchPageError):
        add_question(pages, passage, "q")


def test_a_page_that_cannot_be_read_is_left_alone(pages: Path) -> None:
    (pages / "bad.md").write_text("no front matter")
    with pytest.raises(AddQuestionError):
        add_question(pages, "bad.md", "q")
    with pytest.raises(AddQuestionError):
        add_question(pages, "refunds.md#when-the-money-comes-back", "  ")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60))
def test_any_question_comes_back_or_is_refused(pages: Path, question: str) -> None:
    (pages / "products/heron.md").write_text(TENT)
    try:
        add_question(pages, "products/heron.md#weight", question)
    except AddQuestionError:
        assert (pages / "products/heron.md").read_text() == TENT
        return
    [kept] = asked(pages, "products/heron.md")["weight"]
    assert kept
