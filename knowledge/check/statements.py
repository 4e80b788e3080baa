"""Statements: the sentences, list items and table rows of pages that hold a number with a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge.page.page import Page, Section
from knowledge.page.passage import Unit, units_of
from knowledge.text.plain import cells, is_rule, plain
from knowledge.text.quantities import Quantity, bare, quantities, unit_in


@dataclass(frozen=True)
class Statement:
    """One sentence, item or row with numbers. `text` is plain words in which the quantities' offsets count.

    `start` and `end` are its place in `page.text`; `label` is a table row's first cell, `column` its cell's header.
    """

    page: Page
    section: Section
    start: int
    end: int
    text: str
    quantities: tuple[Quantity, ...]
    label: str = ""
    column: str = ""

    @cached_property
    def masked(self) -> str:
        """The text with its numbers taken out and their units left: the subject without the claim."""
        parts, last = [], 0
        for quantity in self.quantities:
            unit = re.sub(r"\^\d", "", quantity.unit)
            parts += [self.text[last : quantity.start], unit]
            last = quantity.end
        return " ".join("".join((*parts, self.text[last:])).split())

    @property
    def heading(self) -> str:
        """The heading it stands under; the page's title above the first one."""
        return self.section.heading or self.page.title

    @property
    def line(self) -> int:
        """The line of the page's file, from 1."""
        return self.page.line_of(self.start)


def statements_of(pages: Iterable[Page]) -> Iterator[Statement]:
    """Every statement with a number and a unit, page by page, in order."""
    for page in pages:
        for section in page.sections:
            yield from _in_section(page, section)


def _in_section(page: Page, section: Section) -> Iterator[Statement]:
    header: list[str] = []
    for unit in units_of(page, section):
        source = page.text[unit.start : unit.end]
        if unit.kind != "row":
            header = []
            yield from _sentence(page, section, unit)
        elif not header:
            header = cells(source)
        elif not is_rule(source):
            yield from _row(page, section, unit, header)


def _sentence(page: Page, section: Section, unit: Unit) -> Iterator[Statement]:
    if unit.kind == "code":
        return
    text = plain(page.text[unit.start : unit.end])
    found = tuple(quantities(text))
    if found:
        yield Statement(page, section, unit.start, unit.end, text, found)


def _row(page: Page, section: Section, unit: Unit, header: list[str]) -> Iterator[Statement]:
    """One statement for each cell that holds a number: “Belgium: Working days 1–2”."""
    row = cells(page.text[unit.start : unit.end])
    label = row[0] if row else ""
    for name, cell in list(zip(header, row, strict=False))[1:]:
        column = unit_in(name)
        alone = bare(cell, column) if column else None
        lead = f"{label}: {name} "
        found = (alone,) if alone else tuple(quantities(cell))
        if found:
            moved = tuple(_moved(quantity, len(lead)) for quantity in found)
            yield Statement(page, section, unit.start, unit.end, lead + cell, moved, label, name)


def _moved(quantity: Quantity, by: int) -> Quantity:
    return Quantity(quantity.unit, quantity.low, quantity.high, quantity.start + by, quantity.end + by, quantity.bound)
