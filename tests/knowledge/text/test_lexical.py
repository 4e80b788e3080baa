from __future__ import annotations

import pytest

from knowledge.text.lexical import Lexicon, Speller, stem, terms


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("returns", "return"),
        ("returned", "return"),
        ("batteries", "battery"),
        ("boxes", "box"),
        ("gas", "gas"),
        ("glass", "glass"),
    ],
)
def test_light_endings_go(word: str, bare: str):
    assert stem(word) == bare


def test_terms_are_folded_without_accents_and_stop_words():
    assert terms("Où are the CAFÉ's tents?") == ["ou", "cafe", "tent"]


def test_the_rarer_word_counts_more():
    lexicon = Lexicon([["tent", "weight"], ["tent", "wash"], ["tent"]])
    scores = lexicon.scores(["tent", "wash"])
    assert scores.argmax() == 1
    assert list(Lexicon([["a"]]).scores(["never"])) == [0.0]
    assert len(Lexicon([]).scores(["a"])) == 0


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("matress cover", "mattress cover"),
        ("my matresss", "my mattress"),
        ("couch cover", "couch cover"),
        ("FF-123 matt", "FF-123 matt"),
        ("", ""),
    ],
)
def test_slips_are_mended_towards_words_of_the_pages(typed: str, mended: str):
    assert Speller({"mattress", "coach", "cover"}, frozenset({"couch", "matt"})).mend(typed) == mended
