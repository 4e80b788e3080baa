"""Canned replies in the database."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from handoff import tables as t
from handoff.canned import Canned
from handoff.store.database import Database


class CannedTexts:
    """The replies, in the order in which the lead put them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self) -> list[Canned]:
        c = t.canned.c
        async with self.database.reading() as connection:
            rows = await connection.execute(select(c.name, c.text).order_by(c.position))
            return [Canned(name=row.name, text=row.text) for row in rows]

    async def replace(self, replies: list[Canned]) -> None:
        """These and no others."""
        rows = [{"name": r.name, "text": r.text, "position": n} for n, r in enumerate(replies)]
        async with self.database.writing() as connection:
            await connection.execute(delete(t.canned))
            if rows:
                await connection.execute(insert(t.canned), rows)
