from __future__ import annotations

import pytest

from knowledge.page.page import Page, read_page
from knowledge.search.product_names import ProductNames


def product(title: str, text: str) -> Page:
    name = title.lower().replace(" ", "-")
    head = f"---\ntitle: {title}\nurl: /products/{name}\ncategory: products\nupdated: 2026-04-01\n---\n"
    return read_page(f"products/{name}.md", head + text)


HERON_2 = product("Heron 2 tent", "The Heron 2 is a tent for two. A tent of this size fits one bag.")
HERON_4 = product("Heron 4 tent", "The Heron 4 is a tent for four.")
PLOVER = product("Plover sleeping bag", "The Plover is a bag for winter. Which bag for a tent?")


@pytest.fixture
def names() -> ProductNames:
    return ProductNames([HERON_2, HERON_4, PLOVER])


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("how heavy is the heron 2", HERON_2),
        ("HERON 4?", HERON_4),
        ("does the plover fit in the heron 4 tent", HERON_4),
        ("is the plover warm", PLOVER),
        ("is the heron heavy", None),  # which of the two?
        ("have you a sleeping bag for 2", None),  # words, no names
        ("", None),
    ],
)
def test_a_word_of_a_title_names_its_product(names: ProductNames, text: str, page: Page | None):
    assert names.named(text) is page


def test_the_other_one_is_the_one_that_shares_the_name(names: ProductNames):
    assert names.sibling(HERON_2) is HERON_4
    assert names.sibling(PLOVER) is None
