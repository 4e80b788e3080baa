"""The facts of all products by kind, and their numbers as far as they compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from knowledge.facts.fact import FRONT, Fact
from knowledge.facts.kinds import BY_NAME, KINDS
from knowledge.facts.measures import MONEY
from knowledge.facts.page_parts import parts_of
from knowledge.facts.reading import facts_of
from knowledge.page.page import Page


class FactSheet:
    """What each product's page states. It is read when it is first asked about, for one kind at a time."""

    def __init__(self, products: Iterable[Page]) -> None:
        self._pages = {page.path: page for page in products}
        self._parts = lru_cache(maxsize=None)(lambda path: parts_of(self._pages[path]))
        self._read = lru_cache(maxsize=None)(self._facts)

    def __contains__(self, page: object) -> bool:
        return isinstance(page, Page) and page.path in self._pages

    def of(self, page: Page, kind: str) -> list[Fact]:
        """A page's facts of a kind in its order: those of the front matter, and of others only the surest."""
        facts = self._read(page.path, kind)
        surest = min((fact.standing for fact in facts if fact.standing != FRONT), default=FRONT)
        return [fact for fact in facts if fact.standing in (FRONT, surest)]

    def unit(self, pages: Iterable[Page], kind: str) -> str | None:
        """The unit in which most of the pages give a kind: numbers of two units are not compared."""
        units = Counter(unit for page in pages for unit in self._units(page, kind))
        return max(units, key=units.__getitem__) if units else None

    def value(self, page: Page, kind: str, unit: str, least: bool) -> Decimal | None:
        """A page's number in a unit: that of the front matter, else the one end of all that it gives."""
        facts = self.of(page, kind)
        front = [fact for fact in facts if fact.standing == FRONT]
        found = [one for fact in front or facts for one in fact.measures if one.unit == unit]
        if not found:
            return None
        return min(one.low for one in found) if least else max(one.high for one in found)

    def kind_in(self, pages: Iterable[Page], unit: str) -> str | None:
        """The kind that a number's unit means: of money, or of none, the price; else what most pages give in it."""
        if not unit or unit in MONEY:
            return "price"
        pages = list(pages)
        counts = {
            kind.name: sum(bool(self.of(page, kind.name)) for page in pages) for kind in KINDS if unit in kind.units
        }
        return max(counts, key=counts.__getitem__) if counts else None

    def _facts(self, path: str, kind: str) -> tuple[Fact, ...]:
        return facts_of(self._pages[path], (BY_NAME[kind],), self._parts(path))

    def _units(self, page: Page, kind: str) -> set[str]:
        return {one.unit for fact in self.of(page, kind) for one in fact.measures}


def less_is_more(kind: str, unit: str) -> bool:
    """Whether a smaller number means more of the kind: −7 °C is warmer than 4 °C."""
    return unit in BY_NAME[kind].turned
