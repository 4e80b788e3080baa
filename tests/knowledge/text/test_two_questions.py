from __future__ import annotations

import pytest

from knowledge.text.two_questions import two_questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "how much is delivery to Norway and can I pay by invoice",
            ("how much is delivery to Norway", "can I pay by invoice"),
        ),
        (
            "Is the tent waterproof? And how long is the warranty?",
            ("Is the tent waterproof?", "how long is the warranty?"),
        ),
        (
            "where is my Norway parcel now\nwhat does a return cost",
            ("where is my Norway parcel now", "what does a return cost"),
        ),
        ("hi, how warm is the bag, also do you ship to Spain", ("how warm is the bag", "do you ship to Spain")),
    ],
)
def test_two_questions_that_stand_alone(text: str, parts: tuple[str, str]):
    assert two_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "do you ship to Norway and Sweden",
        "do you ship to Norway and is it dear",
        "how much is it and when",
        "can I pay cash and collect it myself",
        "the zip broke and the tent leaks",
        "my parcel came. how do I send it back",
        "how long does delivery take?",
        "",
    ],
)
def test_one_question_stays_one(text: str):
    assert two_questions(text) is None
