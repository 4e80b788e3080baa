"""The truth that benchmarks measure against: what sections of a shop's pages answer each message, judged by reading."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from knowledge.page.page import Page

ANSWERABLE: Final = ("answer", "order")
KINDS: Final = (*ANSWERABLE, "ambiguous", "none", "human", "chat")


@dataclass(frozen=True)
class Case:
    """One message and its truth. Sections are `page.md#heading-slug`; `page.md#` stands before a page's first heading.

    `sections` are all that answer, best first (for `ambiguous`: what a good question back offers), `partly` those that
    help and do not answer. `page` is the page that the shopper is on, if any.
    """

    text: str
    kind: str
    sections: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    page: str = ""

    @property
    def answerable(self) -> bool:
        """Whether some section answers."""
        return self.kind in ANSWERABLE and bool(self.sections)

    def right(self, passages: Iterable[str], partly: bool = False) -> bool:
        """Whether one of the passages answers, or, with `partly`, helps."""
        wanted = (*self.sections, *self.partly) if partly else self.sections
        return not set(wanted).isdisjoint(section_of(passage) for passage in passages)


def section_of(passage_id: str) -> str:
    """The section that a passage is of, in the form of the truth."""
    path, _, anchor = passage_id.partition("#")
    return f"{path}#{anchor.split('~')[0]}"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_cases(path: Path) -> list[Case]:
    """The messages of a file of answers. Raises `ValueError` naming the line whose kind is none that we know."""
    cases = []
    for line, row in enumerate(rows_of(path), 2):
        if row["kind"] not in KINDS:
            raise ValueError(f"{path}:{line}: the kind {row['kind']!r} is none of {', '.join(KINDS)}.")
        sections, partly = (_places(row.get(column)) for column in ("sections", "partly"))
        cases.append(Case(row["text"], row["kind"], sections, partly, row.get("page") or ""))
    return cases


def in_use(cases: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """What the earlier half of a shop's messages confirms, each its best section alone, and the later half."""
    half = len(cases) // 2
    confirmed = [replace(case, sections=case.sections[:1]) for case in cases[:half] if case.answerable]
    return confirmed, list(cases[half:])


def with_examples(pages: Sequence[Page], examples: Iterable[Case]) -> tuple[Page, ...]:
    """The pages with each answerable example attached to the sections that answer it, as one that they are asked as."""
    questions: dict[str, dict[str, tuple[str, ...]]] = {}
    for example in examples:
        for place in example.sections if example.answerable else ():
            path, _, anchor = place.partition("#")
            by_anchor = questions.setdefault(path, {})
            by_anchor[anchor] = (*by_anchor.get(anchor, ()), example.text)
    return tuple(page.with_questions(questions[page.path]) if page.path in questions else page for page in pages)


def _places(given: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (given or "").split("|") if part.strip())
