"""How the shop runs its desk, read and changed by an admin while it runs."""

from __future__ import annotations

from fastapi import APIRouter

from handoff.errors import Forbidden
from handoff.queue.rules import InForce
from handoff.routes.context import REFUSALS, ContextNow, Reader
from handoff.routes.people import Admin
from handoff.store import AuditEntry
from handoff.wire import SettingsChange, ShopSettings

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


@router.get("/settings")
async def settings(context: ContextNow, session: Reader) -> ShopSettings:
    """Hours, promises, greetings and what else may change while the desk runs. For admins."""
    if session.agent.role != "admin":
        raise Forbidden("Only admins may see the settings.")
    return await _now(context)


@router.put("/settings")
async def change_settings(context: ContextNow, admin: Admin, body: SettingsChange) -> ShopSettings:
    """Change what is named; null takes it back to what the environment says."""
    rules, changes = context.desk.rules, body.model_dump(mode="json", exclude_unset=True)
    # Refused before anything is stored, should hours and time zone not fit together.
    InForce.of(rules.base, {**await context.store.rules.all(), **changes})
    entry = AuditEntry(context.clock(), admin.id, "change_settings", None, {"names": sorted(changes)})
    await context.store.rules.change(changes, entry)
    return await _now(context)


async def _now(context: ContextNow) -> ShopSettings:
    await context.caretaker.read_rules()
    return context.desk.rules.settings
