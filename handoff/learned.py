"""What the content desk says and is told of questions that were learned from use."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from handoff.wire import Wire

Key = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
MOST_KEYS = 500


class Suggestion(Wire):
    """A question that a section should be asked as, and why we think so."""

    key: Key
    question: str
    passage_id: str
    page_title: str
    heading: str
    url: str
    weight: float
    conversations: int
    last_at: datetime
    reason: str


class AcceptedLesson(Wire):
    """A question that stands in a page because of use."""

    key: Key
    at: datetime
    who: str
    heading: str
    question: str


class LearnedFromUse(Wire):
    suggestions: list[Suggestion]
    accepted: list[AcceptedLesson]


class Keys(Wire):
    """Which suggestions, or accepted questions, are meant."""

    keys: Annotated[list[Key], Field(min_length=1, max_length=MOST_KEYS)]


class NotDone(Wire):
    """A question that could not be written or taken back, and why."""

    key: Key
    question: str
    why: str


class HeldOut(Wire):
    """The shop's own questions, held out: how many were asked, and how many were right first before and after."""

    asked: int
    before: int
    after: int


class Accepted(Wire):
    """What came of accepting. `harmful`: held-out questions are worse with it; `undone`: so nothing was kept of it."""

    keys: list[Key]
    not_done: list[NotDone]
    held_out: HeldOut
    harmful: bool
    undone: bool


class Undone(Wire):
    keys: list[Key]
    not_done: list[NotDone]


class TaughtAnswer(Wire):
    """A question that was answered, and the accepted one that it is owed to."""

    conversation_id: str
    at: datetime
    question: str
    asked_as: str
    heading: str


class AnswersTaught(Wire):
    """Of `answered` questions since then `taught` are owed to what was accepted since then; the newest of them."""

    since: datetime
    answered: int
    taught: int
    answers: list[TaughtAnswer]
