"""Removing conversations from the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from handoff import tables as t
from handoff.store.audit import record
from handoff.store.database import Database
from handoff.store.rows import AuditEntry, Outgoing

OF_A_CONVERSATION = (t.events, t.notes, t.turns, t.confirmations, t.handlings, t.outbox, t.viewers)


class Erasures:
    """What leaves with a conversation."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def erase(self, conversation_ids: Sequence[str], entry: AuditEntry, order: Outgoing) -> int:
        """Remove conversations with all that belongs to them; gives the number of events.

        the entry is written and the order to those who remember more is put in the outbox, with it or not at all.
        """
        ids = list(conversation_ids)
        async with self.database.writing() as connection:
            counted = select(func.count()).where(t.events.c.conversation_id.in_(ids))
            events = int((await connection.execute(counted)).scalar_one())
            for table in OF_A_CONVERSATION:
                await connection.execute(delete(table).where(table.c.conversation_id.in_(ids)))
            await connection.execute(delete(t.conversations).where(t.conversations.c.id.in_(ids)))
            await record(connection, entry)
            await connection.execute(insert(t.outbox).values(**asdict(order)))
        return events

    async def of_email(self, email: str) -> list[str]:
        """The conversations that gave this address."""
        wanted = select(t.conversations.c.id).where(func.lower(t.conversations.c.email) == email.strip().lower())
        async with self.database.reading() as connection:
            return list((await connection.execute(wanted)).scalars())

    async def resolved_before(self, before: datetime, limit: int = 100) -> list[str]:
        c = t.conversations.c
        wanted = select(c.id).where(c.state == "resolved", c.resolved_at < before).limit(limit)
        async with self.database.reading() as connection:
            return list((await connection.execute(wanted)).scalars())
