"""A table of facts in a search's result: the passage that its first fact stands in comes first."""

from __future__ import annotations

from knowledge.facts.table import words_of
from knowledge.index.index import Index, Place
from knowledge.model.reading import Vectors
from knowledge.page.passage import passage_id
from knowledge.search.excerpt import excerpt_of
from knowledge.wire.search import FactTable, FactWords, Found, SearchResult


def with_facts(result: SearchResult, table: FactTable, index: Index, question: Vectors) -> SearchResult:
    """The result as an answer by the table; its passages stay, behind the one that the first fact stands in."""
    wanted = next(fact.passage_id for row in table.rows for cell in row.cells for fact in cell.facts)
    found = next((one for one in result.passages if one.passage_id == wanted), None)
    first = found or _found(index, wanted, question)
    others = [one for one in result.passages if one.passage_id != wanted]
    passages = [first, *others][: max(1, len(result.passages))]
    return result.model_copy(
        update={"verdict": "answer", "facts": table, "passages": passages, "choices": [], "also": []}
    )


def front_of(index: Index, place: Place) -> list[FactWords]:
    """The price and the like of the front matter, where a product's page begins."""
    return [words_of(fact) for fact in index.facts.in_front(place.page)] if place.number == 0 else []


def _found(index: Index, wanted: str, question: Vectors) -> Found:
    """A passage that the search did not come upon, by its id."""
    place = next(place for place in index.places if passage_id(place.page, place.section) == wanted)
    text, more = excerpt_of(index, place, question)
    return Found(
        passage_id=wanted,
        page=place.page.path,
        page_title=place.page.title,
        heading=place.heading,
        url=place.page.url + (f"#{place.section.anchor}" if place.section.anchor else ""),
        updated=place.page.updated,
        text=text,
        more=more,
        probability=0.0,
        score=0.0,
        facts=front_of(index, place),
    )
