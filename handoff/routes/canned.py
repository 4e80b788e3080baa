"""Canned replies: read by everybody at the desk, set by a lead."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter

from handoff.canned import Canned, CannedReplies
from handoff.errors import InvalidField
from handoff.routes.context import REFUSALS, ContextNow, Reader
from handoff.routes.people import Lead

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


@router.get("/canned")
async def canned(context: ContextNow, session: Reader) -> CannedReplies:
    """Replies that fill a draft. They are never sent by themselves."""
    return CannedReplies(replies=await context.store.canned.all())


@router.put("/canned")
async def set_canned(context: ContextNow, lead: Lead, body: CannedReplies) -> CannedReplies:
    """These canned replies and no others."""
    _refuse_twins(body.replies)
    await context.store.canned.replace(body.replies)
    return body


def _refuse_twins(replies: list[Canned]) -> None:
    twins = [name for name, count in Counter(r.name for r in replies).items() if count > 1]
    if twins:
        raise InvalidField(f"Two replies are called {twins[0]}: give one another name.", field="replies")
