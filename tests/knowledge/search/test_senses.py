from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.index.build import index_pages
from knowledge.index.features import NAMES, Candidates, ReadQuestion
from knowledge.page.folder import load_pages
from knowledge.search.senses import Scored, Senses, asked_before, best_for_all, fused
from knowledge.wire.search import Asked, PageContext, Previous
from tests.knowledge.fakes import TENT, WordEmbedder

HERON_4 = TENT.replace("Heron tent", "Heron 4 tent").replace("heron", "heron-4").replace("FF-TNT-2P", "FF-TNT-4P")


@pytest.fixture
def senses(pages: Path, embedder: WordEmbedder) -> Senses:
    (pages / "products" / "heron-4.md").write_text(HERON_4.replace("The tent weighs 1.9", "The Heron 4 weighs 3.1"))
    return Senses(index_pages(load_pages(pages).pages, embedder).index)


def texts(senses: Senses, question: str, *before: tuple[str, str | None], page: PageContext | None = None):
    asked = [Asked(question=text, passage_id=passage) for text, passage in before]
    previous = Previous(**asked[0].model_dump(), earlier=asked[1:]) if asked else None
    return {one.sense: one.text for one in senses.of(question, previous, page)}


def test_a_first_question_is_taken_alone(senses: Senses):
    assert texts(senses, "how heavy is it") == {"alone": "how heavy is it"}


def test_a_follow_up_is_read_with_what_came_before_and_with_its_product(senses: Senses):
    found = texts(senses, "and washing?", ("is it heavy", "products/heron.md#weight"), ("do you take cash", None))
    assert found == {
        "alone": "and washing?",
        "after": "is it heavy washing?",
        "earlier": "do you take cash washing?",
        "product": "Heron tent: and washing?",
    }


def test_a_product_named_three_questions_ago_stays_in_view(senses: Senses):
    found = texts(senses, "washing?", ("weight?", None), ("is that heavy", None), ("hi, the heron 4 tent", None))
    assert found["product"] == "Heron 4 tent: washing?"


def test_the_other_one_is_the_other_of_two(senses: Senses):
    talk = [("how heavy is the heron 4", "products/heron-4.md#weight"), ("washing?", "products/heron.md#washing")]
    asked = {"alone": "and the other one?", "other": "how heavy is the Heron tent"}
    assert texts(senses, "and the other one?", talk[0]) == asked
    assert texts(senses, "and the other one?", *reversed(talk)) == {
        "alone": "and the other one?",
        "other": "Heron tent: washing?",
    }


def test_the_other_product_is_asked_about_on_its_page(senses: Senses):
    before = Previous(question="how heavy is the heron 4", passage_id="products/heron-4.md#weight")
    (other,) = (one for one in senses.of("and the other one?", before) if one.sense == "other")
    assert other.page is not None
    assert other.page.url == "/products/heron"


def test_a_follow_up_leans_on_what_the_one_before_leaned_on(senses: Senses):
    found = texts(senses, "and for 2 kg?", ("what about Norway", None), ("what is shipping to Belgium", None))
    assert found["after"] == "what is shipping to our area 2 kg?"


def test_another_product_takes_the_place_of_the_one_before(senses: Senses):
    found = texts(senses, "and the Heron 4?", ("how heavy is the heron tent", None))
    assert found["after"] == "how heavy is the the Heron 4?"


def test_a_question_that_names_its_product_is_about_no_other(senses: Senses):
    assert "product" not in texts(senses, "washing the heron 4?", ("weight?", "products/heron.md#weight"))


def test_the_product_in_view_stands_in_where_none_was_talked_about(senses: Senses):
    here = PageContext(url="/products/heron")
    assert texts(senses, "washing?", ("weight?", None), page=here)["product"] == "Heron tent: washing?"


def test_manners_are_no_question_to_lean_on(senses: Senses):
    assert asked_before(Previous(question="hi", earlier=[Asked(question="ok thanks")])) == ()
    assert texts(senses, "washing?", ("hello", None)) == {"alone": "washing?"}


def scored(places: list[int], scores: list[float]) -> Scored:
    question = ReadQuestion("", np.zeros(1, np.float32), np.zeros((0, 1), np.float32), np.zeros(0, np.int32), ())
    features = np.zeros((len(places), len(NAMES)), np.float32)
    return Scored(question, Candidates(np.array(places), features), np.array(scores, np.float32))


def test_what_both_ways_say_a_little_beats_what_one_says_alone():
    both = fused({"alone": scored([1, 2], [5.0, 4.0]), "after": scored([2, 3], [4.0, 1.0])}, frozenset())
    assert [one.scores.tolist() for one in both] == [[3.0, 4.0], [4.0, 2.5]]
    assert len(best_for_all(both)) == 2


def test_the_page_that_answered_before_weighs_a_little():
    (alone,) = fused({"alone": scored([1, 2], [5.0, 4.5])}, frozenset({2}))
    assert alone.scores.tolist() == [5.0, 5.5]


def test_nothing_found_is_nothing():
    nothing = fused({"alone": scored([], []), "after": scored([], [])}, frozenset())
    assert best_for_all(nothing) == []
