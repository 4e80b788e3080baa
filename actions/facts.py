"""Product facts as the search found them, as the table that shoppers see: every word from the pages. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from handoff.wire import Facts, PageFact, ProductFacts
from knowledge.wire.search import FactTable, FactWords, Found

# Kinds that are not written as a word.
ABBREVIATIONS = frozenset({"sku"})


def facts_of(table: FactTable) -> Facts:
    """The table that answers a question by itself."""
    rows = [
        ProductFacts(
            product=row.product, url=row.url, cells=[[fact_of(words) for words in cell.facts] for cell in row.cells]
        )
        for row in table.rows
    ]
    return Facts(columns=[column_of(kind) for kind in table.columns], rows=rows, left_out=table.left_out)


def facts_beside(found: Found) -> Facts | None:
    """What stands in no passage of a product's page: its price and the like, to be shown with the page's beginning."""
    if not found.facts:
        return None
    row = ProductFacts(product=found.page_title, url=found.url, cells=[[fact_of(words)] for words in found.facts])
    return Facts(columns=[column_of(words.label) for words in found.facts], rows=[row], beside=True)


def fact_of(words: FactWords) -> PageFact:
    """One fact as it is shown."""
    return PageFact(text=words.text, label=words.label, variant=words.variant, url=words.url)


def column_of(kind: str) -> str:
    """What a column is called."""
    return kind.upper() if kind in ABBREVIATIONS else kind[:1].upper() + kind[1:]


def in_lines(facts: Facts) -> str:
    """The table as text, a line for each product and kind: for letters, and whoever shows no tables."""
    return "\n".join(
        f"{row.product}, {column.lower()}: {stated(cell)}"
        for row in facts.rows
        for column, cell in zip(facts.columns, row.cells, strict=True)
        if cell
    )


def stated(cell: Sequence[PageFact]) -> str:
    """What one page says of one kind; named where it tells several things apart."""
    apart = len({fact.label for fact in cell}) > 1
    return "; ".join(
        ": ".join(part for part in (fact.label if apart else "", fact.variant, fact.text) if part) for fact in cell
    )
