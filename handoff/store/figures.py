"""Counting over all conversations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, exists, func, select

from handoff import tables as t
from handoff.figures import Counted
from handoff.store.database import Database

_handed_off = and_(t.events.c.type == "state", t.events.c.body["state"].as_string().in_(("waiting", "message_left")))


class FigureCounts:
    """What happened at the desk, in numbers."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def count(self, since: datetime) -> Counted:
        """What happened since then."""
        c, e = t.conversations.c, t.events.c
        in_time = e.at >= since
        written_in = select(c.id).where(c.opened_at >= since, c.last_shopper_seq > 0)
        without_handoff = written_in.where(~exists().where(e.conversation_id == c.id, _handed_off))
        async with self.database.reading() as connection:
            waited = await connection.execute(select(t.handlings.c.waited_s).where(t.handlings.c.at >= since))
            scores = await connection.execute(select(e.body["score"].as_integer()).where(e.type == "rating", in_time))
            handoffs = select(func.count()).where(_handed_off, in_time)
            resolved = select(func.count()).where(c.resolved_at >= since)
            return Counted(
                waited_s=tuple(waited.scalars()),
                ratings=tuple(scores.scalars()),
                handoffs=(await connection.execute(handoffs)).scalar_one(),
                resolved=(await connection.execute(resolved)).scalar_one(),
                conversations=(await connection.execute(_count(written_in))).scalar_one(),
                without_handoff=(await connection.execute(_count(without_handoff))).scalar_one(),
            )


def _count(rows: Select[str]) -> Select[int]:
    return select(func.count()).select_from(rows.subquery())
