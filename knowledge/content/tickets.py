"""A shop's old tickets: what was asked, and the link or the passage that it was answered with."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from knowledge.content.lessons import Lesson, place_and_section
from knowledge.errors import KnowledgeError
from knowledge.page.add_question import place_of
from knowledge.page.page import Page, slug
from knowledge.text.urls import fragment_of, path_of

QUESTION_FIELDS: Final = ("question", "text", "query", "message")
LINK_FIELDS: Final = ("link", "url", "reply", "answer")
PASSAGE_FIELDS: Final = ("passage", "passage_id", "section")
# What is longer tells a story: as a question of a section it would draw in all that the story touches.
MOST_WORDS: Final = 60
_ADDRESS = re.compile(r"""https?://[^\s<>"')\]]+|(?<![^\s("'])/[^\s<>"')\]]*""", re.IGNORECASE)


class TicketsError(KnowledgeError):
    """A file of tickets cannot be used."""

    code = "bad_tickets"


@dataclass(frozen=True)
class Ticket:
    """One answered question, from one line of a file. Of `link` and `passage` one is enough."""

    line: int
    question: str
    link: str = ""
    passage: str = ""


@dataclass(frozen=True)
class Unplaced:
    """A ticket that teaches nothing, and why."""

    line: int
    question: str
    why: str


def read_tickets(file: Path) -> list[Ticket]:
    """Read a CSV with a header, or a JSONL file of objects; raises `TicketsError` with one sentence.

    The question is in `question` (text, query, message), its answer in `passage` (passage_id, section), as
    `path.md#heading`, or in `link` (url, reply, answer): an address, or a text that holds one.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TicketsError(f"The file {file} cannot be read as UTF-8 text ({error}). Check it.") from None
    rows = list(_objects(file, text) if file.suffix.lower() in (".jsonl", ".ndjson") else _csv(file, text))
    names = {str(name).strip().lower() for _, row in rows for name in row}
    if not names & {*QUESTION_FIELDS} or not names & {*LINK_FIELDS, *PASSAGE_FIELDS}:
        had = ", ".join(sorted(names)) or "nothing"
        raise TicketsError(f"The file {file} needs a column question, and link or passage. It has: {had}.")
    tickets = (_ticket(line, row) for line, row in rows)
    return [ticket for ticket in tickets if ticket.question]


def placed(tickets: Iterable[Ticket], pages: Iterable[Page]) -> tuple[list[tuple[Ticket, Lesson]], list[Unplaced]]:
    """What each ticket teaches, its link mapped to a page by its address and to a section by its heading."""
    by_path = {page.path: page for page in pages}
    by_url = {path_of(page.url): page for page in by_path.values()}
    found, unplaced = [], []
    for ticket in tickets:
        place, why = _passage(ticket, by_path) if ticket.passage else _linked(ticket, by_url)
        if len(ticket.question.split()) > MOST_WORDS:
            place, why = None, f"it has more than {MOST_WORDS} words"
        if place is None:
            unplaced.append(Unplaced(ticket.line, ticket.question, why))
        else:
            found.append((ticket, Lesson(place, ticket.question)))
    return found, unplaced


def _passage(ticket: Ticket, by_path: Mapping[str, Page]) -> tuple[str | None, str]:
    if place_and_section(by_path, ticket.passage) is None:
        return None, f"there is no section {ticket.passage}"
    path, anchor = place_of(ticket.passage)
    return (f"{path}#{anchor}" if anchor else path), ""


def _linked(ticket: Ticket, by_url: Mapping[str, Page]) -> tuple[str | None, str]:
    """The section that the first link to one of the pages leads to."""
    addresses = [found.rstrip(".,;:!?") for found in _ADDRESS.findall(ticket.link)]
    for address in addresses:
        page = by_url.get(path_of(address))
        if page is not None:
            return _heading(page, fragment_of(address))
    return None, f"no page has the address {addresses[0]}" if addresses else "it holds no link"


def _heading(page: Page, fragment: str) -> tuple[str | None, str]:
    if not fragment:
        return page.path, ""
    anchor = next((name for name in (fragment, slug(fragment)) if page.section(name)), None)
    return (f"{page.path}#{anchor}", "") if anchor else (None, f"the page {page.path} has no heading #{fragment}")


def _csv(file: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    try:
        for row in rows:
            yield rows.line_num, {name: value for name, value in row.items() if name}
    except csv.Error as error:
        raise TicketsError(f"The file {file} cannot be read at line {rows.line_num}: {error}. Mend it.") from None


def _objects(file: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise TicketsError(f"Line {number} of {file} is no JSON object. Write one object a line.")
        yield number, row


def _ticket(line: int, row: Mapping[str, Any]) -> Ticket:
    given = {str(name).strip().lower(): value for name, value in row.items()}

    def of(fields: Iterable[str]) -> str:
        texts = (given.get(field) for field in fields)
        return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), "")

    return Ticket(line, of(QUESTION_FIELDS), of(LINK_FIELDS), of(PASSAGE_FIELDS))
