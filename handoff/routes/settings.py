"""How the shop runs its desk, read and changed by an admin while it runs."""

from __future__ import annotations

from fastapi import APIRouter

from handoff.errors import Forbidden
from handoff.routes.context import REFUSALS, ContextNow, Reader
from handoff.routes.people import Admin
from handoff.wire import SettingsChange, ShopSettings

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


@router.get("/settings")
async def settings(context: ContextNow, session: Reader) -> ShopSettings:
    """Hours, promises, greetings and what else may change while the desk runs. For admins."""
    if session.agent.role != "admin":
        raise Forbidden("Only admins may see the settings.")
    return await context.desk.read_rules()


@router.put("/settings")
async def change_settings(context: ContextNow, admin: Admin, body: SettingsChange) -> ShopSettings:
    """Change what is named; null takes it back to what the environment says."""
    return await context.desk.change_rules(body, admin)
