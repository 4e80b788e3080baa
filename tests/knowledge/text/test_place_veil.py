from __future__ import annotations

import pytest

from knowledge.text.gazetteer import around
from knowledge.text.place_veil import PlaceVeil

PAGES = frozenset(["norway", "switzerland", "uk", "canary", "islands", "spain", "we", "ship", "split"])


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("do you deliver to Pune, India?", "do you deliver to our area?"),
        ("do you deliver to Norway?", "do you deliver to Norway?"),
        ("do you ship to Zürich", "do you ship to Switzerland"),
        ("how long to tenerife", "how long to Canary Islands"),  # the nearest around it that the pages name
        ("how long to Ibiza", "how long to Spain"),
        ("to Edinburgh?", "to uk?"),  # as the pages write it
        ("how much to oslo", "how much to Norway"),
        ("can you split my order", "can you split my order"),
    ],
)
def test_a_place_that_no_page_names_is_read_as_one_that_they_do(asked: str, read: str):
    assert PlaceVeil(PAGES).drawn(asked) == read


def test_a_place_lies_in_a_region_and_that_in_a_country():
    assert list(around("Mallorca")) == ["Balearic Islands", "Spain"]
    assert list(around("nowhere")) == []


def test_no_place_lies_in_itself():
    from knowledge.text.gazetteer import lies_in

    assert all(place not in (whole.lower() for whole in around(place)) for place in lies_in())
