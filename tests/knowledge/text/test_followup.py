from __future__ import annotations

import pytest

from knowledge.text.followup import asks_for_other, changed_by, joined, leaning, with_other


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
    text = joined("and the heron 4?", "how heavy is the heron 2", replaced="Heron 2 two-person tent")
    assert text == "how heavy is the the heron 4?"


def test_what_changes_nothing_is_added():
    assert joined("and by express?", "how long does delivery take?") == "how long does delivery take by express?"


def test_a_place_alone_changes_the_latest_question_with_a_place():
    before = ["and is it dearer by express?", "what does shipping to Belgium cost", "shipping to France?"]
    assert changed_by("what about Norway", before) == 1
    assert changed_by("how long does it take there", before) == 0
    assert changed_by("Norway?", ["is it warm?"]) == 0


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("and the other one?", True),
        ("how heavy is the other", True),
        ("what other colours are there", False),
        ("on the other hand I already have a tent and a stove and a very warm bag", False),
    ],
)
def test_asking_the_same_of_another_thing(question: str, asks: bool):
    assert asks_for_other(question) is asks


@pytest.mark.parametrize(
    ("question", "title", "read"),
    [
        ("how heavy is the heron 2?", "Heron 2 tent", "how heavy is the Plover bag"),
        ("does the Heron 2 tent pack small", "Heron 2 tent", "does the Plover bag pack small"),
        ("how heavy is it", "Heron 2 tent", "Plover bag: how heavy is it"),
        ("how heavy is it", None, "Plover bag: how heavy is it"),
    ],
)
def test_a_question_about_one_product_is_asked_about_another(question: str, title: str | None, read: str):
    assert with_other(question, title, "Plover bag") == read
