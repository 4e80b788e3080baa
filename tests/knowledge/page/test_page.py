from __future__ import annotations

import pytest

from knowledge.errors import PageFaultError
from knowledge.page.page import read_page, sections_of, slug, without_html
from tests.knowledge.fakes import REFUNDS


def test_sections_join_up_to_the_whole_text():
    page = read_page("refunds.md", REFUNDS)
    assert "".join(page.text[section.start : section.end] for section in page.sections) == page.text
    assert [section.anchor for section in page.sections] == [
        "",
        "when-the-money-comes-back",
        "what-cannot-be-sent-back",
    ]
    assert page.body(page.sections[1]).startswith("Within 5 working days")


def test_questions_are_kept_under_their_heading():
    page = read_page("refunds.md", REFUNDS)
    assert page.asked_as == {"when-the-money-comes-back": ("where is my cash",)}
    more = page.with_questions({"when-the-money-comes-back": ("money back?",)})
    assert more.asked_as["when-the-money-comes-back"] == ("where is my cash", "money back?")
    assert more.digest != page.digest


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    plain = read_page("refunds.md", REFUNDS)
    odd = read_page("refunds.md", "\ufeff" + REFUNDS.replace("\n", "\r\n"))
    assert odd.text == plain.text
    assert odd.sections == plain.sections


def test_a_repeated_title_is_no_section_of_its_own():
    page = read_page("a.md", "---\ntitle: Our tents\n---\n# Our tents\n\nAll of them.\n\n## Small\n\nTwo people.\n")
    assert [section.anchor for section in page.sections] == ["", "small"]
    assert page.body(page.sections[0]) == "All of them."


def test_equal_headings_get_anchors_of_their_own():
    assert [section.anchor for section in sections_of("## Size\na\n## Size\nb\n")] == ["size", "size-1"]


def test_a_heading_inside_code_is_no_heading():
    assert len(sections_of("## One\n```\n## not one\n```\n")) == 1


def test_lines_are_counted_as_an_editor_shows_them():
    page = read_page("refunds.md", REFUNDS)
    assert REFUNDS.split("\n")[page.line_of(page.sections[1].start) - 1] == "## When the money comes back"


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("", "empty_page", 1),
        ("   \n", "empty_page", 1),
        ("# Hello\n", "no_front_matter", 1),
        ("---\ntitle: a\n", "open_front_matter", 1),
        ("---\ntitle: a: b\n---\nx\n", "bad_front_matter", 2),
        ("---\n- a\n---\nx\n", "bad_front_matter", 1),
        ("---\nurl: /a\n---\nx\n", "no_title", 1),
        ("---\ntitle: A\n---\n\n", "empty_page", 4),
        ("---\ntitle: A\nasked_as: yes please\n---\nx\n", "bad_asked_as", 1),
    ],
)
def test_what_is_no_page_says_why_and_where(source: str, code: str, line: int):
    with pytest.raises(PageFaultError) as caught:
        read_page("a.md", source)
    fault = caught.value.fault
    assert (fault.code, fault.path, fault.line) == (code, "a.md", line)
    assert fault.remedy.endswith(".")


def test_a_page_without_headings_is_used_and_told_about():
    page = read_page("a.md", "---\ntitle: A\nurl: /a\ncategory: c\nupdated: 2026-01-01\n---\nOnly text.\n")
    assert len(page.sections) == 1
    assert [note.code for note in page.notes] == ["no_headings"]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("a <b>bold</b> word", "a bold word"),
        ("x<script>alert(1)</script>y", "xy"),
        ("<scr<script></script>ipt>alert(1)</script>", ""),
        ("one <!-- two\nlines --> three", "one \n three"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("<https://fellandford.example>", "<https://fellandford.example>"),
    ],
)
def test_raw_html_is_taken_out(written: str, left: str):
    assert without_html(written) == left


def test_slugs_are_those_of_github():
    assert slug("What's in the box, 2 × tents?") == "whats-in-the-box-2--tents"


@pytest.mark.parametrize("front", ["a: " + "[" * 100_000, "a: " + "[" * 450, "- " * 20_000, "a: " + "{b: " * 400])
def test_front_matter_that_nests_without_end_is_a_fault(front: str):
    with pytest.raises(PageFaultError, match="front matter"):
        read_page("deep.md", f"---\ntitle: Deep\n{front}\n---\nText.\n")


def test_front_matter_with_thousands_of_questions_is_read():
    asked = "".join(f"    - question number {number}\n" for number in range(3_000))
    page = read_page("p.md", f"---\ntitle: P\nasked_as:\n  One:\n{asked}---\n## One\n\nText.\n")
    assert len(page.asked_as["one"]) == 3_000
