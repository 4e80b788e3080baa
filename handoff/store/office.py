"""What outlives a conversation, and what leaves with it: the audit log, the outbox, erasure and viewers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from handoff import tables as t
from handoff.store.database import Database
from handoff.store.rows import Deed, Outgoing

_rules = select(t.rules)

OF_A_CONVERSATION = (t.events, t.notes, t.turns, t.handlings, t.outbox, t.viewers)


class Office:
    """The papers of the desk."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # --- the audit log

    async def record(self, deed: Deed) -> None:
        async with self.database.writing() as connection:
            await connection.execute(insert(t.audit).values(**asdict(deed)))

    async def deeds(self, *, conversation_id: str | None = None, limit: int = 200) -> list[Deed]:
        """The newest lines first."""
        c = t.audit.c
        wanted = select(c.at, c.who, c.action, c.conversation_id, c.detail).order_by(c.id.desc()).limit(limit)
        if conversation_id is not None:
            wanted = wanted.where(c.conversation_id == conversation_id)
        async with self.database.reading() as connection:
            return [Deed(**row._mapping) for row in await connection.execute(wanted)]

    # --- what an admin has changed

    async def rules(self) -> dict[str, Any]:
        async with self.database.glancing() as connection:
            return {row.name: row.value for row in await connection.execute(_rules)}

    async def change_rules(self, changes: Mapping[str, Any], deed: Deed) -> None:
        """Write these over the environment's settings, or with None take one away; the deed goes with it."""
        kept = [{"name": name, "value": value} for name, value in changes.items() if value is not None]
        async with self.database.writing() as connection:
            await connection.execute(delete(t.rules).where(t.rules.c.name.in_(list(changes))))
            if kept:
                await connection.execute(insert(t.rules), kept)
            await connection.execute(insert(t.audit).values(**asdict(deed)))

    # --- the outbox

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
        await self._settle(outgoing_id, delivered_at=at, next_at=None, error=None)

    async def remove(self, outgoing_id: str) -> None:
        """Done, and nothing of it is to be kept."""
        async with self.database.writing() as connection:
            await connection.execute(delete(t.outbox).where(t.outbox.c.id == outgoing_id))

    async def failed(self, outgoing_id: str, error: str, next_at: datetime | None) -> None:
        """Not this time: once more at `next_at`, or never."""
        await self._settle(outgoing_id, error=error[:500], next_at=next_at)

    async def _settle(self, outgoing_id: str, **values: object) -> None:
        async with self.database.writing() as connection:
            await connection.execute(update(t.outbox).where(t.outbox.c.id == outgoing_id).values(**values))

    async def outgoing(self, conversation_id: str) -> list[Outgoing]:
        wanted = select(t.outbox).where(t.outbox.c.conversation_id == conversation_id).order_by(t.outbox.c.at)
        async with self.database.reading() as connection:
            return [Outgoing(**row._mapping) for row in await connection.execute(wanted)]

    # --- erasure

    async def erase(self, conversation_ids: Sequence[str], deed: Deed, order: Outgoing) -> int:
        """Remove conversations with all that belongs to them; gives the number of events.

        The deed is written and the order to those who remember more is put in the outbox, with it or not at all.
        """
        ids = list(conversation_ids)
        async with self.database.writing() as connection:
            counted = select(func.count()).where(t.events.c.conversation_id.in_(ids))
            events = int((await connection.execute(counted)).scalar_one())
            for table in OF_A_CONVERSATION:
                await connection.execute(delete(table).where(table.c.conversation_id.in_(ids)))
            await connection.execute(delete(t.conversations).where(t.conversations.c.id.in_(ids)))
            await connection.execute(insert(t.audit).values(**asdict(deed)))
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

    # --- who looks at what

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

    async def viewers(self, conversation_id: str, at: datetime) -> list[str]:
        """The ids of the agents who have it on the screen."""
        c = t.viewers.c
        wanted = select(c.agent_id).where(c.conversation_id == conversation_id, c.until > at).order_by(c.agent_id)
        async with self.database.glancing() as connection:
            return list((await connection.execute(wanted)).scalars())
