"""Facts of products, and two questions in one message."""

import pytest

from actions.assistant import Assistant
from actions.escalation import Policy
from actions.replay import Episode
from tests.actions.turns import found, likely, pressed, searched, typed

NOTHING = {"verdict": "unknown", "probability": 0.0, "passages": [], "direction": 5}


@pytest.fixture
def talk():
    return Episode(Assistant(shop="Fell & Ford", policy=Policy()))


def fact(text, label="", variant=""):
    return {"text": text, "label": label, "variant": variant, "url": "/p#weight", "passage_id": "p#weight"}


def row(product, *cells):
    return {"product": product, "url": "/p", "passage_id": "p#", "cells": [{"facts": list(cell)} for cell in cells]}


def table(*rows, columns=("price", "weight"), left_out=0):
    return {"columns": list(columns), "rows": list(rows), "left_out": left_out}


HERON = row("Heron 2", [fact("289.00 EUR", "price")], [fact("1.9 kg", "With pegs"), fact("1.7 kg", "Without")])
OTHER = row("Heron 4", [fact("449.00 EUR", "price")], [])


def test_facts_are_a_table_word_for_word_with_its_links(talk):
    (message,) = talk.take(typed("heron 2 or heron 4", facts=table(HERON, OTHER)))
    facts = message.answer.facts
    assert facts.columns == ["Price", "Weight"] and not facts.beside
    assert [(row.product, row.url) for row in facts.rows] == [("Heron 2", "/p"), ("Heron 4", "/p")]
    assert [fact.text for fact in facts.rows[0].cells[1]] == ["1.9 kg", "1.7 kg"]
    assert message.text == "This is what our product pages say:"


def test_who_shows_no_tables_has_them_in_lines(talk):
    (message,) = talk.take(typed("heron 2 or heron 4", facts=table(HERON, OTHER)))
    assert message.answer.passage.splitlines() == [
        "Heron 2, price: 289.00 EUR",
        "Heron 2, weight: With pegs: 1.9 kg; Without: 1.7 kg",
        "Heron 4, price: 449.00 EUR",
    ]
    assert message.answer.more is None


def test_of_one_product_the_page_is_named_and_of_many_how_many_there_are(talk):
    (one,) = talk.take(typed("how heavy is the heron 2", facts=table(HERON)))
    assert one.text == "From our page “Heron 2”:"
    (many,) = talk.take(typed("tents", facts=table(HERON, OTHER, left_out=7), direction=2))
    assert many.text == "2 of the 9 that our pages have:"


def test_what_stands_in_no_passage_is_shown_beside_one(talk):
    (message,) = talk.take(typed("the heron", passages=[found(facts=[fact("289.00 EUR", "price")])]))
    assert message.answer.passage == found()["text"]
    assert message.answer.facts.beside and message.answer.facts.columns == ["Price"]
    assert message.answer.facts.rows[0].cells[0][0].text == "289.00 EUR"


def test_a_table_teaches_no_section(talk):
    assert talk.take(typed("how heavy is it", facts=table(HERON)))[-1].report.question is None
    assert talk.take(typed("thanks", "thanks", 0.97, **NOTHING))[-1].report.confirmed is None


def two(second, **first):
    return typed("how long do i have, and who pays?", second=searched(**second), **first)


def test_two_questions_get_two_answers(talk):
    first, second = talk.take(two({"passages": [found("paid.md#paid", page_title="Who pays")]}))
    assert (first.answer.passage_id, second.answer.passage_id) == ("refunds/how-long.md#sixty-days", "paid.md#paid")
    assert second.text == "To your other question. From our page “Who pays”:"
    assert second.report.passage_ids == ["refunds/how-long.md#sixty-days", "paid.md#paid"]


def test_of_two_answers_nobody_knows_which_one_the_words_or_the_thanks_are_for(talk):
    assert talk.take(two({"passages": [found("paid.md#paid")]}))[-1].report.question is None
    assert talk.take(typed("thanks", "thanks", 0.97, **NOTHING))[-1].report.confirmed is None


def test_a_no_to_the_likely_one_of_two_moves_on_from_that(talk):
    both = two(likely()["understanding"]["search"])
    talk.take(both)
    (message,) = talk.take(pressed("feedback_negative", "returns.md#label"))
    assert message.answer.passage_id == "returns.md#paid"


def test_a_second_question_that_no_page_answers_is_left(talk):
    assert len(talk.take(two({"verdict": "clarify", "probability": 0.2}))) == 1


def test_the_brief_tells_both(talk):
    talk.take(two({"passages": [found("paid.md#paid", heading="Who pays")]}))
    (fetched,) = talk.take(pressed("request_human"))
    assert [tried.heading for tried in fetched.handoff.brief.tried] == ["Sixty days", "Who pays"]
