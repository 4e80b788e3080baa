from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.page.folder import load_pages
from knowledge.page.questions import LabelledQuestion, QuestionsError, questions_of, read_questions


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_one_question_a_line_each_once(tmp_path: Path) -> None:
    file = written(tmp_path, "q.txt", "\ufeff# ours\nwhere is it?\n\n  how much \nwhere is it?\n")
    assert read_questions(file) == [LabelledQuestion("where is it?"), LabelledQuestion("how much")]


def test_a_csv_says_which_sections_answer(tmp_path: Path) -> None:
    file = written(tmp_path, "q.csv", "question,accept\nwhere?,a.md#b|c.md\nwhy?,\nwho?,handoff\n")
    assert read_questions(file) == [
        LabelledQuestion("where?", ("a.md#b", "c.md")),
        LabelledQuestion("why?", ()),
        LabelledQuestion("who?", ()),
    ]


def test_labels_with_their_gold(tmp_path: Path) -> None:
    file = written(tmp_path, "q.csv", "text,label\nwhere?,A\nwhy?,out_of_scope\n")
    gold = written(tmp_path, "gold.csv", "label,accept\nA,a.md#b\n")
    assert read_questions(file, gold) == [LabelledQuestion("where?", ("a.md#b",)), LabelledQuestion("why?", ())]


def test_a_csv_without_expectations_says_nothing_of_them(tmp_path: Path) -> None:
    assert read_questions(written(tmp_path, "q.csv", "text\nwhere?\n")) == [LabelledQuestion("where?")]


@pytest.mark.parametrize(
    ("name", "text"),
    [("q.txt", ""), ("q.txt", b"\xff\xfe"), ("q.csv", "words\nx\n"), ("q.csv", "question\n\n"), ("q.csv", "")],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, name: str, text: str | bytes) -> None:
    with pytest.raises(QuestionsError):
        read_questions(written(tmp_path, name, text))


def test_missing_files_and_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="cannot be read"):
        read_questions(tmp_path / "none.txt")
    questions = written(tmp_path, "q.csv", "question\nx\n")
    with pytest.raises(QuestionsError, match="no column label"):
        read_questions(questions, written(tmp_path, "gold.csv", "label,accept\nA,a.md\n"))
    with pytest.raises(QuestionsError, match="label and accept"):
        read_questions(written(tmp_path, "l.csv", "question,label\nx,A\n"), written(tmp_path, "g.csv", "a,b\n1,2\n"))


def test_what_is_accepted() -> None:
    assert LabelledQuestion("q", ("a.md#b",)).accepts("a.md", "b")
    assert not LabelledQuestion("q", ("a.md#b",)).accepts("a.md", "c")
    assert LabelledQuestion("q", ("a.md",)).accepts("a.md", "c")
    assert not LabelledQuestion("q", ()).accepts("a.md", "b")
    assert not LabelledQuestion("q").accepts("a.md", "b")


def test_the_pages_own_questions(pages: Path) -> None:
    found = questions_of(load_pages(pages).pages)
    assert found == [LabelledQuestion("where is my cash", ("refunds.md#when-the-money-comes-back",))]
