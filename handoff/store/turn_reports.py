"""What the engine made of shoppers' messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select

from handoff import tables as t
from handoff.store.database import Database
from handoff.store.rows import AnsweredQuestion
from handoff.wire import Json

MOST_QUESTIONS = 2_000


class TurnReports:
    """The reports that are stored beside the messages."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def by_episode(self, since: datetime, conversation_ids: Sequence[str] = ()) -> dict[str, list[Json]]:
        """By episode, as `conversation.episode`: what the engine made of each of its messages since then, in order."""
        u = t.turns.c
        wanted = select(u.conversation_id, u.episode, u.report).where(u.at >= since, u.report.is_not(None))
        if conversation_ids:
            wanted = wanted.where(u.conversation_id.in_(conversation_ids))
        found: dict[str, list[Json]] = {}
        async with self.database.reading() as connection:
            for row in await connection.execute(wanted.order_by(u.conversation_id, u.seq)):
                found.setdefault(f"{row.conversation_id}.{row.episode}", []).append(row.report)
        return found

    async def questions(self, since: datetime) -> list[str]:
        """What shoppers asked since then, newest first: every message in which the engine saw a question."""
        e, u = t.events.c, t.turns.c
        wanted = (
            select(e.body["text"].as_string())
            .join(t.turns, and_(e.conversation_id == u.conversation_id, e.seq == u.seq))
            .where(u.at >= since, e.type == "message", e.payload.is_(None))
            .where(u.report["verdict"].as_string().is_not(None))
            .order_by(u.at.desc())
            .limit(MOST_QUESTIONS)
        )
        async with self.database.reading() as connection:
            return list((await connection.execute(wanted)).scalars())

    async def answered(self, since: datetime) -> list[AnsweredQuestion]:
        """The questions since then for which a passage was shown, sure or likely; the newest first."""
        u = t.turns.c
        wanted = (
            select(u.conversation_id, u.seq, u.at, u.report)
            .where(u.at >= since, u.report["verdict"].as_string().in_(("answer", "likely")))
            .where(u.report["question"].as_string().is_not(None))
            .order_by(u.at.desc(), u.seq.desc())
            .limit(MOST_QUESTIONS)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(wanted)).all()
        return [
            AnsweredQuestion(row.conversation_id, row.seq, row.at, row.report["question"], row.report["passage_ids"][0])
            for row in rows
            if row.report.get("passage_ids") and row.report["question"].strip()
        ]
