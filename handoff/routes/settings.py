"""How the shop runs its desk, read and changed by an admin while it runs."""

from __future__ import annotations

from fastapi import APIRouter

from handoff.errors import Forbidden
from handoff.routes.people import Admin
from handoff.routes.room import REFUSALS, Reader, RoomNow
from handoff.rules import InForce
from handoff.store import Deed
from handoff.wire import SettingsChange, ShopSettings

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


@router.get("/settings")
async def settings(room: RoomNow, session: Reader) -> ShopSettings:
    """Hours, promises, greetings and what else may change while the desk runs. For admins."""
    if session.agent.role != "admin":
        raise Forbidden("Only admins may see the settings.")
    return await _now(room)


@router.put("/settings")
async def change_settings(room: RoomNow, admin: Admin, body: SettingsChange) -> ShopSettings:
    """Change what is named; null takes it back to what the environment says."""
    rules, changes = room.desk.rules, body.model_dump(mode="json", exclude_unset=True)
    # Refused before anything is stored, should hours and time zone not fit together.
    InForce.of(rules.base, {**await room.store.office.rules(), **changes})
    deed = Deed(room.clock(), admin.id, "change_settings", None, {"names": sorted(changes)})
    await room.store.office.change_rules(changes, deed)
    return await _now(room)


async def _now(room: RoomNow) -> ShopSettings:
    await room.caretaker.read_rules()
    return room.desk.rules.settings
