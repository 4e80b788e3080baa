"""Questions on the demo shop's pages: what is answered by facts, and what is left to the search."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.facts.book import FactBook
from knowledge.page.folder import load_pages
from knowledge.page.page import Page
from knowledge.wire.search import FactTable

ROOT = Path(__file__).parents[3]
PAGES = load_pages(ROOT / "knowledge" / "pages").pages
BOOK = FactBook(PAGES)


def page(name: str) -> Page:
    return next(page for page in PAGES if page.path.endswith(f"/{name}.md"))


def said(table: FactTable | None) -> dict[str, list[str]]:
    """The words of each row's first column, by the first word of the product."""
    rows = table.rows if table else []
    return {row.product.split()[0]: [fact.text for fact in row.cells[0].facts] for row in rows}


@pytest.mark.parametrize(
    ("question", "seen", "expected"),
    [
        ("how much is it", "heron-2-tent", {"Heron": ["289.00 EUR"]}),
        ("how heavy is it?", "heron-2-tent", {"Heron": ["1.9 kg", "1.7 kg"]}),
        ("does it come in green", "wagtail-summer-sleeping-bag", {"Wagtail": ["Moss green or slate blue"]}),
        ("is it warm", "dipper-down-sleeping-bag", {"Dipper": ["−1 °C", "−7 °C", "−23 °C"]}),
        ("what sizes", "scree-waterproof-jacket", {"Scree": ["XS", "S", "M", "L", "XL"]}),
        ("how much is the gas canister", None, {"Gas": ["7.50 EUR"]}),
        ("most expensive jacket", None, {"Scree": ["219.00 EUR"], "Moss": ["169.00 EUR"]}),
        ("sleeping bags under 100 euros", None, {"Wagtail": ["89.00 EUR"]}),
        ("is there a cheaper one?", "dipper-down-sleeping-bag", {"Wagtail": ["89.00 EUR"]}),
        ("lightest sleeping bag", None, {"Wagtail": ["850 g, packed to 30 × 17 cm"], "Dipper": ["980 g", "1,060 g"]}),
    ],
)
def test_answers(question: str, seen: str | None, expected: dict[str, list[str]]):
    table = BOOK.answer(question, page(seen) if seen else None)
    assert said(table) == expected
    assert table is not None and list(said(table)) == list(expected)


def test_the_warmest_is_the_one_for_the_coldest_nights():
    assert list(said(BOOK.answer("which sleeping bag is the warmest"))) == ["Dipper", "Wagtail"]


def test_a_comparison_has_a_column_for_each_kind_that_both_state():
    table = BOOK.answer("heron 2 or heron 4?")
    assert table is not None and [row.product for row in table.rows] == [
        "Heron 2 two-person tent",
        "Heron 4 family tent",
    ]
    assert table.columns[:2] == ["price", "weight"]
    assert table.rows[1].cells[1].facts[0].url == "/products/heron-4-tent#weight-and-packed-size"


@pytest.mark.parametrize(
    ("question", "seen"),
    [
        ("how much is delivery", "heron-2-tent"),
        ("price of shipping to Norway", "heron-2-tent"),
        ("cheapest delivery", None),
        ("how much is a tent repair", None),
        ("how much is it", None),
        ("is it in stock", None),
        ("is it in stock", "heron-2-tent"),
        ("which is the cheapest", None),
        ("tents under 200", None),
        ("tents under 200 dollars", None),
        ("does it come in green", "heron-2-tent"),
        ("does it come in green", "times-and-costs"),
        ("visa or mastercard", None),
        ("free delivery over 50 euros", None),
        ("how do I wash it", "heron-2-tent"),
    ],
)
def test_what_is_left_to_the_search(question: str, seen: str | None):
    assert BOOK.answer(question, page(seen) if seen else None) is None


def test_it_is_the_product_that_was_just_answered_about():
    assert list(said(BOOK.answer("how much is it", None, page("glim-headlamp")))) == ["Glim"]


def test_after_an_answer_about_delivery_the_price_may_be_its():
    assert BOOK.answer("how much is it", page("heron-2-tent"), page("times-and-costs")) is None
    assert BOOK.answer("how heavy is it", page("heron-2-tent"), page("times-and-costs")) is not None


def test_every_word_of_a_table_stands_in_its_page():
    texts = {one.url: f"{one.title}\n{one.price}\n{one.text}" for one in PAGES}
    for question in (
        "heron 2 or heron 4",
        "compare the dipper and the wagtail",
        "cheapest jacket",
        "how big is the slate",
    ):
        table = BOOK.answer(question)
        assert table is not None
        for fact in (fact for row in table.rows for cell in row.cells for fact in cell.facts):
            assert fact.text in texts[fact.url.split("#")[0]]


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_message_is_answered_or_left(message: str):
    table = BOOK.answer(message, page("heron-2-tent"))
    assert table is None or any(cell.facts for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("pages", [(), tuple(one for one in PAGES if one.category != "products")])
def test_a_shop_without_products_has_no_facts(pages: tuple[Page, ...]):
    assert FactBook(pages).answer("which is the cheapest product") is None
