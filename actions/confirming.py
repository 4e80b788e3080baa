"""What a turn teaches: which words of the shopper's a passage answers, and the shopper's word on it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from actions.failures import FAILED, trouble
from actions.likely import asks_for_yes_or_no, question_behind, refused_passage, was_taken
from actions.turn import CHOOSE, Turn
from handoff.wire import Answer, Confirmed, EngineMessage, Signal

# Acts that go on from what was shown or offered before: what they show answers an earlier question.
FOLLOWING = frozenset({"choose", "affirm", "deny", "none_of_these", "feedback_negative", "repeat"})
# From this probability on a detector speaks against thanks.
DOUBT = 0.5
PLEASED = frozenset({"thanks", "feedback_positive"})


def question_of(turn: Turn, messages: Sequence[EngineMessage]) -> str | None:
    """What the passage shown in this turn, or those offered, answer in the shopper's words.

    None when nothing is shown or offered, when two questions are answered, and for facts: a table teaches no section.
    """
    answers = [message.answer for message in messages if message.answer]
    if len(answers) > 1 or any(answer.facts and not answer.facts.beside for answer in answers):
        return None
    if answers and (turn.is_payload or turn.act in FOLLOWING):
        return question_behind(turn, answers[0].passage_id)
    offers = any(choice.payload.startswith(CHOOSE) for message in messages for choice in message.choices)
    return turn.text if (answers or offers) and not turn.is_payload else None


def confirmed(turn: Turn, messages: Sequence[EngineMessage]) -> Confirmed | None:
    """The passage that this turn says is right: one taken from the choices, or the one shown just before."""
    shown = next((message.answer for message in messages if message.answer), None)
    if turn.act == "choose":
        return _that("choice", shown, question_behind(turn, shown.passage_id) if shown else None)
    last = turn.last
    if shown or turn.is_payload or last is None or last.report is None or len(last.answers) != 1:
        return None
    if turn.act == "affirm" and last.answers[0].likely and not asks_for_yes_or_no(last):
        return _that("yes", last.answer, last.report.question)
    if turn.act in PLEASED and not in_doubt(turn):
        return _that("thanks", last.answer, last.report.question)
    return None


def _that(kind: Literal["choice", "yes", "thanks"], answer: Answer | None, question: str | None) -> Confirmed | None:
    if answer is None or not question:
        return None
    return Confirmed(kind=kind, question=question, passage_id=answer.passage_id, index_version=answer.index_version)


def in_doubt(turn: Turn) -> bool:
    """Whether words that read as thanks may be meant otherwise: "thanks for nothing"."""
    return any(turn.detections.get(name, 0.0) >= DOUBT for name in ("unmet", "frustration"))


def refused(turn: Turn, signals: Sequence[Signal]) -> str | None:
    """The id of the passage that this turn says is wrong: in words, by its thumb, or by going on as if unanswered
    after it was taken."""
    said = refused_passage(turn)
    if said or turn.last is None or turn.last.answer is None:
        return said
    return turn.last.answer.passage_id if was_taken(turn.last) and trouble(signals) >= FAILED else None
