from __future__ import annotations

import pytest

from knowledge.entities import EntityReader
from knowledge.page import read_page
from tests.knowledge.fakes import TENT


@pytest.fixture
def reader() -> EntityReader:
    return EntityReader([read_page("products/heron.md", TENT)], r"\b[A-Z]{2}-?\d{5,8}\b")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("where is ff-482913", [("order_number", "FF-482913")]),
        ("the heron tnt leaks", [("product", "Heron tent")]),
        ("is ff-tnt-2p in stock", [("sku", "FF-TNT-2P")]),
        ("ship to the uk tomorrow", [("place", "United Kingdom"), ("date", "tomorrow")]),
        ("I paid €20.50 on 3 March", [("money", "€20.50"), ("date", "3 March")]),
        ("mail ann@shop.example or +32 9 555 01 40", [("email", "ann@shop.example"), ("phone", "+3295550140")]),
        ("nothing here", []),
    ],
)
def test_what_is_named_is_found(reader: EntityReader, text: str, found: list[tuple[str, str]]):
    entities = reader.read(text)
    assert [(entity.entity, entity.value) for entity in entities] == found
    assert all(0 <= entity.start < entity.end <= len(text) for entity in entities)
