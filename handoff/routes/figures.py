"""The day's figures, for leads and admins."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter

from handoff.figures import Figures, figures
from handoff.routes.context import REFUSALS, ContextNow
from handoff.routes.roles import LeadReader

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)

DAY = timedelta(hours=24)


@router.get("/figures")
async def day(context: ContextNow, lead: LeadReader) -> Figures:
    """The last 24 hours in figures. For leads and admins."""
    return figures(await context.store.figures.count(context.clock() - DAY))
