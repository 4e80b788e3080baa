from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.diff import KINDS, Diff, compare, diff, kind_of
from knowledge.content.diff_html import diff_html
from knowledge.errors import PagesError
from knowledge.search.answers import QuestionAnswer, open_either
from knowledge.wire.search import Found, Verdict
from tests.knowledge.fakes import TENT, WordEmbedder


def found(passage: str = "a.md#b", text: str = "Words.", title: str = "Page") -> Found:
    return Found(
        passage_id=passage,
        page="a.md",
        page_title=title,
        heading="Heading",
        url="/a",
        updated="2026-01-01",
        text=text,
        probability=0.5,
        score=1.0,
    )


def told(verdict: Verdict, *passages: Found, question: str = "q") -> QuestionAnswer:
    return QuestionAnswer(question, verdict, 0.5, passages)


ANSWER, OTHER = told("answer", found()), told("answer", found("a.md#c"))
REWORDED = told("answer", found(text="Other words."))
CHOICES, OTHER_CHOICES = told("clarify", found()), told("clarify", found(title="Another"))
UNKNOWN = told("unknown", found())


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (ANSWER, ANSWER, "same"),
        (ANSWER, OTHER, "other"),
        (ANSWER, REWORDED, "reworded"),
        (ANSWER, CHOICES, "uncertain"),
        (ANSWER, UNKNOWN, "lost"),
        (CHOICES, ANSWER, "gained"),
        (UNKNOWN, ANSWER, "gained"),
        (CHOICES, CHOICES, "same"),
        (CHOICES, OTHER_CHOICES, "choices"),
        (CHOICES, UNKNOWN, "choices"),
        (UNKNOWN, CHOICES, "choices"),
        (UNKNOWN, told("unknown"), "same"),
    ],
)
def test_what_has_become_of_a_question(old: QuestionAnswer, new: QuestionAnswer, kind: str) -> None:
    assert kind_of(old, new) == kind


def test_the_worst_changes_come_first() -> None:
    changes = compare([ANSWER, UNKNOWN, ANSWER], [ANSWER, ANSWER, UNKNOWN])
    assert [change.kind for change in changes] == ["lost", "gained", "same"]
    counts = Diff("1", "2", changes).counts
    assert list(counts) == list(KINDS)
    assert sum(counts.values()) == 3


def test_two_folders_of_pages(pages: Path, tmp_path: Path, embedder: WordEmbedder) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "heron.md").write_text(TENT.replace("1.9 kg", "2.4 kg"), "utf-8")
    questions = ["what does the tent weigh", "where is my cash"]
    result = diff(pages, new, questions, embedder)
    assert result.old_version != result.new_version
    assert {change.question for change in result.changes} == set(questions)
    assert diff(pages, pages, questions, embedder).changed == ()


def test_a_folder_without_pages_is_one_sentence(tmp_path: Path, embedder: WordEmbedder) -> None:
    with pytest.raises(PagesError):
        open_either(tmp_path, embedder)
    with pytest.raises(PagesError):
        open_either(tmp_path / "none", embedder)


def test_the_html_report_stands_alone_and_shows_each_change() -> None:
    html = diff_html(Diff("v1", "v2", compare([ANSWER, CHOICES], [REWORDED, UNKNOWN])))
    assert "<del>Words.</del>" in html
    assert "<ins>Other words.</ins>" in html
    assert "2 questions, from version v1 to v2" in html
    assert not any(mark in html for mark in ("<script", "http://", "https://", "src="))


NASTY = "<script>alert('x')</script>\"&<img src=x>"


def test_nothing_in_the_report_is_trusted() -> None:
    old = told("answer", found(text=NASTY, title=NASTY), question=NASTY)
    new = told("clarify", found(text=NASTY, title=NASTY), question=NASTY)
    html = diff_html(
        Diff(NASTY, NASTY, compare([old, old], [new, told("answer", found(text="other"), question=NASTY)]))
    )
    assert "<script" not in html
    assert "<img" not in html


@given(st.text(max_size=80), st.text(max_size=80))
def test_marking_loses_no_word(old: str, new: str) -> None:
    html = diff_html(Diff("1", "2", compare([told("answer", found(text=old))], [told("answer", found(text=new))])))
    assert html.endswith("</html>\n")
