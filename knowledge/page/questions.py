"""Files of shoppers' questions: one a line, or a CSV that also says which sections answer each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.errors import KnowledgeError
from knowledge.page.page import Page
from knowledge.wire.search import MAX_QUESTION_CHARS

TEXT_COLUMNS: Final = ("question", "text", "query")
ACCEPT_COLUMNS: Final = ("accept", "section", "page")
# What stands in the column of sections when no page answers.
NOTHING: Final = frozenset({"", "-", "none", "out_of_scope", "handoff"})
MAX_QUESTIONS: Final = 100_000


class QuestionsError(KnowledgeError):
    """A file of questions cannot be used."""

    code = "bad_questions"


@dataclass(frozen=True)
class LabelledQuestion:
    """A question, and the places that answer it: `page.md#heading-slug`, or `page.md` for any section of the page.

    `accept` is empty when no page answers it, and None when the file does not say.
    """

    text: str
    accept: tuple[str, ...] | None = None

    def accepts(self, page: str, anchor: str) -> bool:
        """Whether the section with this anchor of this page answers the question."""
        return bool(self.accept) and (page in (self.accept or ()) or f"{page}#{anchor}" in (self.accept or ()))


def read_questions(file: Path, gold: Path | None = None) -> list[LabelledQuestion]:
    """Read a file of questions, each once, in order.

    A `.csv` has a column `question` (or `text`), and may have `accept`: places joined by `|`, empty when no page
    answers. With `gold`, a CSV `label,accept`, the questions have a column `label` instead. Any other file has one
    question a line. Raises `QuestionsError` with one sentence.
    """
    text = _text(file)
    if file.suffix.lower() == ".csv":
        asked = _from_csv(file, text, _labels(gold) if gold else None)
    else:
        asked = [
            LabelledQuestion(line.strip()) for line in text.splitlines() if line.strip() and not line.startswith("#")
        ]
    # The first of equal questions holds, in its own place.
    asked = list({one.text: one for one in (*asked, *reversed(asked))}.values())
    if not asked:
        raise QuestionsError(f"The file {file} has no questions. Write one a line, or a CSV with a column question.")
    if len(asked) > MAX_QUESTIONS:
        raise QuestionsError(
            f"The file {file} has {len(asked)} questions; at most {MAX_QUESTIONS} are asked. Split it."
        )
    return asked


def questions_of(pages: Iterable[Page]) -> list[LabelledQuestion]:
    """The questions that the pages themselves list, each with its section."""
    found: dict[str, list[str]] = {}
    for page in pages:
        for anchor, questions in page.asked_as.items():
            for question in questions:
                found.setdefault(question, []).append(f"{page.path}#{anchor}" if anchor else page.path)
    return [LabelledQuestion(question, tuple(places)) for question, places in found.items()]


def _from_csv(file: Path, text: str, labels: dict[str, tuple[str, ...]] | None) -> list[LabelledQuestion]:
    rows = csv.DictReader(io.StringIO(text))
    columns = rows.fieldnames or []
    column = next((name for name in TEXT_COLUMNS if name in columns), None)
    if column is None:
        raise QuestionsError(f"The file {file} has no column question (it has: {', '.join(columns)}). Name one so.")
    accept = next((name for name in ACCEPT_COLUMNS if name in columns), None)
    if labels is not None and "label" not in columns:
        raise QuestionsError(f"The file {file} has no column label, which --gold needs. Add it, or leave --gold out.")
    try:
        return [_asked(row, column, accept, labels) for row in rows if (row[column] or "").strip()]
    except csv.Error as error:
        raise QuestionsError(f"The file {file} cannot be read at line {rows.line_num}: {error}. Mend it.") from None


def _asked(
    row: dict[str, str], column: str, accept: str | None, labels: dict[str, tuple[str, ...]] | None
) -> LabelledQuestion:
    text = row[column].strip()[:MAX_QUESTION_CHARS]
    if labels is not None:
        return LabelledQuestion(text, labels.get((row["label"] or "").strip(), ()))
    return LabelledQuestion(text, _places(row[accept]) if accept else None)


def _labels(gold: Path) -> dict[str, tuple[str, ...]]:
    rows = list(csv.DictReader(io.StringIO(_text(gold))))
    if rows and not {"label", "accept"} <= set(rows[0]):
        raise QuestionsError(f"The file {gold} needs the columns label and accept. It has: {', '.join(rows[0])}.")
    return {row["label"].strip(): _places(row["accept"]) for row in rows}


def _places(given: str | None) -> tuple[str, ...]:
    places = (part.strip() for part in (given or "").split("|"))
    return tuple(place for place in places if place.lower() not in NOTHING)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionsError(f"The file {file} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from None
    except OSError as error:
        raise QuestionsError(f"The file {file} cannot be read: {error.strerror}. Check its name.") from None
