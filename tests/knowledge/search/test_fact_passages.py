"""Tables of facts in the search's result, on the demo shop's pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index.build import index_pages
from knowledge.page.folder import load_pages
from knowledge.search.search import Searcher
from knowledge.wire.search import PageContext, Previous
from tests.knowledge.fakes import WordEmbedder

PAGES = Path(__file__).parents[3] / "knowledge" / "pages"
SOME = ("heron-2-tent.md", "heron-4-tent.md", "glim-headlamp.md", "times-and-costs.md")
EMBEDDER = WordEmbedder()


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    pages = tuple(page for page in load_pages(PAGES).pages if page.path.rsplit("/")[-1] in SOME)
    return Searcher(index_pages(pages, EMBEDDER))


HERON = PageContext(url="/products/heron-2-tent", sku="FF-TNT-2P")


def test_a_fact_answers_and_its_passage_comes_first(searcher: Searcher):
    result = searcher.search("how heavy is it", EMBEDDER, HERON)
    assert result.verdict == "answer" and result.facts is not None
    assert [fact.text for fact in result.facts.rows[0].cells[0].facts] == ["1.9 kg", "1.7 kg"]
    assert result.passages[0].passage_id == "products/heron-2-tent.md#floor-height-and-weight"
    assert len({found.passage_id for found in result.passages}) == len(result.passages)


def test_the_price_comes_with_the_beginning_of_the_page(searcher: Searcher):
    result = searcher.search("how much is it", EMBEDDER, HERON, limit=1)
    assert result.shown is not None and len(result.passages) == 1
    assert [(fact.label, fact.text) for fact in result.shown.facts] == [("price", "289.00 EUR")]
    assert "289" not in result.shown.text


def test_it_is_what_was_answered_about(searcher: Searcher):
    before = Previous(question="how bright is it", passage_id="products/glim-headlamp.md#brightness-and-burning-time")
    result = searcher.search("how much is it", EMBEDDER, previous=before)
    assert result.facts is not None and [row.product for row in result.facts.rows] == ["Glim rechargeable headlamp"]


@pytest.mark.parametrize("question", ["how much is delivery to norway", "is it in stock", "how do I wash it"])
def test_other_questions_have_no_table(searcher: Searcher, question: str):
    assert searcher.search(question, EMBEDDER, HERON).facts is None


def test_the_price_is_found_where_only_the_front_matter_has_it(searcher: Searcher):
    place = next(place for place in searcher.index.places if place.page.sku == "FF-TNT-2P")
    assert "289.00 EUR" in place.words
    others = [other.words for other in searcher.index.places if other.page is place.page and other is not place]
    assert others and not any("289.00" in words for words in others)
