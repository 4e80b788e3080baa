"""Looking over many conversations at once: search, figures, questions left open, pages that answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Select, and_, delete, exists, func, insert, select

from handoff import tables as t
from handoff.lists import Answered, Canned, Counted, PageCount, Question, why
from handoff.store.database import Database
from handoff.store.rows import Conversation, Json
from handoff.store.sqlite import Access
from handoff.wire import State

MOST_QUESTIONS = 2_000
MOST_ANSWERS = 20_000

_handed_off = and_(t.events.c.type == "state", t.events.c.body["state"].as_string().in_(("waiting", "message_left")))


class Lists:
    """Reads across conversations. Nothing here changes one."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def search(self, words: Iterable[str], state: State | None, limit: int) -> list[Conversation]:
        """Conversations in which each of the words was written, the last changed first; without words, all."""
        c, e = t.conversations.c, t.events.c
        wanted = select(t.conversations).where(c.last_seq > 0).order_by(c.updated_at.desc(), c.id).limit(limit)
        if state is not None:
            wanted = wanted.where(c.state == state)
        for word in words:
            text = func.lower(e.body["text"].as_string())
            said = exists().where(e.conversation_id == c.id, e.type == "message", text.contains(word, autoescape=True))
            wanted = wanted.where(said)
        async with self.database.reading() as connection:
            return [Conversation(**row._mapping) for row in await connection.execute(wanted)]

    async def count(self, since: datetime) -> Counted:
        """What happened since then."""
        c, e = t.conversations.c, t.events.c
        in_time = e.at >= since
        asked = select(c.id).where(c.opened_at >= since, c.last_shopper_seq > 0)
        settled = asked.where(~exists().where(e.conversation_id == c.id, _handed_off))
        async with self.database.reading() as connection:
            waited = await connection.execute(select(t.handlings.c.waited_s).where(t.handlings.c.at >= since))
            scores = await connection.execute(select(e.body["score"].as_integer()).where(e.type == "rating", in_time))
            handoffs = select(func.count()).where(_handed_off, in_time)
            resolved = select(func.count()).where(c.resolved_at >= since)
            return Counted(
                waited_s=tuple(waited.scalars()),
                ratings=tuple(scores.scalars()),
                handoffs=(await connection.execute(handoffs)).scalar_one(),
                resolved=(await connection.execute(resolved)).scalar_one(),
                asked=(await connection.execute(select(func.count()).select_from(asked.subquery()))).scalar_one(),
                settled=(await connection.execute(select(func.count()).select_from(settled.subquery()))).scalar_one(),
            )

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

    async def reports(self, since: datetime, conversation_ids: Sequence[str] = ()) -> dict[str, list[Json]]:
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

    async def open_questions(self, since: datetime) -> list[Question]:
        """Questions since then that found no answer, an unsure one or the wrong one; newest first, each once."""
        found = {(q.conversation_id, q.seq): q for q in await self._of_turns(since)}
        for question in await self._of_complaints(since):
            found[question.conversation_id, question.seq] = question
        return sorted(found.values(), key=lambda q: q.at, reverse=True)[:MOST_QUESTIONS]

    async def _of_turns(self, since: datetime) -> list[Question]:
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
            reason = why(report.get("verdict"), report.get("probability"), report.get("decision"))
            if reason is not None:
                question = Question(
                    conversation_id=row.conversation_id, seq=row.seq, at=row.at, text=row.body["text"], reason=reason
                )
                questions.append(question)
        return questions

    async def _of_complaints(self, since: datetime) -> list[Question]:
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
            for reason, wanted in (("unhelpful", down), ("wrong", wrong)):
                for row in (await connection.execute(wanted.limit(MOST_QUESTIONS))).all():
                    said = (await connection.execute(_asked_before(row.conversation_id, row.seq))).one_or_none()
                    if said is not None:
                        questions.append(_question(said, reason))
        return questions

    async def pages(self, since: datetime) -> dict[str, PageCount]:
        """By address: how often each page answered since then, and whether that helped."""
        async with self.database.reading() as connection:
            answered, said = await _answers(connection, since)
        counts: dict[str, dict[str, int]] = {}
        for row in answered:
            if answer := row.body.get("answer"):
                count = counts.setdefault(_address(answer["url"]), {"answered": 0, "helpful": 0, "unhelpful": 0})
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
            of_page = [r for r in answered if (r.body.get("answer") or {}).get("url") and _path(r.body) == path]
            for row in of_page[:limit]:
                asked = (await connection.execute(_asked_before(row.conversation_id, row.seq))).one_or_none()
                if asked is not None:
                    found.append(_answered(row, asked.body["text"], said.get((row.conversation_id, row.seq))))
        return found

    # --- canned replies

    async def canned(self) -> list[Canned]:
        c = t.canned.c
        async with self.database.reading() as connection:
            rows = await connection.execute(select(c.name, c.text).order_by(c.position))
            return [Canned(name=row.name, text=row.text) for row in rows]

    async def set_canned(self, replies: list[Canned]) -> None:
        """These and no others."""
        rows = [{"name": r.name, "text": r.text, "position": n} for n, r in enumerate(replies)]
        async with self.database.writing() as connection:
            await connection.execute(delete(t.canned))
            if rows:
                await connection.execute(insert(t.canned), rows)


def _question(said: Any, reason: Any) -> Question:
    return Question(
        conversation_id=said.conversation_id, seq=said.seq, at=said.at, text=said.body["text"], reason=reason
    )


def _asked_before(conversation_id: str, seq: int) -> Select[Any]:
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


def _path(body: Any) -> str:
    return urlsplit(str(body["answer"]["url"])).path


def _address(url: str) -> str:
    """Where the page is, without the heading."""
    return urlsplit(url)._replace(fragment="").geturl()
