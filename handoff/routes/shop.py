"""What anybody may ask: how the shop introduces itself, and how the bridge is doing."""

from __future__ import annotations

from fastapi import APIRouter

from handoff.routes.context import Context, ContextNow
from handoff.wire import Shop

router = APIRouter()


@router.get("/api/v1/shop", tags=["shopper"])
async def shop(context: ContextNow) -> Shop:
    """The shop's name and promise, and whether people are at the desk."""
    return await introduce(context)


async def introduce(context: Context) -> Shop:
    """What the widget says before the first message."""
    now, rules = context.clock(), context.desk.rules
    hours, shop = rules.hours, rules.settings
    staff = await context.store.chats.staffing(now)
    return Shop(
        name=shop.shop_name,
        promise=shop.promise,
        language=shop.language,
        hours=hours.text or None,
        open_now=hours.open_at(now),
        opens_at=None if hours.open_at(now) else hours.next_opening(now),
        agents_on_duty=hours.open_at(now) and staff.on_duty > 0,
        mail=rules.mail,
        greeting=shop.greetings,
    )
