from __future__ import annotations

import pytest

from knowledge.text.followup import joined, leaning


@pytest.mark.parametrize(
    ("question", "how"),
    [
        ("and for the other one?", "leans"),
        ("what about Norway", "leans"),
        ("ok thanks, and in winter?", "leans"),
        ("Norway?", "may lean"),
        ("how heavy is it", "may lean"),
        ("can I pay with a gift card and a bank card together", "stands"),
        ("how long does delivery to Norway take", "stands"),
    ],
)
def test_how_much_a_question_leans(question: str, how: str):
    assert leaning(question) == how


def test_a_place_takes_the_place_of_a_place():
    assert joined("what about Norway?", "How much is shipping to Belgium?") == "How much is shipping to Norway?"


def test_a_product_takes_the_place_of_a_product():
    text = joined("and the heron 4?", "how heavy is the heron 2", "Heron 2 two-person tent")
    assert text == "how heavy is the the heron 4?"


def test_what_changes_nothing_is_added():
    assert joined("and by express?", "how long does delivery take?") == "how long does delivery take by express?"


def test_it_is_the_product_that_was_asked_about():
    text = joined("how heavy is it", "is the heron 2 waterproof", "Heron 2 tent", product=True)
    assert text == "how heavy is Heron 2 tent"
