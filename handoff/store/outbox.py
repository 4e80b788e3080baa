"""The outbox in the database: what has to reach the outside world."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from handoff import tables as t
from handoff.store.database import Database
from handoff.store.rows import Outgoing


class Outbox:
    """Deliveries, taken by one process at a time."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def due(self, at: datetime, limit: int = 20) -> list[Outgoing]:
        """What should be delivered by now, oldest first."""
        wanted = select(t.outbox).where(t.outbox.c.next_at <= at).order_by(t.outbox.c.next_at).limit(limit)
        async with self.database.glancing() as connection:
            return [Outgoing(**row._mapping) for row in await connection.execute(wanted)]

    async def take(self, one: Outgoing, until: datetime) -> bool:
        """Whether this process delivers it: whoever is first, until `until`."""
        async with self.database.writing() as connection:
            taken = await connection.execute(
                update(t.outbox)
                .where(t.outbox.c.id == one.id, t.outbox.c.attempts == one.attempts, t.outbox.c.next_at == one.next_at)
                .values(attempts=one.attempts + 1, next_at=until)
            )
        return taken.rowcount == 1

    async def delivered(self, outgoing_id: str, at: datetime) -> None:
        settled = update(t.outbox).where(t.outbox.c.id == outgoing_id)
        async with self.database.writing() as connection:
            await connection.execute(settled.values(delivered_at=at, next_at=None, error=None))

    async def remove(self, outgoing_id: str) -> None:
        """Done, and nothing of it is to be kept."""
        async with self.database.writing() as connection:
            await connection.execute(delete(t.outbox).where(t.outbox.c.id == outgoing_id))

    async def failed(self, outgoing_id: str, error: str, next_at: datetime | None) -> None:
        """Not this time: once more at `next_at`, or never."""
        settled = update(t.outbox).where(t.outbox.c.id == outgoing_id)
        async with self.database.writing() as connection:
            await connection.execute(settled.values(error=error[:500], next_at=next_at))

    async def of(self, conversation_id: str) -> list[Outgoing]:
        wanted = select(t.outbox).where(t.outbox.c.conversation_id == conversation_id).order_by(t.outbox.c.at)
        async with self.database.reading() as connection:
            return [Outgoing(**row._mapping) for row in await connection.execute(wanted)]
