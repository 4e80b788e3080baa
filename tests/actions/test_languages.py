"""Shoppers who write in another language than the pages, whichever that is."""

import pytest
from babel import Locale

from actions.assistant import Assistant
from actions.escalation import Policy
from actions.languages import SENTENCES
from actions.replay import Episode
from actions.settings import Settings
from tests.actions.turns import typed

GERMAN_SHOP = Assistant(shop="Berg und Tal", policy=Policy(), language="de")
NOTHING = {"verdict": "unknown", "probability": 0.0, "passages": []}


def answer(text, language, assistant=GERMAN_SHOP):
    (message, *_) = Episode(assistant).take(typed(text, language=language, **NOTHING))
    return message.text


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("où est ma commande", "fr", "nos pages sont en allemand"),
        ("where is my order please", "en", "our pages are in German"),
        ("mera order kahan hai yaar", "en", "hamare pages German mein hain"),
    ],
)
def test_what_the_pages_are_written_in_is_the_shops_own(text, language, said):
    assert said in answer(text, language)


def test_who_writes_as_the_pages_do_is_not_told_what_they_are_written_in():
    offers = {words.offer_for("de") for words in SENTENCES.values()}
    assert answer("wo ist meine Bestellung bitte", "de") not in offers


def test_the_brief_names_the_language_last_surely_written_that_is_not_the_pages_own():
    talk = Episode(GERMAN_SHOP)
    talk.take(typed("where is my order please", language="en", **NOTHING))
    (message,) = talk.take(typed("ok", "request_human", detections={"asked": 1.0}, language="de"))
    assert message.handoff.brief.language == "en"


@pytest.mark.parametrize("language", SENTENCES)
def test_every_offer_names_the_pages_language_in_words(language):
    words = SENTENCES[language]
    names = {words.offer_for(pages) for pages in SENTENCES}
    assert len(names) == len(SENTENCES)
    assert not any("{" in name for name in names)
    assert Locale.parse(words.locale).languages["en"] in words.offer_for("en")


def test_a_language_without_a_name_is_named_by_its_code():
    assert "in xx;" in SENTENCES["en"].offer_for("xx")


def test_the_first_expected_language_is_the_pages_own():
    assert Settings(_env_file=None, inner_token="a token for tests only", languages=" de, en").pages_language == "de"
