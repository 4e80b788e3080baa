"""What shoppers and agents have said is right: a question and the passage that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import delete, insert, select

from handoff import tables as t
from handoff.store.database import Database
from handoff.store.rows import Confirmation
from handoff.store.sqlite import Access

# How many of the last messages, and of their reports, are looked through for a question.
RECENT = 6
# A message with fewer words says little without the one before it.
TELLING_WORDS = 3

_columns = [t.confirmations.c[field.name] for field in fields(Confirmation)]


class Confirmations:
    """What the content desk learns from. Written with the change that brought it, erased with its conversation."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def of(self, conversation_id: str) -> list[Confirmation]:
        """Those of one conversation, oldest first."""
        c = t.confirmations.c
        wanted = select(*_columns).where(c.conversation_id == conversation_id).order_by(c.id)
        async with self.database.reading() as connection:
            return [Confirmation(**row._mapping) for row in await connection.execute(wanted)]


async def write(
    connection: Access, conversation_id: str, confirmed: Sequence[Confirmation], refused: Sequence[str]
) -> None:
    """Keep what was confirmed, after taking back what the shopper once said of passages that they now refuse.

    What an agent gave in a reply stays: it is the agent's word, not the shopper's.
    """
    c = t.confirmations.c
    if refused:
        shoppers_own = (c.conversation_id == conversation_id, c.kind != "agent_link")
        await connection.execute(delete(t.confirmations).where(*shoppers_own, c.passage_id.in_(list(refused))))
    if confirmed:
        await connection.execute(insert(t.confirmations), [asdict(one) for one in confirmed])


async def question_answered(connection: Access, conversation_id: str, seq: int, passage_id: str) -> str | None:
    """The shopper's words that a passage, shown with the event `seq`, answered as the engine saw it."""
    u = t.turns.c
    wanted = (
        select(u.report)
        .where(u.conversation_id == conversation_id, u.seq < seq, u.report.is_not(None))
        .order_by(u.seq.desc())
        .limit(RECENT)
    )
    reports = (await connection.execute(wanted)).scalars()
    return next((r.get("question") for r in reports if passage_id in r.get("passage_ids", ())), None)


async def last_question(connection: Access, conversation_id: str) -> str | None:
    """What the shopper asked last: the newest message of theirs that says enough by itself."""
    e = t.events.c
    wanted = (
        select(e.body["text"].as_string())
        .where(e.conversation_id == conversation_id, e.sender == "shopper", e.type == "message", e.payload.is_(None))
        .order_by(e.seq.desc())
        .limit(RECENT)
    )
    texts = (await connection.execute(wanted)).scalars()
    return next((text for text in texts if len(text.split()) >= TELLING_WORDS), None)
