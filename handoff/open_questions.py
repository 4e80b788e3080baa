"""What the content team looks at: questions that the pages left open, and what each page answered. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from handoff.wire import Wire

Why = Literal["unknown", "clarify", "low", "unhelpful", "handed_off", "wrong"]


class OpenQuestion(Wire):
    """A shopper's question that the pages did not settle, and why we think so."""

    conversation_id: str
    seq: int
    at: datetime
    text: str
    reason: Why


class PageCount(Wire):
    """How often a page answered, and what shoppers said of that."""

    url: str
    answered: int = 0
    helpful: int = 0
    unhelpful: int = 0


class Answered(Wire):
    """A question that a page answered; `helpful` is what the shopper said of that, None when nothing."""

    conversation_id: str
    at: datetime
    question: str
    heading: str
    probability: float
    helpful: bool | None


class AnsweredQuestions(Wire):
    answers: list[Answered]


def why(verdict: str | None, decision: str | None) -> Why | None:
    """Why a turn left its question open; None when it did not, or when nothing was asked."""
    if verdict == "unknown":
        return "unknown"
    if verdict == "clarify":
        return "clarify"
    if verdict in ("answer", "likely") and decision == "hand_off":
        return "handed_off"
    # Shown all the same, and worth a look.
    return "low" if verdict == "likely" else None


def per_week(days: Sequence[datetime], until: datetime, weeks: int) -> list[int]:
    """How many of these instants fall into each of the last `weeks` weeks before `until`, oldest first."""
    counts = [0] * weeks
    for day in days:
        ago = (until - day).days // 7
        if 0 <= ago < weeks:
            counts[weeks - 1 - ago] += 1
    return counts
