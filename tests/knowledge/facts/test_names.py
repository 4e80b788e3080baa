from __future__ import annotations

import pytest

from knowledge.facts.names import Names
from knowledge.page.page import Page, page_from


def page(title: str, text: str = "Text.", category: str = "products") -> Page:
    return page_from(
        f"{category}/{title.lower().replace(' ', '-')}.md", {"title": title, "category": category}, text, ""
    )


NAMES = Names(
    [
        page("Heron 2 two-person tent"),
        page("Heron 4 family tent"),
        page("Tent repair kit"),
        page("Wagtail summer sleeping bag"),
        page("Dipper down sleeping bag"),
        page("Sleeping bag liner"),
        page("Beck 22 daypack", "A plain small rucksack for a day."),
        page("Carrier 50 trekking rucksack"),
        page("Cellar 2.0 plug-in battery"),
        page("Cellar 5.0 home battery"),
        page("Repairs", "## Repair of a zip\n\nText.", "help"),
    ]
)


def named(*words: str) -> list[str]:
    return [found.title for found in NAMES.named(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("heron", "2"), ["Heron 2 two-person tent"]),
        (("heron",), ["Heron 2 two-person tent", "Heron 4 family tent"]),
        (("tents",), ["Heron 2 two-person tent", "Heron 4 family tent"]),
        (("sleeping", "bags"), ["Wagtail summer sleeping bag", "Dipper down sleeping bag"]),
        (("two", "sleeping", "bags"), ["Wagtail summer sleeping bag", "Dipper down sleeping bag"]),
        (("family", "tent"), ["Heron 4 family tent"]),
        (("wagtial",), []),
        (("wagtails",), ["Wagtail summer sleeping bag"]),
        (("repair",), []),
        (("repair", "kit"), ["Tent repair kit"]),
        (("tent", "delivery"), []),
        (("three", "sleeping", "bags"), []),
        (("2",), []),
        (("batteries",), ["Cellar 2.0 plug-in battery", "Cellar 5.0 home battery"]),
        (("rucksacks",), ["Beck 22 daypack", "Carrier 50 trekking rucksack"]),
    ],
)
def test_names_and_sets(words: tuple[str, ...], expected: list[str]):
    assert named(*words) == expected


def test_products_of_the_same_sort():
    wagtail = NAMES.named(("wagtail",))[0]
    assert [one.title for one in NAMES.kin(wagtail)] == ["Wagtail summer sleeping bag", "Dipper down sleeping bag"]


def test_a_shop_without_products_names_none():
    assert Names([page("Repairs", category="help")]).named(("repairs",)) == ()
