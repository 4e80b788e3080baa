from __future__ import annotations

import pytest

from knowledge.text.romanised import in_english, word_lists


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("kitne din me wapas kar sakte hain", "how much days in return do can are"),
        ("battery ka weight kitna hai?", "battery of weight how much is?"),
        ("Delivery KAB hoga", "Delivery when will be"),
    ],
)
def test_hindi_in_latin_letters_is_put_into_english(said: str, read: str):
    assert in_english(said) == read


@pytest.mark.parametrize(
    "said", ["can I do it to me", "is the main log in", "par 3 golf mat", "kya size?", "was kostet der Versand", ""]
)
def test_other_languages_and_a_single_word_stay(said: str):
    assert in_english(said) == said


def test_a_word_has_one_reading_and_is_written_in_lower_case():
    for words in word_lists():
        assert not words.own.keys() & words.shared.keys()
        for word, english in {**words.own, **words.shared}.items():
            assert isinstance(word, str) and isinstance(english, str)
            assert word == word.lower()
