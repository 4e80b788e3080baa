"""The brief that the desk makes itself: each question with all that was shown for it."""

from datetime import UTC, datetime

from handoff.brief import make_brief
from handoff.store.rows import StoredEvent
from tests.handoff.fakes import ANSWER

ANSWERED = {"answer": ANSWER.model_dump(mode="json")}


def tried(*said):
    """By (sender, body): the questions, and whether something was shown for them."""
    events = [
        StoredEvent("c", seq, datetime(2026, 3, 2, tzinfo=UTC), "message", sender, 1, None, {"text": "x", **body})
        for seq, (sender, body) in enumerate(said, start=1)
    ]
    return [(one.question, one.heading is not None) for one in make_brief(events, []).tried]


def test_two_answers_to_one_message_are_both_told():
    assert tried(("shopper", {"text": "both?"}), ("bot", ANSWERED), ("bot", ANSWERED)) == [("both?", True)] * 2


def test_what_comes_after_a_no_is_for_the_same_question():
    said = [("shopper", {"text": "label?"}), ("bot", ANSWERED), ("bot", ANSWERED), ("bot", {"text": "That is all."})]
    assert tried(*said) == [("label?", True), ("label?", True)]


def test_a_question_without_an_answer_is_told_once():
    assert tried(("shopper", {"text": "yurts?"}), ("bot", {}), ("bot", {})) == [("yurts?", False)]


def test_what_was_said_before_any_question_is_for_none():
    assert tried(("bot", {}), ("shopper", {"text": "hi"}), ("bot", {})) == [("hi", False)]
