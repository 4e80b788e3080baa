"""What the desk says, in every language that it speaks."""

from string import Formatter

import pytest

from handoff.sentences import HOME, SENTENCES, say, spoken

LANGUAGES = sorted(set(SENTENCES) - {HOME})


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_with_the_same_blanks(language):
    assert {n: blanks(t) for n, t in SENTENCES[language].items()} == {n: blanks(t) for n, t in SENTENCES[HOME].items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language):
    assert [
        name for name, text in SENTENCES[language].items() if text == SENTENCES[HOME][name] and name != "date"
    ] == []


@pytest.mark.parametrize(
    ("wishes", "language"), [(("fr", "de"), "fr"), (("xx", "de"), "de"), ((None, None), "en"), (("und",), "en")]
)
def test_the_first_language_that_the_desk_speaks(wishes, language):
    assert spoken(*wishes) == language


def test_a_sentence_with_its_blanks_filled_in():
    assert say("de", "place", place=3) == "Sie sind Nummer 3 in der Warteschlange."
