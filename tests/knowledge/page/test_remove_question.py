from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from knowledge.page.add_question import AddQuestionError, NoSuchPageError, add_question
from knowledge.page.page import read_page
from knowledge.page.remove_question import remove_question
from knowledge.page.sources.draft import one_line
from tests.knowledge.fakes import TENT


def asked(pages: Path, path: str) -> dict[str, tuple[str, ...]]:
    return dict(read_page(path, (pages / path).read_text("utf-8")).asked_as)


@pytest.mark.parametrize("place", ["refunds.md#when-the-money-comes-back", "refunds.md#what-cannot-be-sent-back~2"])
def test_what_was_added_is_taken_back_and_nothing_else_changes(pages: Path, place: str) -> None:
    before = asked(pages, "refunds.md")
    text = (pages / "refunds.md").read_text()
    add_question(pages, place, "and my gas?")
    assert remove_question(pages, place, " and my  gas? ") == "refunds.md"
    assert asked(pages, "refunds.md") == before
    assert (pages / "refunds.md").read_text().split("---\n")[2] == text.split("---\n")[2]


def test_a_line_among_others_goes_alone(pages: Path) -> None:
    text = (pages / "refunds.md").read_text().replace("is my cash\n", "is my cash  # often\n    # and\n    - b\n")
    (pages / "refunds.md").write_text(text)
    remove_question(pages, "refunds.md#when-the-money-comes-back", "b")
    assert (pages / "refunds.md").read_text() == text.replace("    - b\n", "")


def test_the_last_question_takes_the_list_with_it(pages: Path) -> None:
    add_question(pages, "products/heron.md#weight", "how heavy")
    remove_question(pages, "products/heron.md#weight", "how heavy")
    assert (pages / "products/heron.md").read_text() == TENT


def test_a_question_of_two_sections_stays_in_the_other(pages: Path) -> None:
    for anchor in ("weight", "washing"):
        for question in ("well?", f"about {anchor}"):
            add_question(pages, f"products/heron.md#{anchor}", question)
    remove_question(pages, "products/heron.md#washing", "well?")
    assert asked(pages, "products/heron.md") == {"weight": ("well?", "about weight"), "washing": ("about washing",)}


def test_one_that_is_not_there_changes_nothing(pages: Path) -> None:
    before = (pages / "refunds.md").read_bytes()
    assert remove_question(pages, "refunds.md#when-the-money-comes-back", "who?") == "refunds.md"
    assert remove_question(pages, "refunds.md#no-such-heading", "who?") == "refunds.md"
    assert (pages / "refunds.md").read_bytes() == before
    with pytest.raises(NoSuchPageError):
        remove_question(pages, "none.md#x", "who?")


@pytest.mark.parametrize("written", ["asked_as: {Weight: [one, two], Washing: one}", "asked_as:\n  Weight: [one, two]"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_other_ways_of_writing_the_list(pages: Path, written: str, ending: str) -> None:
    source = TENT.replace("sku: FF-TNT-2P", f"{written}\nsku: FF-TNT-2P  # kept").replace("\n", ending)
    (pages / "products/heron.md").write_bytes(source.encode())
    before = asked(pages, "products/heron.md")
    remove_question(pages, "products/heron.md#weight", "one")
    assert asked(pages, "products/heron.md") == {**before, "weight": ("two",)}
    assert f"# kept{ending}".encode() in (pages / "products/heron.md").read_bytes()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3), st.sampled_from(["#weight", ""]))
def test_any_question_that_went_in_comes_out(pages: Path, questions: list[str], anchor: str) -> None:
    (pages / "products/heron.md").write_text(TENT)
    try:
        for question in questions:
            add_question(pages, f"products/heron.md{anchor}", question)
    except AddQuestionError:
        assume(False)
    before = asked(pages, "products/heron.md")[anchor.removeprefix("#")]
    remove_question(pages, f"products/heron.md{anchor}", questions[0])
    after = asked(pages, "products/heron.md").get(anchor.removeprefix("#"), ())
    assert set(before) - set(after) == {one_line(questions[0])}
