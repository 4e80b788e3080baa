from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index.build import index_pages
from knowledge.model.embedder import ModelEmbedder
from knowledge.page.folder import load_pages
from knowledge.search.search import Searcher
from knowledge.wire.search import PageContext, Previous
from tests.knowledge.fakes import WordEmbedder


@pytest.fixture
def searcher(pages: Path, embedder: WordEmbedder) -> Searcher:
    return Searcher(index_pages(load_pages(pages).pages, embedder))


def first(searcher: Searcher, embedder: WordEmbedder, question: str, **given: object) -> str:
    return searcher.search(question, embedder, **given).passages[0].passage_id  # type: ignore[arg-type]


def test_the_section_with_the_words_comes_first(searcher: Searcher, embedder: WordEmbedder):
    result = searcher.search("how much does the heron tent weigh, its weight", embedder)
    found = result.passages[0]
    assert found.passage_id == "products/heron.md#weight"
    assert found.text == "The tent weighs 1.9 kg."
    assert (found.url, found.updated, found.page_title) == ("/products/heron#weight", "2026-04-01", "Heron tent")


def test_a_question_it_is_asked_as_leads_to_its_section(searcher: Searcher, embedder: WordEmbedder):
    assert first(searcher, embedder, "where is my cash") == "refunds.md#when-the-money-comes-back"


def test_slips_of_the_keyboard_are_mended(searcher: Searcher, embedder: WordEmbedder):
    assert first(searcher, embedder, "washng the tennt") == "products/heron.md#washing"


def test_the_same_question_has_the_same_answer(searcher: Searcher, embedder: WordEmbedder):
    assert searcher.search("gas", embedder) == searcher.search("gas", embedder)


@pytest.mark.parametrize("question", ["", "   ", "???", "🙂", "\u202eabc", "x" * 4_000, "zzz qqq"])
def test_odd_questions_are_answered_with_a_verdict(searcher: Searcher, embedder: WordEmbedder, question: str):
    assert searcher.search(question, embedder).verdict in ("answer", "likely", "clarify", "unknown")


@pytest.mark.parametrize("question", ["asdfghjkl", "zzz qqq", "lorem ipsum dolor sit amet"])
def test_nonsense_is_no_answer(pages: Path, model: ModelEmbedder, question: str):
    searcher = Searcher(index_pages(load_pages(pages).pages, model))
    assert searcher.search(question, model).verdict in ("clarify", "unknown")


def test_what_is_likely_is_shown_with_others_to_pick(searcher: Searcher, embedder: WordEmbedder):
    calibration = searcher.manifest.calibration.model_copy(update={"answer_from": 1.1, "likely_from": 0.0})
    searcher.manifest = searcher.manifest.model_copy(update={"calibration": calibration})
    found = searcher.search("how much does the heron tent weigh, its weight", embedder)
    assert found.verdict == "likely"
    assert found.shown == found.passages[0]
    assert len(found.choices) == 2
    assert found.passages[0].passage_id not in found.offered


def test_what_is_sure_comes_with_the_rest_of_its_page(searcher: Searcher, embedder: WordEmbedder):
    calibration = searcher.manifest.calibration.model_copy(update={"answer_from": 0.0})
    searcher.manifest = searcher.manifest.model_copy(update={"calibration": calibration})
    found = searcher.search("how much does the heron tent weigh, its weight", embedder)
    assert (found.verdict, found.choices) == ("answer", [])
    assert all(heading.passage_id.startswith("products/heron.md#") for heading in found.also)
    assert found.also


@pytest.mark.parametrize("question", ["WHERE is my cash??", "cash is my where", "were is my caash"])
def test_a_question_written_down_answers_in_other_letters_marks_and_order(
    searcher: Searcher, embedder: WordEmbedder, question: str
):
    found = searcher.search(question, embedder)
    assert (found.verdict, found.passages[0].passage_id) == ("answer", "refunds.md#when-the-money-comes-back")


def test_the_page_the_shopper_is_on_weighs_a_little(searcher: Searcher, embedder: WordEmbedder):
    here = PageContext(url="https://shop.example/products/heron/?from=mail")
    alone = searcher.search("back", embedder)
    there = searcher.search("back", embedder, page=here)
    rank = [found.passage_id for found in there.passages].index("products/heron.md#washing")
    assert (
        there.passages[rank].score
        > next(f for f in alone.passages if f.passage_id == "products/heron.md#washing").score
    )
    assert there.passages[0].passage_id.startswith("refunds.md")


def test_it_is_the_product_in_view(searcher: Searcher, embedder: WordEmbedder):
    here = PageContext(url="/products/heron")
    found = searcher.search("how much does it weigh", embedder, page=here)
    assert found.passages[0].passage_id == "products/heron.md#weight"
    assert found.probability > searcher.search("how much does it weigh", embedder).probability


def test_it_stays_it_where_no_product_is_in_view(searcher: Searcher, embedder: WordEmbedder):
    senses = searcher.senses("when is it back", page=PageContext(url="/help/refunds"))
    assert [one.sense for one in senses] == ["alone"]


def test_a_question_that_stands_is_taken_one_way(searcher: Searcher, embedder: WordEmbedder):
    here = PageContext(url="/products/heron")
    senses = searcher.senses("can it be paid with a gift card and a bank card together", page=here)
    assert [one.sense for one in senses] == ["alone"]


def test_a_page_answers_for_its_product_only_where_it_says_so(searcher: Searcher, embedder: WordEmbedder):
    found = searcher.search("when does it come back, the money", embedder, page=PageContext(url="/products/heron"))
    assert found.passages[0].page == "refunds.md"


TWO = "how much does the heron tent weigh, its weight, and when does the money come back after refunds"


def test_two_questions_get_two_answers(searcher: Searcher, embedder: WordEmbedder):
    found = searcher.search(TWO, embedder)
    assert found.second is not None
    shown = {one.shown.passage_id for one in (found, found.second) if one.shown}
    assert shown == {"products/heron.md#weight", "refunds.md#when-the-money-comes-back"}


def test_one_question_has_no_second(searcher: Searcher, embedder: WordEmbedder):
    assert searcher.search("how much does the heron tent weigh, its weight", embedder).second is None
    assert searcher.search(TWO.replace("after refunds", "zzz"), embedder).passages


def test_a_follow_up_is_answered_by_the_page_before(searcher: Searcher, embedder: WordEmbedder):
    before = Previous(question="what is the weight of the heron tent", passage_id="products/heron.md#weight")
    found = searcher.search("and by hand?", embedder, previous=before)
    assert found.passages[0].passage_id == "products/heron.md#washing"


def test_what_stands_alone_is_not_drawn_to_the_page_before(searcher: Searcher, embedder: WordEmbedder):
    before = Previous(question="what is the weight of the heron tent", passage_id="products/heron.md#weight")
    found = searcher.search("where is my cash", embedder, previous=before)
    assert found.passages[0].passage_id == "refunds.md#when-the-money-comes-back"
