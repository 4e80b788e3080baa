"""The content desk's words: pages and their health, gaps, what an edit changes, drafts.

What the knowledge service says is taken with `extra="ignore"`: it may know more than the screens show.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from handoff.open_questions import OpenQuestion, Why
from handoff.wire import ConversationId, Wire, WrittenText

MAX_QUESTIONS = 500


class Told(BaseModel):
    """What the knowledge service answers."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class PageFault(Told):
    """One thing to mend: `line` is the line of the file, from 1, where there is one."""

    code: str
    message: str
    remedy: str | None = None
    line: int | None = None
    level: str | None = None


class PageHealth(Told):
    """A page as `knowledge check` sees it; the counts are of the last weeks."""

    path: str
    title: str
    url: str
    category: str | None = None
    updated: str | None = None
    passages: int | None = None
    draft: bool = False
    faults: list[PageFault] = []
    answered: int = 0
    helpful: int = 0
    unhelpful: int = 0


class Pages(Told):
    pages: list[PageHealth]


class PreviewRequest(Wire):
    """`path` is the page's path inside the pages folder."""

    path: Annotated[str, Field(min_length=1, max_length=500)]


class PreviewPassage(Told):
    heading: str
    text: str


class Preview(Told):
    passages: list[PreviewPassage]


class Side(Told):
    """What a question is told by one state of the pages."""

    verdict: str
    page_title: str | None = None
    heading: str | None = None
    text: str | None = None
    probability: float | None = None


class ContentChange(Told):
    kind: str
    question: str
    before: Side | None = None
    after: Side | None = None


class ContentDiff(Told):
    """`asked` is how many questions were asked of both states."""

    changes: list[ContentChange]
    asked: int = 0


class Cluster(Told):
    name: str
    members: list[str]
    closed: bool = False


class Clusters(Told):
    clusters: list[Cluster]


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


class DraftRequest(Wire):
    title: Annotated[str, Field(min_length=1, max_length=200)]
    category: Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[\w\-]+$")]
    text: Annotated[str, Field(max_length=20_000)] = ""
    questions: Annotated[tuple[str, ...], Field(max_length=50)] = ()


class AskedAsRequest(Wire):
    passage_id: Annotated[str, Field(min_length=1, max_length=500)]
    question: WrittenText


class Written(Told):
    """Where it was written, inside the pages folder."""

    path: str


class WrongAnswer(Wire):
    """An agent says that the answer with this seq was wrong."""

    conversation_id: ConversationId
    seq: Annotated[int, Field(ge=1)]


class Noted(Wire):
    status: Literal["noted"] = "noted"


def named(question: OpenQuestion) -> str:
    """A name for a question that the knowledge service hands back."""
    return f"{question.conversation_id}.{question.seq}"
