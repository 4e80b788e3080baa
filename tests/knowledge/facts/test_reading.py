from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowledge.facts.fact import Fact
from knowledge.facts.reading import facts_of
from knowledge.page.page import Page, page_from

FRONT = {"title": "Heron 2 tent", "category": "products", "sku": "H2", "url": "/heron-2"}


def page_of(text: str, **front: object) -> Page:
    return page_from("products/heron.md", {**FRONT, **front}, text, "0" * 64)


def facts(text: str, kind: str, **front: object) -> list[Fact]:
    return [fact for fact in facts_of(page_of(text, **front)) if fact.kind == kind]


def words(text: str, kind: str, **front: object) -> list[str]:
    return [fact.words for fact in facts(text, kind, **front)]


WEIGHTS = st.sampled_from(["1.9 kg", "850 g", "1,060 g", "57 lb", "3.5 oz"])
SHAPES = st.sampled_from(
    [
        "| Measure | Heron 2 |\n|---|---|\n| Height | 105 cm |\n| Weight | {} |",
        "| Size | Weight |\n| --- | --- |\n| Long | {} |",
        "|  | Long |\n|---|---|\n| Weight | {} |",
        "- Weight: {}",
        "* **Weight:** {}",
        "1. Weight: {}",
        "Weight: {}",
        "It weighs only {} with its bag.",
        "The bag, weighing about {}, packs small.",
        "A tent, {}, for two.",
        "## Size and weight\n\n{}, packed small.",
    ]
)


@given(WEIGHTS, SHAPES)
@settings(deadline=None)
def test_a_weight_is_read_however_it_is_stated(weight: str, shape: str):
    # An ounce by itself may be one of volume.
    assume("oz" not in weight or "weigh" in shape.lower())
    found = facts(shape.format(weight), "weight")
    assert found and weight in found[0].words
    assert found[0].measures[0].unit == "g"


@given(st.lists(st.one_of(SHAPES.map(lambda shape: shape.format("1.9 kg")), st.text(max_size=80)), max_size=6))
@settings(deadline=None)
def test_every_fact_stands_word_for_word_where_it_says(parts: list[str]):
    page = page_of("A tent.\n\n" + "\n\n".join(parts))
    for fact in facts_of(page):
        if fact.start is not None:
            assert page.text[fact.start : fact.start + len(fact.words)] == fact.words
            assert fact.section is not None and fact.section.start <= fact.start < fact.section.end
            assert fact.label in page.text and fact.variant in page.text


@pytest.mark.parametrize(
    "text",
    [
        "Carries riders weighing up to 120 kg.",
        "| Max load | 18 kg |\n|---|---|\n| Weight of the rider | 90 kg |",
        "It uses about 14 g of gas.",
        "Look at the [Wagtail](/wagtail), which weighs 850 g.",
        "| Size | Chest cm | Weight kg |\n|---|---|---|\n| S | 88 | 60 |",
    ],
)
def test_what_others_weigh_is_not_the_products_weight(text: str):
    assert words(text, "weight") == []


def test_a_price_of_the_front_matter_has_its_currency():
    (price,) = facts("A tent.", "price", price="289.00", currency="EUR")
    assert (price.words, price.label, price.measures[0].low, price.line) == (
        "289.00 EUR",
        "price",
        Decimal("289.00"),
        1,
    )


def test_what_a_spare_part_costs_is_not_the_price():
    assert words("A tent. The footprint costs 39.00 EUR.", "price", price="289.00 EUR") == ["289.00 EUR"]


def test_variants_keep_what_they_are_called():
    table = (
        "| Version | Weight | Price |\n|---|---|---|\n| Regular | 520 g | 129.00 EUR |\n| Wide | 640 g | 149.00 EUR |"
    )
    assert [(fact.variant, fact.words) for fact in facts(table, "weight")] == [("Regular", "520 g"), ("Wide", "640 g")]
    assert words(table, "sizes") == ["Regular", "Wide"]


def test_of_a_table_of_several_products_only_the_own_column_counts():
    table = "| | Heron 2 | Heron 4 |\n|---|---|---|\n| Weight | 1.9 kg | 8.2 kg |"
    assert words(table, "weight") == ["1.9 kg"]


@pytest.mark.parametrize("availability", ["in stock", "out of stock", "preorder"])
def test_availability_in_the_front_matter(availability: str):
    assert words("A tent.", "availability", availability=availability) == [availability]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("## Price and availability of the Heron\n\nThe Heron costs 9.00 EUR and is in stock.", "availability", 1),
        ("What if it is out of stock? If it is sold out we swap it.", "availability", 0),
        ("You can choose rust, moss green or black.", "colours", 1),
        ("A green light means full.", "colours", 0),
        ("- Colour: Red, Blue", "colours", 1),
        ("The comfort temperature is 8 °C and the limit 4 °C.", "warmth", 1),
        ("Wash it at 30 °C.", "warmth", 0),
        ("2-year warranty.", "warranty", 1),
        ("An 8 oz cup has roughly 95 mg of caffeine.", "caffeine", 1),
        ("It holds 22 litres.", "capacity", 1),
        ("Each side takes a 1-litre bottle.", "capacity", 0),
        ("53% polyester, 47% cotton.", "material", 1),
        ("For ages 3 and up.", "age", 1),
        ("Sizes XS to XXL.", "sizes", 1),
    ],
)
def test_kinds_are_told_by_what_stands_around_the_words(text: str, kind: str, expected: int):
    assert len(words(text, kind)) == expected


def test_a_page_that_sells_nothing_has_no_facts():
    page = page_from("delivery.md", {"title": "Delivery", "category": "delivery"}, "- Weight: 2 kg", "0" * 64)
    assert facts_of(page) == ()
