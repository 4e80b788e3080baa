"""What of a section is shown: all of it when it is short, else the consecutive sentences that fit the question."""

from __future__ import annotations

import numpy as np

from knowledge.index.evidence import Kind
from knowledge.index.index import Index, Place
from knowledge.model.reading import Vectors
from knowledge.page.passage import EXCERPT_WORDS, WHOLE_WORDS, Unit, units_of, words


def excerpt_of(index: Index, place: Place, question: Vectors) -> tuple[str, str | None]:
    """The text to show and, when that is only a part, the whole section. Both are slices of the page's text."""
    page, section = place.page, place.section
    whole = page.body(section)
    if not whole:
        return page.text[section.start : section.end].strip(), None
    if words(whole) <= WHOLE_WORDS:
        return whole, None
    units = units_of(page, section)
    atoms = _atoms(units)
    first, last = _window(page.text, atoms, _nearness(index, place, atoms, question))
    shown = page.text[atoms[first][0].start : atoms[last][1].end]
    return (shown, whole) if len(shown) < len(whole) else (whole, None)


def _nearness(index: Index, place: Place, atoms: list[tuple[Unit, Unit]], question: Vectors) -> list[float]:
    """Each atom's nearness to the question: that of its nearest sentence."""
    near = [0.0] * len(atoms)
    rows = np.arange(place.first, place.last)
    rows = rows[index.ways.kind[rows] == Kind.SENTENCE]
    for row, found in zip(rows, index.vectors.rows(rows) @ question, strict=True):
        begin = int(index.ways.start[row])
        for number, (first, last) in enumerate(atoms):
            if first.start <= begin < last.end:
                near[number] = max(near[number], float(found))
    return near


def _atoms(units: list[Unit]) -> list[tuple[Unit, Unit]]:
    """Runs of units that are only shown together, as (first, last): a table with all its rows; others alone."""
    atoms: list[tuple[Unit, Unit]] = []
    for before, unit in zip([None, *units], units, strict=False):
        if before and unit.kind == "row" and before.kind == "row":
            atoms[-1] = (atoms[-1][0], unit)
        else:
            atoms.append((unit, unit))
    return atoms


def _window(text: str, atoms: list[tuple[Unit, Unit]], near: list[float]) -> tuple[int, int]:
    """First and last atom of the window that grows from the nearest one towards its nearer neighbours."""
    low = high = max(range(len(atoms)), key=near.__getitem__)
    while sides := [side for side in (low - 1, high + 1) if 0 <= side < len(atoms)]:
        side = max(sides, key=near.__getitem__)
        wider = (min(low, side), max(high, side))
        if words(text[atoms[wider[0]][0].start : atoms[wider[1]][1].end]) > EXCERPT_WORDS:
            break
        low, high = wider
    return low, high
