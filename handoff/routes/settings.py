"""How the shop runs its desk, read and changed by an admin while it runs."""

from __future__ import annotations

from fastapi import APIRouter

from handoff.routes.context import REFUSALS, ContextNow
from handoff.routes.roles import Admin, AdminReader
from handoff.wire import SettingsChange, ShopSettings

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


@router.get("/settings")
async def settings(context: ContextNow, admin: AdminReader) -> ShopSettings:
    """Hours, promises, greetings and what else may change while the desk runs. For admins."""
    return await context.desk.read_rules()


@router.put("/settings")
async def change_settings(context: ContextNow, admin: Admin, body: SettingsChange) -> ShopSettings:
    """Change what is named; null takes it back to what the environment says."""
    return await context.desk.change_rules(body, admin)
