from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from knowledge.page.page import read_page
from knowledge.search.entities import EntityReader
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


@pytest.mark.parametrize("sku", ["FF TNT 2P", "2P/", "a+b", "12.5/L", "X_1"])
def test_skus_of_any_form_are_found_whole(sku: str):
    reader = EntityReader([read_page("p.md", TENT.replace("FF-TNT-2P", f'"{sku}"'))], r"\b[A-Z]{2}\d{6}\b")
    found = [entity for entity in reader.read(f"is {sku.lower()}, please, in stock") if entity.entity == "sku"]
    assert [(entity.value, entity.start, entity.end) for entity in found] == [(sku, 3, 3 + len(sku))]
    assert not [entity for entity in reader.read(f"is x{sku}x in stock") if entity.entity == "sku"]


def test_the_longer_of_two_names_is_meant():
    pages = [
        read_page(f"products/{title}.md", TENT.replace("title: Heron tent", f"title: {title}"))
        for title in ("Heron", "Heron tent", "Heron tent pole")
    ]
    found = EntityReader(pages, r"\b[A-Z]{2}\d{6}\b").read("does the heron tent pole bend")
    assert [entity.value for entity in found] == ["Heron tent pole"]


class Names:
    """Stands in for spaCy: finds what it is told, and remembers what it was asked."""

    def __init__(self, *places: tuple[str, str]) -> None:
        self.places = places
        self.asked: list[str] = []

    def __call__(self, text: str) -> SimpleNamespace:
        self.asked.append(text)
        found = [(name, label, text.find(name)) for name, label in self.places if name in text]
        return SimpleNamespace(
            ents=[
                SimpleNamespace(text=name, label_=label, start_char=at, end_char=at + len(name))
                for name, label, at in found
            ]
        )


def with_names(*places: tuple[str, str]) -> tuple[EntityReader, Names]:
    names = Names(*places)
    return EntityReader([read_page("p.md", TENT)], r"\b[A-Z]{2}\d{6}\b", cast(Any, names)), names


@pytest.mark.parametrize("text", ["where is my order", "Where is it", "Hi. Where is it? Thanks", "IS IT THERE", ""])
def test_spacy_is_not_asked_without_a_capital_inside_a_sentence(text: str):
    reader, names = with_names()
    reader.read(text)
    assert names.asked == []


def test_spacy_finds_places_that_the_table_does_not_have_and_only_those():
    reader, names = with_names(("Wevelgem", "GPE"), ("Ann", "PERSON"))
    [place] = reader.read("Hello Ann, do you ship to Wevelgem")
    assert (place.entity, place.value, place.start, place.confidence) == ("place", "Wevelgem", 26, 0.7)
    assert len(names.asked) == 1


def test_what_is_known_for_sure_wins_over_what_spacy_finds():
    reader, _ = with_names(("Heron", "GPE"))
    [entity] = reader.read("the Heron tent")
    assert entity.entity == "product"
