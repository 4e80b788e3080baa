from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts.question import read_question


@pytest.mark.parametrize(
    ("question", "form", "kinds", "rest"),
    [
        ("how much is it?", "tell", ("price",), ()),
        ("How much does the Heron 2 cost", "tell", ("price",), (("heron", "2"),)),
        ("price", "tell", ("price",), ()),
        ("is it in stock", "tell", ("availability",), ()),
        ("how much does the dipper weigh", "tell", ("weight",), (("dipper",),)),
        ("how much caffeine does it have", "tell", ("caffeine",), ()),
        ("does it come in green", "tell", ("colours",), ()),
        ("do you have it in XL", "tell", ("sizes",), ()),
        ("white colour available?", "tell", ("colours",), ()),
        ("what's it made of", "tell", ("material",), ()),
        ("cheapest tent", "rank", ("price",), (("tent",),)),
        ("which is the warmest?", "rank", ("warmth",), ()),
        ("most expensive jacket", "rank", ("price",), (("jacket",),)),
        ("longest battery life", "rank", ("battery time",), ()),
        ("anything with less caffeine", "beyond", ("caffeine",), ()),
        ("is the heron 2 lighter than the heron 4", "beyond", ("weight",), (("heron", "2"), ("heron", "4"))),
        ("heron 2 or 4?", "compare", (), (("heron", "2"), ("heron", "4"))),
        ("what's the difference between the two sleeping bags", "compare", (), (("two", "sleeping", "bags"),)),
        # What is left over has to name a product: these words will not.
        ("how much is delivery", "tell", ("price",), (("delivery",),)),
        ("price of shipping to Norway", "tell", ("price",), (("shipping", "norway"),)),
        ("how much is a tent repair", "tell", ("price",), (("tent", "repair"),)),
        ("is it warm enough for winter", "tell", ("warmth",), (("enough", "winter"),)),
    ],
)
def test_what_is_asked_and_what_must_name_products(
    question: str, form: str, kinds: tuple[str, ...], rest: tuple[tuple[str, ...], ...]
):
    asked = read_question(question)
    assert asked is not None
    rest = tuple(tuple(word for word in group if word != "two") for group in rest)
    left = tuple(tuple(word for word in group if word != "two") for group in asked.rest)
    assert (asked.form, asked.kinds[:1], left) == (form, kinds, rest)


@pytest.mark.parametrize(
    ("question", "low", "high", "unit"),
    [
        ("tents under 200", None, "200", ""),
        ("tents under £200", None, "200", "GBP"),
        ("tents for less than 200 euros", None, "200", "EUR"),
        ("sleeping bags below 1 kg", None, "1000", "g"),
        ("jackets between 100 and 200", "100", "200", ""),
        ("rucksacks over 40 litres", "40000", None, "ml"),
        ("laptops up to R8,000", None, "8000", "ZAR"),
    ],
)
def test_bounds(question: str, low: str | None, high: str | None, unit: str):
    asked = read_question(question)
    assert asked is not None and asked.form == "within"
    assert (asked.low, asked.high, asked.unit) == (low and Decimal(low), high and Decimal(high), unit)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "hello",
        "where is my order",
        "what is in stock",
        "how do I wash it",
        "how much is the capacity upgrade",
        "the cheapest and the warmest and " + "very " * 20,
        "tents under 1.499 EUR or so",
    ],
)
def test_what_asks_for_no_fact(question: str):
    assert read_question(question) is None


@given(st.text(max_size=200))
def test_any_message_is_read_without_fault(message: str):
    asked = read_question(message)
    assert asked is None or all(group for group in asked.rest)
