"""Exact words for a person, in many languages."""

import csv

import pytest

from actions.wishes import WORDS, asks_in_so_many_words

WISHES = (
    "no bots. person. now",
    "Send me some human!",
    "is anybody there?",
    "转人工",
    "请转人工",
    "Müşteri temsilcisiyle görüşmek istiyorum.",
    "حولني لموظف لو سمحت",
    "kisi insaan se baat karao please",
    "Bitte Mitarbeiter",
    "상담원 연결해 주세요",
)
OTHERS = (
    "",
    "!!",
    "don't transfer me to an agent, just tell me",
    "不用转人工了",
    "manager, which size is right",
    "he told me to ask for an agent",
    "is there a human i can ring later? not now",
    "one person tent",
    "ich will keinen menschen",
    "please",
)


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_in_so_many_words(text):
    assert asks_in_so_many_words(text)


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_holds_the_words_is_no_wish(text):
    assert not asks_in_so_many_words(text)


def test_every_word_is_found_as_it_is_written():
    rows = list(csv.DictReader(WORDS.open(encoding="utf-8", newline="")))
    assert len(rows) >= 20
    assert [words for row in rows for words in row["words"].split("|") if not asks_in_so_many_words(words)] == []
