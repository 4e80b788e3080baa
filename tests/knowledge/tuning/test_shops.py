from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from knowledge.errors import ModelError
from knowledge.tuning.shops import KINDS, read_shop, read_shops
from tests.knowledge.tuning.conftest import QUESTIONS

LINES = len(QUESTIONS.splitlines())


def test_a_shop_is_read(shops: Path):
    shop = read_shop(shops / "east")
    first = shop.messages[0]
    assert (shop.name, len(shop.pages), len(shop.sections)) == ("east", 3, 7)
    assert (first.text, first.kind, first.sections, first.partly, first.page) == (
        "how much is postage",
        "answer",
        ("delivery.md#cost",),
        ("delivery.md#",),
        "",
    )
    assert shop.messages[3].sections == ("products/copper.md#capacity", "products/steel.md#capacity")
    assert shop.messages[5].page == "products/steel.md"


def test_what_has_an_answer_is_answerable(shops: Path):
    answerable = Counter(message.kind for message in read_shop(shops / "east").messages if message.answerable)
    assert answerable == {"answer": 6, "order": 1}


def test_shops_may_be_chosen_and_left_out(shops: Path):
    assert [shop.name for shop in read_shops(shops)] == ["east", "west"]
    assert [shop.name for shop in read_shops(shops, leave_out=["west"])] == ["east"]
    assert [shop.name for shop in read_shops(shops, only=["west"])] == ["west"]
    assert [shop.name for shop in read_shops(shops, only=["west", "east"])] == ["west", "east"]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("how heavy,answer,delivery.md#weight,,", "no section delivery.md#weight"),
        ("how heavy,answer,delivery.md#cost,nowhere.md#,", "no section nowhere.md#"),
        ("how heavy,answer,delivery.md#cost,,nowhere.md", "no page nowhere.md"),
        ("how heavy,question,delivery.md#cost,,", "the kind 'question'"),
        ("How much is postage,answer,delivery.md#cost,,", "twice"),
        (" ,answer,delivery.md#cost,,", "empty"),
        ("how heavy,answer,delivery.md#cost", "columns"),
        ("how heavy, and how wide,answer,delivery.md#cost,,", "columns"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(shops: Path, row: str, wrong: str):
    file = shops / "east" / "questions.csv"
    file.write_text(f"{QUESTIONS}{row}\n", "utf-8")
    with pytest.raises(ModelError) as caught:
        read_shop(shops / "east")
    assert f"{file}:{LINES + 1}" in caught.value.message
    assert wrong in caught.value.message


def test_other_columns_are_refused(shops: Path):
    (shops / "east" / "questions.csv").write_text("text,sections\n", "utf-8")
    with pytest.raises(ModelError, match=r"questions\.csv:1 .*text,kind,sections,partly,page"):
        read_shop(shops / "east")


def test_a_page_that_cannot_be_used_is_named(shops: Path):
    (shops / "east" / "pages" / "delivery.md").write_text("no front matter", "utf-8")
    with pytest.raises(ModelError, match=r"delivery\.md"):
        read_shop(shops / "east")


def test_shops_that_are_not_there_are_refused(shops: Path, tmp_path: Path):
    with pytest.raises(ModelError, match="no shop north"):
        read_shops(shops, leave_out=["north"])
    with pytest.raises(ModelError, match="no shops"):
        read_shops(tmp_path / "none")


def test_the_shops_that_ship_can_be_read():
    """Reading refuses every label without its section, and every message that stands twice in a shop."""
    shops = read_shops()
    messages = [message for shop in shops for message in shop.messages]
    assert len(shops) == 84
    assert len(messages) == 17_202
    assert {message.kind for message in messages} == set(KINDS)
    assert all(message.sections for message in messages if message.kind == "answer")
    assert not any(message.sections for message in messages if message.kind in ("none", "chat"))
