from __future__ import annotations

import pytest

from knowledge.text.language import LanguageReader


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("how long do I have to send it back?", "en"),
        ("wo ist meine bestellung geblieben", "de"),
        ("où est ma commande s'il vous plaît", "fr"),
        ("is it waterproof", "en"),
        ("do you ship to france", "en"),
        ("where is my order", "en"),
        ("COD", "en"),
        ("hi", "en"),
        ("12345 !?", "und"),
        ("", "und"),
    ],
)
def test_languages_are_told_apart_and_doubt_goes_to_the_shops_own(text: str, code: str):
    found, confidence = LanguageReader(["en", "fr", "de", "nl"]).read(text)
    assert found == code
    assert 0.0 <= confidence <= 1.0


def test_one_language_needs_no_telling():
    assert LanguageReader(["nl"]).read("waar is het") == ("nl", 1.0)
