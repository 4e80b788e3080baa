"""What the content team decided of questions that use suggests for sections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from handoff import tables as t
from handoff.store.audit import record
from handoff.store.database import Database
from handoff.store.rows import AuditEntry, Lesson

MOST_LESSONS = 500

_columns = [t.lessons.c[field.name] for field in fields(Lesson)]


class Lessons:
    """The last word on each question for a section, by its key."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def decided(self) -> frozenset[str]:
        """The keys of all that was ever decided."""
        async with self.database.reading() as connection:
            return frozenset((await connection.execute(select(t.lessons.c.key))).scalars())

    async def accepted(self, since: datetime | None = None) -> list[Lesson]:
        """Those that stand in the pages, the newest first."""
        c = t.lessons.c
        wanted = select(*_columns).where(c.state == "accepted").order_by(c.at.desc(), c.key).limit(MOST_LESSONS)
        if since is not None:
            wanted = wanted.where(c.at >= since)
        async with self.database.reading() as connection:
            return [Lesson(**row._mapping) for row in await connection.execute(wanted)]

    async def decide(self, lessons: Sequence[Lesson], entry: AuditEntry) -> None:
        """Write down what was decided, over what was before; the entry goes with it."""
        dialect = sqlite if self.database.is_sqlite else postgresql
        async with self.database.writing() as connection:
            for lesson in lessons:
                row = asdict(lesson)
                put = dialect.insert(t.lessons).values(**row)
                await connection.execute(put.on_conflict_do_update(index_elements=["key"], set_=row))
            await record(connection, entry)

    async def undo(self, keys: Collection[str], at: datetime, entry: AuditEntry) -> None:
        """These stand in no page any more, and are not suggested again; their words go."""
        c = t.lessons.c
        mine = c.key.in_(list(keys)) & (c.state == "accepted")
        changed = {"state": "undone", "at": at, "who": entry.who, "question": ""}
        async with self.database.writing() as connection:
            await connection.execute(update(t.lessons).where(mine).values(**changed))
            await record(connection, entry)
