"""What an admin has changed, in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from handoff import tables as t
from handoff.store.audit import record
from handoff.store.database import Database
from handoff.store.rows import AuditEntry

_rules = select(t.rules)


class ChangedRules:
    """The settings that differ from the environment's."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self) -> dict[str, Any]:
        async with self.database.glancing() as connection:
            return {row.name: row.value for row in await connection.execute(_rules)}

    async def change(self, changes: Mapping[str, Any], entry: AuditEntry) -> None:
        """Write these over the environment's settings, or with None take one away; the entry goes with it."""
        kept = [{"name": name, "value": value} for name, value in changes.items() if value is not None]
        async with self.database.writing() as connection:
            await connection.execute(delete(t.rules).where(t.rules.c.name.in_(list(changes))))
            if kept:
                await connection.execute(insert(t.rules), kept)
            await record(connection, entry)
