"""Passages on the same subject that state different numbers in the same unit.

Two statements are held to contradict each other when they speak of the same subject (near in meaning, or about the
same matter of the shop), share a unit whose values cannot both hold, and differ in no name, table label or
opposing word (“express”, “standard”) that would make them two subjects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.check.statements import Statement, statements_of
from knowledge.check.subjects import LEAST, Subjects
from knowledge.model.reading import Embedder, Vectors
from knowledge.page.page import Page
from knowledge.text.quantities import MONEY, Quantity

PARTNERS: Final = 16  # nearest statements looked at for each
BLOCK: Final = 256


@dataclass(frozen=True)
class Contradiction:
    """Two statements that cannot both hold, the numbers that differ, and how near their subjects are (0 to 1)."""

    one: Statement
    other: Statement
    mine: Quantity
    theirs: Quantity
    nearness: float

    @property
    def said(self) -> tuple[str, str]:
        """The two numbers as they are written."""
        return (
            self.one.text[self.mine.start : self.mine.end],
            self.other.text[self.theirs.start : self.theirs.end],
        )


def contradictions(pages: Iterable[Page], embedder: Embedder) -> list[Contradiction]:
    """Find pairs of statements that cannot both hold, the surest first; each statement is named once if it can be."""
    pages = tuple(pages)
    statements = list(statements_of(pages))
    if len(statements) < 2:
        return []
    subjects = Subjects(pages, statements)
    alone = embedder.embed([statement.masked for statement in statements])
    headed = embedder.embed([f"{statement.heading}. {statement.masked}" for statement in statements])
    found = [
        Contradiction(statements[i], statements[j], mine, theirs, max(nearness))
        for i, j, nearness in _near_pairs(statements, alone, headed)
        for mine, theirs in _differing(statements[i], statements[j])
        if subjects.same(i, j, nearness)
    ]
    return list(_each_once(sorted(found, key=lambda pair: -pair.nearness)))


def _near_pairs(
    statements: list[Statement], alone: Vectors, headed: Vectors
) -> Iterator[tuple[int, int, tuple[float, float]]]:
    """Pairs of different sections that share a unit and are at all near, each once."""
    by_unit: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for unit in {quantity.unit for quantity in statement.quantities}:
            by_unit[unit].append(number)
    seen: set[tuple[int, int]] = set()
    for members in by_unit.values():
        rows = np.array(members)
        for begin in range(0, len(rows), BLOCK):
            some = rows[begin : begin + BLOCK]
            near = np.maximum(alone[some] @ alone[rows].T, headed[some] @ headed[rows].T)
            keep = min(PARTNERS, len(rows))
            best = np.argpartition(-near, keep - 1, axis=1)[:, :keep]
            for row, columns in enumerate(best):
                for column in columns[near[row, columns] >= LEAST]:
                    i, j = sorted((int(some[row]), int(rows[column])))
                    if (i, j) not in seen and statements[i].section is not statements[j].section:
                        seen.add((i, j))
                        yield i, j, (float(alone[i] @ alone[j]), float(headed[i] @ headed[j]))


def _differing(one: Statement, other: Statement) -> Iterator[tuple[Quantity, Quantity]]:
    """The first pair of numbers that cannot both hold, unless some numbers of that unit do agree."""
    for unit in dict.fromkeys(quantity.unit for quantity in one.quantities):
        mine = [quantity for quantity in one.quantities if quantity.unit == unit]
        theirs = [quantity for quantity in other.quantities if quantity.unit == unit]
        pairs = [(a, b) for a in mine for b in theirs]
        if pairs and not any(_compatible(a, b) for a, b in pairs):
            yield pairs[0]
            return


def _compatible(mine: Quantity, theirs: Quantity) -> bool:
    if mine.unit in MONEY and mine.bound != theirs.bound:
        return True  # “from 75 EUR” is a condition, “75 EUR” a price
    return mine.agrees(theirs)


def _each_once(pairs: list[Contradiction]) -> Iterator[Contradiction]:
    seen: set[tuple[str, int]] = set()
    for pair in pairs:
        ends = {(side.page.path, side.start) for side in (pair.one, pair.other)}
        if not ends <= seen:
            seen |= ends
            yield pair
