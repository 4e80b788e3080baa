"""The day's figures, for leads and admins."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter

from handoff.desk.agent import LEADS
from handoff.errors import Forbidden
from handoff.figures import Figures, figures
from handoff.routes.context import REFUSALS, ContextNow, Reader

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)

DAY = timedelta(hours=24)


@router.get("/figures")
async def day(context: ContextNow, session: Reader) -> Figures:
    """The last 24 hours in figures. For leads and admins."""
    if session.agent.role not in LEADS:
        raise Forbidden("Only leads and admins see the figures.")
    return figures(await context.store.figures.count(context.clock() - DAY))
