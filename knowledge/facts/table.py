"""Facts as the table that is shown: a row a product, a column a kind, every word from the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from knowledge.facts.fact import Fact
from knowledge.page.page import Page
from knowledge.page.passage import passage_id
from knowledge.wire.search import FactCell, FactRow, FactTable, FactWords

# One product's facts may be many (a row a size); beside other products a few have to do.
MOST_ALONE: Final = 10
MOST_BESIDE: Final = 3


def table_of(
    pages: Sequence[Page], kinds: Sequence[str], facts: Callable[[Page, str], list[Fact]], left_out: int = 0
) -> FactTable:
    """The facts of these kinds that each page states."""
    most = MOST_ALONE if len(pages) == 1 else MOST_BESIDE
    rows = [
        FactRow(
            product=page.title,
            url=page.url,
            passage_id=passage_id(page, page.sections[0]),
            cells=[FactCell(facts=list(map(words_of, facts(page, kind)[:most]))) for kind in kinds],
        )
        for page in pages
    ]
    return FactTable(columns=list(kinds), rows=rows, left_out=left_out)


def words_of(fact: Fact) -> FactWords:
    """One fact as it is shown."""
    return FactWords(label=fact.label, variant=fact.variant, text=fact.words, url=fact.url, passage_id=fact.passage_id)
