"""Who has which conversation on the screen, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from handoff import tables as t
from handoff.store.database import Database


class Viewings:
    """Leases on looking, renewed or run out."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def look(self, conversation_id: str, agent_id: str, until: datetime) -> bool:
        """The agent has it on the screen until then; True when that is news."""
        c = t.viewers.c
        mine = (c.conversation_id == conversation_id) & (c.agent_id == agent_id)
        async with self.database.writing() as connection:
            renewed = await connection.execute(update(t.viewers).where(mine).values(until=until))
            if renewed.rowcount == 0:
                row = {"conversation_id": conversation_id, "agent_id": agent_id, "until": until}
                await connection.execute(insert(t.viewers).values(**row))
        return renewed.rowcount == 0

    async def look_away(self, conversation_ids: Iterable[str], agent_id: str) -> None:
        c = t.viewers.c
        async with self.database.writing() as connection:
            await connection.execute(
                delete(t.viewers).where(c.conversation_id.in_(list(conversation_ids)), c.agent_id == agent_id)
            )

    async def of(self, conversation_id: str, at: datetime) -> list[str]:
        """The ids of the agents who have it on the screen."""
        c = t.viewers.c
        wanted = select(c.agent_id).where(c.conversation_id == conversation_id, c.until > at).order_by(c.agent_id)
        async with self.database.glancing() as connection:
            return list((await connection.execute(wanted)).scalars())
