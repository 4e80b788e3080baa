"""What the knowledge service takes and gives for what is learned from use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from knowledge.wire.content import MAX_QUESTIONS, QuestionText
from knowledge.wire.message import Wire

PassageId = Annotated[str, Field(min_length=1, max_length=700)]
# new: can be learned; listed: some section is asked it already; gone: there is no such section; personal: what is left
# without whose it was asks nothing.
Standing = Literal["new", "listed", "gone", "personal"]


class Pair(Wire):
    """A question and the passage that answers it."""

    passage_id: PassageId
    question: QuestionText


class Pairs(Wire):
    pairs: Annotated[list[Pair], Field(max_length=MAX_QUESTIONS)]


class Learnable(Wire):
    """What can be learned of a pair: the question without whose it was, and its section by its names."""

    standing: Standing
    question: str
    page_title: str = ""
    heading: str = ""
    url: str = ""


class Learnables(Wire):
    """One for each pair, in their order."""

    pairs: list[Learnable]


class Trial(Wire):
    """The shop's own held-out questions, without the pairs and with them: how many were asked, how many right first."""

    asked: int
    before: int
    after: int

    @property
    def harmful(self) -> bool:
        """Whether fewer are right with the pairs than without."""
        return self.after < self.before


class AnsweredPair(Wire):
    """A shopper's question and the passage that it was answered with."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    passage_id: PassageId
    question: QuestionText


class TaughtRequest(Wire):
    """Pairs that were accepted, and answers that may be owed to them."""

    accepted: Annotated[list[Pair], Field(max_length=MAX_QUESTIONS)]
    answers: Annotated[list[AnsweredPair], Field(max_length=MAX_QUESTIONS)]


class TaughtAnswer(Wire):
    """An answer by its id, and the accepted question (its number in the request) that it is owed to."""

    id: str
    accepted: int


class Taught(Wire):
    answers: list[TaughtAnswer]
