"""Planted contradictions are found, and what only looks like one is let be."""

import pytest

from knowledge.check.contradictions import contradictions
from knowledge.check.prices import wrong_prices
from knowledge.model.embedder import ModelEmbedder
from knowledge.page.page import Page, read_page


def page(name: str, heading: str, body: str, title: str = "", **front: str) -> Page:
    lines = [f"{key}: {value}" for key, value in front.items()]
    head = "\n".join(
        [f"title: {title or name.title()}", f"url: /{name}", "category: help", "updated: 2026-01-01", *lines]
    )
    return read_page(f"{name}.md", f"---\n{head}\n---\n\n## {heading}\n\n{body}\n")


TABLE = """| Country | Working days | Price |
|---|---|---|
| Belgium | 1–2 | 4.90 EUR |
| Norway, Iceland | 5–7 | 16.90 EUR |"""

CONTRADICTING = [
    (
        "You can return it within 30 days of delivery.",
        "Anything can be sent back within 60 days of the day it arrived.",
    ),
    ("Refunds are paid within 14 days.", "You get your refund within 5 days of the day we receive the parcel."),
    ("The tent comes with a warranty of 2 years.", "All tents have a warranty of five years."),
    ("Delivery is free from 50 EUR.", "Standard delivery is free for orders from 75 EUR."),
    ("Our gift cards are valid for 2 years.", "A gift card is valid for 5 years from the day of purchase."),
    ("Orders placed before 12:00 leave the same day.", "Order before 15:00 and your parcel leaves the same day."),
    ("New readers get 15% off their first order.", "New readers of our newsletter get 10% off their first order."),
    ("Delivery to Belgium takes 4 working days.", TABLE),
    ("Standard delivery to Norway costs 19.90 EUR.", TABLE),
    ("The mat is 8 cm thick when it is inflated.", "Inflated, the mat is 6 cm thick."),
]
AGREEING = [
    (
        "You can return it within 60 days of delivery.",
        "Anything can be sent back within 60 days of the day it arrived.",
    ),
    ("Delivery to Belgium takes 1–2 working days.", TABLE),
    ("Delivery to Belgium takes two working days.", TABLE),
    ("Delivery to Germany takes 4 working days.", TABLE),
    ("Express delivery to Belgium costs 9.90 EUR.", "Standard delivery to Belgium costs 4.90 EUR."),
    ("You can pay by Klarna up to 1,000 EUR.", "You can pay by PayPal up to 500 EUR."),
    ("Gift cards start from 20 EUR.", "Gift cards go up to 500 EUR."),
    ("By law you have 14 days to return an order.", "You can return an order within 60 days."),
    ("We answer e-mails within one working day.", "Repairs take 10 working days."),
    ("The floor measures 215 × 130 cm.", "The inner tent is 105 cm high."),
    ("Women's medium fits a chest of 90 cm.", "Men's medium fits a chest of 95 cm."),
]


def pair(one: str, other: str) -> list[Page]:
    heading = "Delivery by country" if other == TABLE else "How it goes"
    return [page("alpha", "What to know", one), page("beta", heading, other)]


@pytest.mark.parametrize(("one", "other"), CONTRADICTING)
def test_what_cannot_both_hold_is_found(model: ModelEmbedder, one: str, other: str) -> None:
    [found] = contradictions(pair(one, other), model)
    assert found.mine.unit == found.theirs.unit
    assert {found.one.page.path, found.other.page.path} == {"alpha.md", "beta.md"}


@pytest.mark.parametrize(("one", "other"), AGREEING)
def test_what_can_both_hold_is_let_be(model: ModelEmbedder, one: str, other: str) -> None:
    assert contradictions(pair(one, other), model) == []


def test_two_products_may_differ(model: ModelEmbedder) -> None:
    pages = [
        page("heron", "Weight", "The tent weighs 1.9 kg.", sku="T-1"),
        page("dipper", "Weight", "The tent weighs 4.6 kg.", sku="T-2"),
    ]
    assert contradictions(pages, model) == []


def test_two_products_may_not_differ_on_what_holds_for_the_shop(model: ModelEmbedder) -> None:
    pages = [
        page("heron", "Returns", "You can return it within 30 days.", sku="T-1"),
        page("dipper", "Returns", "You can return it within 60 days.", sku="T-2"),
    ]
    assert len(contradictions(pages, model)) == 1


def test_the_place_is_given_by_line(model: ModelEmbedder) -> None:
    pages = pair("First of all.\n\nYou can return it within 30 days.", "You can return it within 60 days.")
    [found] = contradictions(pages, model)
    assert (found.one.line, found.other.line) == (12, 10)
    assert found.said == ("30 days", "60 days")


def test_no_pages_no_contradictions(model: ModelEmbedder) -> None:
    assert contradictions([], model) == []


PRODUCT = {"title": "Heron 2 two-person tent", "sku": "T-1", "price": '"289.00 EUR"'}


@pytest.mark.parametrize(
    "text", ["The Heron 2 costs 279 EUR.", "Our tent (T-1) is 300 EUR.", "Heron 2: 250 EUR in summer."]
)
def test_a_price_that_is_not_the_products_is_found(text: str) -> None:
    pages = [page("heron", "Weight", "It weighs 1.9 kg.", **PRODUCT), page("about", "Prices", text)]
    [fault] = wrong_prices(pages)
    assert (fault.path, fault.line, fault.code) == ("about.md", 10, "contradiction")


@pytest.mark.parametrize(
    "text",
    [
        "The Heron 2 costs 289 EUR.",
        "The Heron 4 costs 449 EUR.",
        "A footprint for the Heron 2 with pegs costs 39 EUR.",
        "Delivery of the Heron 2 is free from 75 EUR.",
    ],
)
def test_other_prices_are_let_be(text: str) -> None:
    pages = [page("heron", "Weight", "It weighs 1.9 kg.", **PRODUCT), page("about", "Prices", text)]
    assert list(wrong_prices(pages)) == []


def test_many_products_of_like_names_are_kept_apart() -> None:
    pages = [
        page(
            f"thing{number}",
            "Cost",
            f"Thing number {number} costs {number} EUR.",
            f"Thing number {number}",
            sku=f"S{number}",
            price=f'"{number}.00 EUR"',
        )
        for number in range(1, 300)
    ]
    assert list(wrong_prices([*pages, page("about", "Prices", "Thing number 7 costs 7 EUR.")])) == []
    [fault] = wrong_prices([*pages, page("about", "Prices", "Thing number 7 costs 8 EUR.")])
    assert "thing7.md" in fault.message
