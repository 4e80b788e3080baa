"""The content desk's words: the knowledge service's own, and what the bridge adds from its conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from handoff.open_questions import OpenQuestion, Why
from handoff.wire import ConversationId, Wire, WrittenText
from knowledge.wire.content import AddQuestionRequest, AnswerDiff, DraftRequest, PageHealth


class PageInUse(PageHealth):
    """A page with its faults, and how often it answered in the last weeks."""

    answered: int = 0
    helpful: int = 0
    unhelpful: int = 0


class PagesInUse(Wire):
    pages: list[PageInUse]


class PagePath(Wire):
    """A page by its path inside the pages folder."""

    path: Annotated[str, Field(min_length=1, max_length=500)]


class WeeksDiff(AnswerDiff):
    """`questions` is how many of the last weeks' were asked of both states; `asked` on the wire."""

    questions: Annotated[int, Field(serialization_alias="asked")]


class GapQuestion(Wire):
    text: str
    at: datetime
    reason: Why
    conversation_id: str


class Gap(Wire):
    """Questions about one thing. `per_week` is oldest first; a gap is closed once the pages answer its questions."""

    name: str
    count: int
    per_week: list[int]
    questions: list[GapQuestion]
    closed: bool


class Gaps(Wire):
    gaps: list[Gap]


class NewDraft(DraftRequest):
    """A draft as people at the desk may send it: as much as fits into a request."""

    category: Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[\w\-]+$")]
    text: Annotated[str, Field(max_length=20_000)] = ""


class NewQuestion(AddQuestionRequest):
    """A shopper's question for the section that answers it, cleaned like everything that people write."""

    question: WrittenText


class WrongAnswer(Wire):
    """An agent says that the answer with this seq was wrong."""

    conversation_id: ConversationId
    seq: Annotated[int, Field(ge=1)]


class Noted(Wire):
    status: Literal["noted"] = "noted"


def named(question: OpenQuestion) -> str:
    """A name for a question that the knowledge service hands back."""
    return f"{question.conversation_id}.{question.seq}"
