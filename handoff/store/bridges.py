"""The bridge processes that are alive, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, update

from handoff import tables as t
from handoff.store.database import Database


class Bridges:
    """Leases on life: what a dead bridge was computing is taken over."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def keep_alive(self, bridge_id: str, until: datetime) -> None:
        """This bridge lives until then."""
        async with self.database.writing() as connection:
            found = await connection.execute(update(t.bridges).where(t.bridges.c.id == bridge_id).values(until=until))
            if found.rowcount == 0:
                await connection.execute(insert(t.bridges).values(id=bridge_id, until=until))

    async def leave(self, bridge_id: str) -> None:
        """This bridge ends."""
        async with self.database.writing() as connection:
            await connection.execute(delete(t.bridges).where(t.bridges.c.id == bridge_id))

    async def forget(self, before: datetime) -> None:
        """Forget those that have been dead since before then."""
        async with self.database.writing() as connection:
            await connection.execute(delete(t.bridges).where(t.bridges.c.until < before))
