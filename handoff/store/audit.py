"""The audit log in the database."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import insert, select

from handoff import tables as t
from handoff.store.database import Database
from handoff.store.rows import AuditEntry
from handoff.store.sqlite import Access


async def record(connection: Access, entry: AuditEntry | None) -> None:
    """Write this line, if there is one, together with what it tells of."""
    if entry is not None:
        await connection.execute(insert(t.audit).values(**asdict(entry)))


class AuditLog:
    """Who did what, without any shopper's words."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def record(self, entry: AuditEntry) -> None:
        async with self.database.writing() as connection:
            await record(connection, entry)

    async def entries(self, *, conversation_id: str | None = None, limit: int = 200) -> list[AuditEntry]:
        """The newest lines first."""
        c = t.audit.c
        wanted = select(c.at, c.who, c.action, c.conversation_id, c.detail).order_by(c.id.desc()).limit(limit)
        if conversation_id is not None:
            wanted = wanted.where(c.conversation_id == conversation_id)
        async with self.database.reading() as connection:
            return [AuditEntry(**row._mapping) for row in await connection.execute(wanted)]
