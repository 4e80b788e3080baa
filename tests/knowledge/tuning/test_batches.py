from __future__ import annotations

import random
from collections import Counter

import pytest

from knowledge.tuning.batches import BATCH, FEWEST, Batch, Example, Lessons, Texts, batches, lessons_of
from knowledge.tuning.shops import read_shop
from knowledge.tuning.trial import trials_of
from tests.knowledge.fakes import WordEmbedder

SECTIONS = {f"{page}.md#{n}": Texts((f"text {page}{n}",), (f"head {page}{n}",)) for page in "ab" for n in range(4)}


def shop(messages: int, hard: tuple[str, ...] = ("b.md#0", "b.md#1")) -> Lessons:
    example = {"right": ("a.md#0", "a.md#1"), "partly": frozenset(["a.md#2"]), "hard": hard}
    return Lessons(SECTIONS, tuple(Example(f"message {n}", **example) for n in range(messages)))


def drawn(messages: int, **more: tuple[str, ...]) -> list[Batch]:
    return [batch for seed in range(20) for batch in batches([shop(messages, **more)], random.Random(seed))]


def test_every_message_is_read_once_but_those_of_too_small_a_rest():
    read = Counter(text for batch in batches([shop(2 * BATCH + FEWEST)], random.Random(1)) for text in batch.messages)
    assert read == {f"message {n}": 1 for n in range(2 * BATCH + FEWEST)}
    assert sum(len(one.messages) for one in batches([shop(BATCH + FEWEST - 1)], random.Random(1))) == BATCH


def test_all_right_sections_count_and_what_helps_counts_as_neither():
    for batch in drawn(8):
        for column, text in enumerate(batch.texts):
            assert batch.right[:, column].all() == (text[-2:] in ("a0", "a1"))
            assert batch.partly[:, column].any() == (text[-2:] == "a2")


def test_a_message_always_has_a_right_section_beside_it_and_the_best_more_often():
    every = drawn(FEWEST)
    assert all(batch.right.any(axis=1).all() for batch in every)
    assert all(len(set(batch.texts)) == len(batch.texts) for batch in every)
    assert {text for batch in every for text in batch.texts} >= {"text a0", "text a1"}


def test_wrong_sections_are_those_ranked_high_and_those_of_the_same_page():
    seen = {text[-2:] for batch in drawn(8) for text in batch.texts}
    assert seen == {"a0", "a1", "a3", "b0", "b1"}
    assert {text[-2:] for batch in drawn(8, hard=()) for text in batch.texts} == {"a0", "a1", "a3"}


def test_a_batch_reads_passages_or_headings():
    kinds = {(batch.headings, frozenset(text.split()[0] for text in batch.texts)) for batch in drawn(8)}
    assert kinds == {(False, frozenset(["text"])), (True, frozenset(["head"]))}


def test_equal_chance_gives_equal_batches():
    one, other = (batches([shop(40), shop(9)], random.Random(3)) for _ in range(2))
    assert [(batch.messages, batch.texts) for batch in one] == [(batch.messages, batch.texts) for batch in other]


@pytest.fixture
def lessons(shops) -> Lessons:
    east = read_shop(shops / "east")
    return lessons_of(east, trials_of(east, WordEmbedder()))


def test_a_shop_teaches_what_its_index_would_embed(lessons: Lessons):
    assert lessons.sections["delivery.md#cost"] == Texts(
        ("Delivery: Cost. Postage costs four euro, nothing above fifty.",), ("Cost", "Delivery: Cost")
    )


def test_messages_with_sections_are_learned_from(lessons: Lessons):
    found = [example.text for example in lessons.examples]
    assert found == [
        "how much is postage",
        "do you ship to norway",
        "when do parcels leave",
        "how many litres",
        "is the copper repaired free",
        "litres of water",
        "warranty",
        "warehouse address",
    ]


def test_what_the_search_ranks_high_is_hard_where_it_is_wrong(lessons: Lessons):
    litres = next(example for example in lessons.examples if example.text == "litres of water")
    assert litres.hard[0] == "products/copper.md#capacity"
    for example in lessons.examples:
        assert {*example.right, *example.partly}.isdisjoint(example.hard)
