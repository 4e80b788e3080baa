"""Canned replies: read by everybody at the desk, set by a lead."""

from __future__ import annotations

from fastapi import APIRouter

from handoff.canned import CannedReplies
from handoff.routes.context import REFUSALS, ContextNow, Reader
from handoff.routes.roles import Lead

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


@router.get("/canned")
async def canned(context: ContextNow, session: Reader) -> CannedReplies:
    """Replies that fill a draft. They are never sent by themselves."""
    return CannedReplies(replies=await context.store.canned.all())


@router.put("/canned")
async def set_canned(context: ContextNow, lead: Lead, body: CannedReplies) -> CannedReplies:
    """These canned replies and no others."""
    await context.store.canned.replace(body.replies)
    return body
