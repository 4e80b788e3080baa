"""What single words tell, language by language."""

import pytest

from actions.wording import index_named, is_latin_hindi, looks_like_question


@pytest.mark.parametrize(
    "text", ["where’s my parcel then", "i was told i can swap it, can i", "kayak rental", "es ist wo genau denn bitte"]
)
def test_what_asks(text):
    assert looks_like_question(text, "en")


@pytest.mark.parametrize("text", ["ah ok, free from 80", "with a hole for the pipe on top"])
def test_a_remark_asks_nothing_where_the_language_is_covered(text):
    assert not looks_like_question(text, "en")
    assert looks_like_question(text, "fi")


def test_hindi_in_latin_letters_takes_two_words_or_one_where_it_is_expected():
    assert is_latin_hindi("return kab tak hoga")
    assert not is_latin_hindi("refund milega please")
    assert is_latin_hindi("refund milega please", expected=True)
    assert not is_latin_hindi("thank you", expected=True)


@pytest.mark.parametrize(
    ("text", "index"),
    [("the second one", 1), ("one", 0), ("3rd, please", 2), ("the last", 2), ("the tent", None)],
)
def test_an_ordinal_points_into_the_list(text, index):
    assert index_named(text, 3) == index


def test_an_ordinal_past_the_end_points_nowhere():
    assert index_named("the third", 2) is None
    assert index_named("the last", 0) is None
