"""The demo shop's truth stands on the demo shop's pages: what it names exists, what it says is known."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.truth import ANSWERABLE, KINDS, read_cases
from knowledge.page.folder import load_pages

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "benchmarks/gold"
NEEDS = {"answer", "order", "none", "chat", "person"}


@pytest.fixture(scope="module")
def pages():
    return load_pages(ROOT / "knowledge/pages").pages


@pytest.fixture(scope="module")
def sections(pages):
    return {f"{page.path}#{section.anchor}" for page in pages for section in page.sections}


@pytest.fixture(scope="module")
def cases():
    return read_cases(GOLD / "demo.csv")


@pytest.fixture(scope="module")
def turns():
    lines = (GOLD / "demo_dialogues.jsonl").read_text("utf-8").splitlines()
    return [(dialogue["id"], turn) for dialogue in map(json.loads, lines) for turn in dialogue["turns"]]


def test_every_section_that_answers_a_message_exists(cases, sections):
    named = [(case.text, place) for case in cases for place in (*case.sections, *case.partly)]
    assert [pair for pair in named if pair[1] not in sections] == []


def test_every_page_that_a_shopper_is_on_exists(cases, pages):
    assert {case.page for case in cases} - {page.path for page in pages} == {""}


def test_every_kind_of_message_is_there(cases):
    assert {case.kind for case in cases} == set(KINDS)


def test_sections_are_named_where_the_pages_answer_and_only_there(cases):
    wrong = [case.text for case in cases if bool(case.sections) != (case.kind in (*ANSWERABLE, "ambiguous"))]
    assert wrong == []


def test_no_section_both_answers_a_message_and_merely_helps(cases):
    assert [case.text for case in cases if set(case.sections) & set(case.partly)] == []


def test_no_message_stands_there_twice(cases):
    assert [text for text, count in Counter(case.text.casefold() for case in cases).items() if count > 1] == []


def test_every_page_answers_something(cases, pages):
    answering = {place.partition("#")[0] for case in cases for place in case.sections}
    assert [page.path for page in pages if page.path not in answering] == []


def test_every_section_that_answers_a_turn_exists(turns, sections):
    named = [(dialogue, place) for dialogue, turn in turns for place in turn["sections"]]
    assert [pair for pair in named if pair[1] not in sections] == []


def test_every_turn_says_what_it_needs(turns):
    wrong = [
        (dialogue, turn["text"])
        for dialogue, turn in turns
        if turn["needs"] not in NEEDS or bool(turn["sections"]) != (turn["needs"] in ANSWERABLE)
    ]
    assert wrong == []


def test_no_first_turn_leans_on_one_before(turns):
    first = dict(reversed(turns))
    assert [dialogue for dialogue, turn in first.items() if turn.get("reads_after")] == []


def test_no_message_is_a_question_that_its_pages_say_they_are_asked_as(cases, turns, pages):
    asked = {_bare(question) for page in pages for questions in page.asked_as.values() for question in questions}
    texts = [case.text for case in cases] + [turn["text"] for _, turn in turns]
    assert [text for text in texts if _bare(text) in asked] == []


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
