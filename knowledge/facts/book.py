"""The fact book: a question in, a table of facts out, or nothing where the pages do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

from knowledge.facts.fact import Fact
from knowledge.facts.kinds import BY_NAME, KINDS
from knowledge.facts.names import Names
from knowledge.facts.question import FactQuestion, read_question
from knowledge.facts.reading import front_facts
from knowledge.facts.sheet import FactSheet, less_is_more
from knowledge.facts.table import table_of
from knowledge.page.page import Page
from knowledge.wire.search import FactTable

MOST_ROWS: Final = 6
MOST_COMPARED: Final = 4
MOST_COMPARED_KINDS: Final = 6
# A message of more words is about what was spoken of only when it points at it (“it”, “these”).
SHORT_QUESTION: Final = 7
# What services have as well as products: after an answer about one, “how much is it” may mean that.
OF_SERVICES: Final = frozenset({"price"})

Products = Sequence[Page]


class FactBook:
    """Answers questions about facts from a shop's pages."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.names = Names(pages)
        self.sheet = FactSheet(self.names.products)

    def answer(
        self, question: str, product_in_view: Page | None = None, product_before: Page | None = None
    ) -> FactTable | None:
        """The table that answers a question, or None.

        `product_in_view` is the page that the shopper looks at, `product_before` the one that the question before was
        answered from; either may be a page about something else than a product.
        """
        asked = read_question(question)
        if asked is None:
            return None
        groups = [self.names.named(group) for group in asked.rest]
        if not all(groups):
            return None
        about = self._about(asked, product_in_view, product_before)
        return _ANSWERS[asked.form](self, asked, groups, about)

    def in_front(self, page: Page) -> list[Fact]:
        """What only a product's front matter says: the price, and whether it is in stock."""
        facts = front_facts(page) if page in self.sheet else ()
        return [fact for fact in facts if fact.kind in ("price", "availability")]

    def _about(self, asked: FactQuestion, seen: Page | None, before: Page | None) -> Products:
        """The products that “it” may be: the one in view, and the one that was just answered about."""
        if before is not None and before not in self.sheet and OF_SERVICES & set(asked.kinds):
            return ()
        return _united([(page,) for page in (seen, before) if page is not None and page in self.sheet])

    def _told(self, asked: FactQuestion, groups: Sequence[Products], about: Products) -> FactTable | None:
        pages = _united(groups) or about
        if not groups and not asked.pointing and asked.length > SHORT_QUESTION:
            return None
        if groups and about and asked.it and not set(map(_path, about)) & set(map(_path, pages)):
            return None  # “how much is it used”: the word that names something is said of the product in view
        kinds = [kind for kind in asked.kinds if any(self.sheet.of(page, kind) for page in pages)]
        if not kinds or (not asked.either and len(kinds) < len(asked.kinds)):
            return None
        kinds = kinds[:1] if asked.either else kinds
        said = [page for page in pages if any(self.sheet.of(page, kind) for kind in kinds)]
        return self._table(said, kinds, of=len(pages))

    def _ranked(self, asked: FactQuestion, groups: Sequence[Products], about: Products) -> FactTable | None:
        kind = asked.kinds[0]
        pages = self._whole(asked, groups) if groups else self._meant(asked, kind, about)
        return self._ordered(pages, kind, asked.more) if groups or len(pages) > 1 else None

    def _within(self, asked: FactQuestion, groups: Sequence[Products], about: Products) -> FactTable | None:
        pages = self._whole(asked, groups) if groups else self.names.products if asked.anything else ()
        kind = asked.kinds[0] or self.sheet.kind_in(pages, asked.unit)
        unit = self.sheet.unit(pages, kind) if kind else None
        if kind is None or unit is None or (not asked.unit and kind != "price"):
            return None
        compared, factor = BY_NAME[kind].units.get(asked.unit, ("", "1")) if asked.unit else (unit, "1")
        if compared != unit:
            return None
        low, high = (None if bound is None else bound * Decimal(factor) for bound in (asked.low, asked.high))

        def inside(value: Decimal) -> bool:
            return (low is None or value >= low) and (high is None or value <= high)

        return self._ordered(pages, kind, more=(high is None) != less_is_more(kind, unit), keep=inside)

    def _beyond(self, asked: FactQuestion, groups: Sequence[Products], about: Products) -> FactTable | None:
        kind = asked.kinds[0]
        if len(groups) > 1 and all(len(group) == 1 for group in groups):
            return self._ordered(_united(groups), kind, asked.more)
        reference, pages = self._reference(asked, groups, about)
        unit = self.sheet.unit(pages, kind)
        if unit is None:
            return None
        least = asked.more == less_is_more(kind, unit)
        bound = self.sheet.value(reference, kind, unit, least) if reference else None
        if bound is None:
            return self._ordered(pages, kind, asked.more) if groups or asked.anything else None
        others = [page for page in pages if page is not reference]
        return self._ordered(others, kind, asked.more, keep=lambda one: one < bound if least else one > bound)

    def _reference(
        self, asked: FactQuestion, groups: Sequence[Products], about: Products
    ) -> tuple[Page | None, Products]:
        """The product that others are held against, and the others."""
        seen = about[0] if about else None
        if not groups:
            kin = self.names.kin(seen) if seen else ()
            return seen, kin if len(kin) > 1 else self._meant(asked, asked.kinds[0], about)
        if len(groups[-1]) > 1:
            return seen, groups[-1]
        return groups[-1][0], groups[0] if len(groups) > 1 else self.names.kin(groups[0][0])

    def _compared(self, asked: FactQuestion, groups: Sequence[Products], about: Products) -> FactTable | None:
        pages = _united([*([about[:1]] if len(groups) == 1 and len(groups[0]) == 1 else []), *groups])
        if not 2 <= len(pages) <= MOST_COMPARED:
            return None
        counts = Counter(kind.name for kind in KINDS for page in pages if self.sheet.of(page, kind.name))
        del counts["sku"]
        kinds = sorted(counts, key=lambda kind: -min(counts[kind], 2))
        return self._table(pages, kinds[:MOST_COMPARED_KINDS]) if kinds and counts[kinds[0]] > 1 else None

    def _whole(self, asked: FactQuestion, groups: Sequence[Products]) -> Products:
        """The named products, where the words stand in a title: only of those is it sure that none is missing."""
        whole = len(groups) > 1 or any(self.names.entitled(group) for group in asked.rest)
        return _united(groups) if whole else ()

    def _meant(self, asked: FactQuestion, kind: str, about: Products) -> Products:
        """The products that “the warmest” is one of when no more is said: those like the one spoken of, else those that
        have the kind, where that is telling."""
        if about and not asked.anything:
            return self.names.kin(about[0])
        having = [page for page in self.names.products if self.sheet.of(page, kind)]
        return having if asked.anything or len(having) * 2 < len(self.names.products) else ()

    def _ordered(
        self, pages: Products, kind: str, more: bool, keep: Callable[[Decimal], bool] | None = None
    ) -> FactTable | None:
        """The pages by their numbers, the asked end first; None where most of them give none."""
        unit = self.sheet.unit(pages, kind)
        if unit is None:
            return None
        least = more == less_is_more(kind, unit)
        values = {page.path: self.sheet.value(page, kind, unit, least) for page in pages}
        given = [(value, page) for page in pages if (value := values[page.path]) is not None]
        if len(given) * 2 < len(pages) and keep is None:
            return None
        kept = sorted((one for one in given if keep is None or keep(one[0])), key=lambda one: one[0], reverse=not least)
        of = len(kept) if keep else len(pages)
        return self._table([page for _, page in kept], [kind], of) if kept else None

    def _table(self, pages: Products, kinds: Sequence[str], of: int | None = None) -> FactTable:
        shown = pages[:MOST_ROWS]
        return table_of(shown, kinds, self.sheet.of, left_out=(len(pages) if of is None else of) - len(shown))


_ANSWERS: Final = {
    "tell": FactBook._told,
    "rank": FactBook._ranked,
    "within": FactBook._within,
    "beyond": FactBook._beyond,
    "compare": FactBook._compared,
}


def _path(page: Page) -> str:
    return page.path


def _united(groups: Iterable[Products]) -> Products:
    return list({page.path: page for group in groups for page in group}.values())
