"""What anybody may ask: how the shop introduces itself, and how the bridge is doing."""

from __future__ import annotations

from fastapi import APIRouter, Response

from handoff.routes.room import Room, RoomNow
from handoff.wire import Health, Shop

router = APIRouter()


@router.get("/api/v1/shop", tags=["shopper"])
async def shop(room: RoomNow) -> Shop:
    """The shop's name and promise, and whether people are at the desk."""
    return await introduce(room)


async def introduce(room: Room) -> Shop:
    """What the widget says before the first message."""
    staff = await room.store.chats.staffing(room.clock())
    return Shop(
        name=room.settings.shop_name,
        promise=room.settings.shop_promise,
        language=room.settings.shop_language,
        open_now=staff.on_duty > 0,
        agents_on_duty=staff.on_duty > 0,
    )


@router.get("/healthz", tags=["operation"])
async def healthz(room: RoomNow, response: Response) -> Health:
    """The bridge's own state and that of the processes behind it; 503 when nothing can be stored."""
    health = await room.watch.look()
    response.status_code = 503 if health.status == "down" else 200
    return health
