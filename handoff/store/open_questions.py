"""Questions that the pages left open, and what each page answered, over all conversations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select

from handoff import tables as t
from handoff.open_questions import Answered, OpenQuestion, PageCount, Why, why
from handoff.store.database import Database
from handoff.store.sqlite import Access
from handoff.urls import path_of, without_fragment

MOST_QUESTIONS = 2_000
MOST_ANSWERS = 20_000


class OpenQuestions:
    """What the content team looks at. Nothing here changes a conversation."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def since(self, since: datetime) -> list[OpenQuestion]:
        """Questions since then that found no answer, an unsure one or the wrong one; newest first, each once."""
        found = {(q.conversation_id, q.seq): q for q in await self._of_turns(since)}
        for question in await self._of_complaints(since):
            found[question.conversation_id, question.seq] = question
        return sorted(found.values(), key=lambda q: q.at, reverse=True)[:MOST_QUESTIONS]

    async def _of_turns(self, since: datetime) -> list[OpenQuestion]:
        e, u = t.events.c, t.turns.c
        wanted = (
            select(u.conversation_id, u.seq, u.at, u.report, e.body)
            .join(t.events, and_(e.conversation_id == u.conversation_id, e.seq == u.seq))
            .where(u.at >= since, e.type == "message", e.payload.is_(None))
            .order_by(u.at.desc())
            .limit(MOST_ANSWERS)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(wanted)).all()
        questions = []
        for row in rows:
            report = row.report or {}
            reason = why(report.get("verdict"), report.get("decision"))
            if reason is not None:
                question = OpenQuestion(
                    conversation_id=row.conversation_id, seq=row.seq, at=row.at, text=row.body["text"], reason=reason
                )
                questions.append(question)
        return questions

    async def _of_complaints(self, since: datetime) -> list[OpenQuestion]:
        """Thumbs down, and agents who say that an answer was wrong: the question is what was asked before it."""
        e, d = t.events.c, t.audit.c
        down = select(e.conversation_id, e.body["target_seq"].as_integer().label("seq")).where(
            e.type == "feedback", e.at >= since, e.body["helpful"].as_boolean().is_(False)
        )
        wrong = select(d.conversation_id, d.detail["seq"].as_integer().label("seq")).where(
            d.action == "answer_wrong", d.at >= since
        )
        questions = []
        async with self.database.reading() as connection:
            reasons: list[tuple[Why, Select[Any]]] = [("unhelpful", down), ("wrong", wrong)]
            for reason, wanted in reasons:
                for row in (await connection.execute(wanted.limit(MOST_QUESTIONS))).all():
                    said = (await connection.execute(_question_before(row.conversation_id, row.seq))).one_or_none()
                    if said is not None:
                        questions.append(_question(said, reason))
        return questions

    async def by_page(self, since: datetime) -> dict[str, PageCount]:
        """By address: how often each page answered since then, and whether that helped."""
        async with self.database.reading() as connection:
            answered, said = await _answers(connection, since)
        counts: dict[str, dict[str, int]] = {}
        for row in answered:
            if answer := row.body.get("answer"):
                count = counts.setdefault(
                    without_fragment(answer["url"]), {"answered": 0, "helpful": 0, "unhelpful": 0}
                )
                count["answered"] += 1
                vote = said.get((row.conversation_id, row.seq))
                if vote is not None:
                    count["helpful" if vote else "unhelpful"] += 1
        return {url: PageCount(url=url, **count) for url, count in counts.items()}

    async def answered_by(self, path: str, since: datetime, limit: int) -> list[Answered]:
        """What the page at this path answered since then, the newest first."""
        found = []
        async with self.database.reading() as connection:
            answered, said = await _answers(connection, since)
            of_page = [r for r in answered if (url := (r.body.get("answer") or {}).get("url")) and path_of(url) == path]
            for row in of_page[:limit]:
                asked = (await connection.execute(_question_before(row.conversation_id, row.seq))).one_or_none()
                if asked is not None:
                    found.append(_answered(row, asked.body["text"], said.get((row.conversation_id, row.seq))))
        return found


def _question(said: Any, reason: Why) -> OpenQuestion:
    return OpenQuestion(
        conversation_id=said.conversation_id, seq=said.seq, at=said.at, text=said.body["text"], reason=reason
    )


def _question_before(conversation_id: str, seq: int) -> Select[Any]:
    """The shopper's message that an answer answers."""
    e = t.events.c
    return (
        select(t.events)
        .where(e.conversation_id == conversation_id, e.seq < seq, e.type == "message", e.sender == "shopper")
        .order_by(e.seq.desc())
        .limit(1)
    )


async def _answers(connection: Access, since: datetime) -> tuple[Sequence[Any], dict[tuple[str, int], bool]]:
    """The bot's messages since then, the newest first; and by (conversation, seq) whether one was called helpful."""
    e = t.events.c
    answers = (
        select(e.conversation_id, e.seq, e.at, e.body)
        .where(e.type == "message", e.sender == "bot", e.at >= since)
        .order_by(e.at.desc())
        .limit(MOST_ANSWERS)
    )
    votes = select(e.conversation_id, e.body).where(e.type == "feedback", e.at >= since).order_by(e.seq)
    answered = (await connection.execute(answers)).all()
    voted = (await connection.execute(votes)).all()
    return answered, {(row.conversation_id, row.body["target_seq"]): bool(row.body["helpful"]) for row in voted}


def _answered(row: Any, question: str, helpful: bool | None) -> Answered:
    answer = row.body["answer"]
    return Answered(
        conversation_id=row.conversation_id,
        at=row.at,
        question=question,
        heading=answer["heading"],
        probability=answer["probability"],
        helpful=helpful,
    )
