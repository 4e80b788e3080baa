"""What the knowledge service takes and gives for the content desk."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from knowledge.wire.message import Probability, Wire
from knowledge.wire.search import MAX_QUESTION_CHARS, Verdict

QuestionText = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION_CHARS)]
MAX_QUESTIONS = 2_000


class Diagnostic(Wire):
    """A fault of a page: `error` keeps it out of the index, `warning` misleads shoppers, `note` does neither."""

    code: str
    line: int
    message: str
    remedy: str
    level: Literal["error", "warning", "note"]


class PageHealth(Wire):
    """A page with its faults. A file that cannot be read has its path as title and no url."""

    path: str
    title: str
    url: str
    category: str
    updated: str
    passages: int
    draft: bool
    faults: list[Diagnostic]


class PagesHealth(Wire):
    pages: list[PageHealth]


class PreviewRequest(Wire):
    """A page of the folder by its path, or the Markdown of a page that is being written."""

    path: Annotated[str, Field(max_length=500)] | None = None
    markdown: Annotated[str, Field(max_length=1_000_000)] | None = None


class PreviewPassage(Wire):
    heading: str
    anchor: str
    text: str


class Preview(Wire):
    title: str
    url: str
    passages: list[PreviewPassage]
    faults: list[Diagnostic]


class DiffRequest(Wire):
    questions: Annotated[list[QuestionText], Field(max_length=MAX_QUESTIONS)]


class Side(Wire):
    """What one question is told by one state of the pages."""

    verdict: Verdict
    probability: Probability
    page_title: str | None = None
    heading: str | None = None
    url: str | None = None
    text: str | None = None
    choices: tuple[str, ...] = ()


class AnswerChange(Wire):
    kind: str
    question: str
    before: Side
    after: Side


class AnswerDiff(Wire):
    """Questions that are told something else, the worst first; `counts` has all kinds, `same` included."""

    counts: dict[str, int]
    changes: list[AnswerChange]


class NamedQuestion(Wire):
    id: Annotated[str, Field(min_length=1, max_length=200)]
    text: QuestionText


class ClustersRequest(Wire):
    questions: Annotated[list[NamedQuestion], Field(max_length=MAX_QUESTIONS)]


class Cluster(Wire):
    """A gap: its members' ids, the most typical first; closed when the index in service answers all of them."""

    name: str
    members: list[str]
    answered: int
    closed: bool


class Clusters(Wire):
    clusters: list[Cluster]


class DraftRequest(Wire):
    title: Annotated[str, Field(min_length=1, max_length=200)]
    category: Annotated[str, Field(min_length=1, max_length=50)]
    text: Annotated[str, Field(max_length=100_000)] = ""
    questions: Annotated[tuple[QuestionText, ...], Field(max_length=100)] = ()


class AddQuestionRequest(Wire):
    passage_id: Annotated[str, Field(min_length=1, max_length=700)]
    question: QuestionText


class Written(Wire):
    """The file that was written, by its path inside the pages folder."""

    path: str
