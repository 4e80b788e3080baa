"""Tables of a product's page as cells that each know what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.facts.measures import Measure, measure_of, measures
from knowledge.page.page import Page
from knowledge.page.passage import Unit
from knowledge.text.plain import is_rule
from knowledge.text.quantities import bare, unit_in

_BAR = re.compile(r"(?<!\\)\|")
_SIZED = re.compile(r"^(?:sizes?|frame|EU|UK|US|AU|eu size|uk size|us size|length|model|version)$", re.IGNORECASE)

# A table of the measures that people have tells sizes, and nothing else of the product.
_BODY = re.compile(r"\b(?:chest|bust|waist|hips?|inseam)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """One cell's `words`, a slice of the page at `start`; `label` says of what, `variant` of which size or model.

    `listed` tells that it is itself the name of a size, by which the table's rows go.
    """

    words: str
    start: int
    label: str
    variant: str
    measures: tuple[Measure, ...]
    listed: bool = False


@dataclass(frozen=True)
class _Slice:
    words: str
    start: int


def cells_of(page: Page, rows: list[Unit]) -> Iterator[Cell]:
    """The cells of every table among a section's rows that a row or a column names."""
    for table in _tables(page, rows):
        header, body = table[0], table[1:]
        if any(_BODY.search(cell.words) for cell in header):
            yield from _sizes(header, body)
            continue
        own = _own_column(page, header)
        if own is not None or len(header) == 2:
            yield from _spec(header, body, own or 1)
        if own is None:
            yield from _variants(header, body)


def _tables(page: Page, rows: list[Unit]) -> Iterator[list[list[_Slice]]]:
    """Rows that stand directly below each other, cut into cells; those without a header are left out."""
    groups: list[list[Unit]] = []
    for before, row in pairwise([None, *rows]):
        if (
            before
            and row
            and not page.text[before.end : row.start].strip()
            and page.text.count("\n", before.end, row.start) == 1
        ):
            groups[-1].append(row)
        elif row:
            groups.append([row])
    for group in groups:
        if len(group) > 2 and is_rule(page.text[group[1].start : group[1].end]):
            yield [_cut(page.text, unit) for unit in (group[0], *group[2:])]


def _cut(text: str, row: Unit) -> list[_Slice]:
    source = text[row.start : row.end]
    edges = [-1, *(match.start() for match in _BAR.finditer(source)), len(source)]
    parts = [(first + 1, last) for first, last in pairwise(edges)]
    if source.startswith("|"):
        parts = parts[1:]
    if source.rstrip().endswith("|"):
        parts = parts[:-1]
    return [_trimmed(source, first, last, row.start) for first, last in parts]


def _trimmed(source: str, first: int, last: int, offset: int) -> _Slice:
    words = source[first:last]
    return _Slice(words.strip(), offset + first + len(words) - len(words.lstrip()))


def _own_column(page: Page, header: list[_Slice]) -> int | None:
    """The column of a table that compares products whose header names this one."""
    title = set(re.findall(r"\w+", page.title.lower()))
    named = [set(re.findall(r"\w+", cell.words.lower())) for cell in header]
    own = [number for number, words in enumerate(named) if number and words and words <= title]
    return own[0] if len(own) == 1 else None


def _spec(header: list[_Slice], body: list[list[_Slice]], column: int) -> Iterator[Cell]:
    """Each row is a property: “| Weight | 1.9 kg |”."""
    for row in body:
        if len(row) > column and row[0].words and row[column].words:
            yield _cell(row[column], row[0].words, "", header[column].words)


def _variants(header: list[_Slice], body: list[list[_Slice]]) -> Iterator[Cell]:
    """Each row is a size or a model, each column a property; or the other way round."""
    for row in body:
        for name, cell in list(zip(header, row, strict=False))[1:]:
            if cell.words and name.words:
                yield _cell(cell, name.words, row[0].words, name.words)
                yield _cell(cell, row[0].words, name.words, "")
    if _SIZED.match(header[0].words):
        yield from _sizes(header, body)


def _sizes(header: list[_Slice], body: list[list[_Slice]]) -> Iterator[Cell]:
    for row in body:
        if row and row[0].words:
            yield Cell(row[0].words, row[0].start, header[0].words, "", (), listed=True)


def _cell(cell: _Slice, label: str, variant: str, unit_from: str) -> Cell:
    found = measures(cell.words)
    column = unit_in(unit_from) or unit_in(label)
    if not found and column and (alone := bare(cell.words, column)):
        found = (measure_of(alone),)
    return Cell(cell.words, cell.start, label, variant, found)
