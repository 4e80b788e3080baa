"""What leads and the content team look at: chats found, figures of the day, canned replies, open questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import fmean, quantiles
from typing import Annotated, Literal

from pydantic import Field

from handoff.wire import EmailAddress, Role, Wire, WrittenText

MAX_CANNED = 500
# A bot's answer less sure than this was given, but is worth a look.
UNSURE = 0.6


class Canned(Wire):
    """A reply that fills an agent's draft after `/name`; `{agent}`, `{shop}`, `{order}`, `{product}` are filled in."""

    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w\-]+$")]
    text: WrittenText


class CannedReplies(Wire):
    replies: Annotated[list[Canned], Field(max_length=MAX_CANNED)]


class NewAgent(Wire):
    email: EmailAddress
    name: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=10, max_length=1_024)]
    role: Role = "agent"


class Figures(Wire):
    """The last 24 hours. Times in seconds; shares from 0 to 1; null where there is nothing to count."""

    handoffs: int
    resolved: int
    first_reply_p50_s: float | None
    first_reply_p90_s: float | None
    answered_share: float | None
    rating_mean: float | None
    rating_count: int


class Counted(Wire):
    """What the store counts for the figures."""

    waited_s: tuple[float, ...]
    handoffs: int
    resolved: int
    asked: int
    settled: int
    ratings: tuple[int, ...]


def figures(counted: Counted) -> Figures:
    """The figures of what was counted."""
    waited = sorted(counted.waited_s)
    tenths = quantiles(waited, n=10, method="inclusive") if len(waited) > 1 else waited * 9
    return Figures(
        handoffs=counted.handoffs,
        resolved=counted.resolved,
        first_reply_p50_s=tenths[4] if tenths else None,
        first_reply_p90_s=tenths[8] if tenths else None,
        answered_share=counted.settled / counted.asked if counted.asked else None,
        rating_mean=fmean(counted.ratings) if counted.ratings else None,
        rating_count=len(counted.ratings),
    )


Why = Literal["unknown", "clarify", "low", "unhelpful", "handed_off", "wrong"]


class Question(Wire):
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


def why(verdict: str | None, probability: float | None, decision: str | None) -> Why | None:
    """Why a turn left its question open; None when it did not, or when nothing was asked."""
    if verdict is None:
        return None
    if verdict != "answer":
        return "unknown" if verdict == "unknown" else "clarify"
    if decision == "hand_off":
        return "handed_off"
    return "low" if probability is not None and probability < UNSURE else None


def per_week(days: Sequence[datetime], until: datetime, weeks: int) -> list[int]:
    """How many of these instants fall into each of the last `weeks` weeks before `until`, oldest first."""
    counts = [0] * weeks
    for day in days:
        ago = (until - day).days // 7
        if 0 <= ago < weeks:
            counts[weeks - 1 - ago] += 1
    return counts
