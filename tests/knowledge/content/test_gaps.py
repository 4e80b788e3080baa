from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.gaps import gather
from tests.knowledge.fakes import WordEmbedder

EMBEDDER = WordEmbedder()


def nouns(question: str) -> list[str]:
    return [word for word in question.split() if word in ("kayak", "paddle", "voucher")]


def test_questions_are_gathered_and_named_by_what_they_share() -> None:
    questions = [
        "do you sell a kayak",
        "kayak sell where paddle",
        "is there a kayak you sell",
        "lost my voucher",
        "voucher is lost",
    ]
    gaps = gather(questions, EMBEDDER.embed(questions), nouns)
    assert [(gap.name, set(gap.members)) for gap in gaps] == [("kayak", {0, 1, 2}), ("voucher", {3, 4})]


def test_a_gap_without_a_phrase_bears_its_most_typical_question() -> None:
    [gap] = gather(["why though"], EMBEDDER.embed(["why though"]), nouns)
    assert (gap.name, gap.members) == ("why though", (0,))


def test_nothing_has_no_gaps() -> None:
    assert gather([], np.zeros((0, 64), dtype=np.float32), nouns) == []


@given(st.lists(st.sampled_from(["kayak", "voucher lost", "tent peg", "where is it", "paddle"]), max_size=12))
def test_each_question_is_in_one_gap(questions: list[str]) -> None:
    gaps = gather(questions, EMBEDDER.embed(questions), nouns)
    assert sorted(number for gap in gaps for number in gap.members) == list(range(len(questions)))
    assert all(gap.name for gap in gaps)
