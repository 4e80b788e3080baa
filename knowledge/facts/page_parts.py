"""A product's page cut into what facts are read from: the cells of its tables, its list items and its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.facts.spec_table import Cell, cells_of
from knowledge.page.page import Page, Section
from knowledge.page.passage import Unit, units_of

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")


@dataclass(frozen=True)
class Line:
    """A sentence, or a list item without its mark: `words` is a slice of the page at `start`."""

    start: int
    words: str


@dataclass(frozen=True)
class SectionParts:
    """What one section holds; `first` is the section that its page begins with."""

    section: Section
    first: bool
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]


def parts_of(page: Page) -> tuple[SectionParts, ...]:
    """The parts of every section, in order."""
    return tuple(_parts(page, section, first=number == 0) for number, section in enumerate(page.sections))


def _parts(page: Page, section: Section, first: bool) -> SectionParts:
    units = units_of(page, section)
    cells = tuple(cells_of(page, [unit for unit in units if unit.kind == "row"]))
    lines = tuple(_line(page, unit) for unit in units if unit.kind in ("sentence", "item"))
    return SectionParts(section, first, cells, lines)


def _line(page: Page, unit: Unit) -> Line:
    mark = _ITEM.match(page.text, unit.start, unit.end) if unit.kind == "item" else None
    start = mark.end() if mark else unit.start
    return Line(start, page.text[start : unit.end])
