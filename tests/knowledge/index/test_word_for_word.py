from __future__ import annotations

import pytest

from knowledge.index.word_for_word import WordForWord

KNOWN = WordForWord(
    {"Do you ship to Malta?": frozenset({1}), "How heavy is the Heron 2": frozenset({2}), "EMI?": frozenset({3})},
    real={"mali", "malta", "ship", "shop", "heavy", "do", "you", "to", "no", "not"},
)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("do you ship to malta", 1),
        ("DO YOU SHIP TO MALTA ???", 1),
        ("to Malta, do you ship", 1),
        ("do you shp to malta", 1),
        ("do yuo ship to mallta", 1),
        ("how hevy is the heron 2", 2),
        ("emi", 3),
    ],
)
def test_the_same_question_in_other_letters_marks_and_order(asked: str, place: int):
    assert KNOWN.places(asked) == {place}


@pytest.mark.parametrize(
    "asked", ["do you ship to mali", "do you not ship to malta", "how heavy is the heron 4", "emu", "", "???"]
)
def test_another_question_is_another(asked: str):
    assert KNOWN.places(asked) == frozenset()


def test_a_question_of_two_sections_leads_to_both():
    assert WordForWord({"How much?": frozenset({1}), "how much": frozenset({2})}).places("How much") == {1, 2}
