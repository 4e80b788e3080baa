"""What a shopper may do over HTTP: open a conversation, write, read, ask for a person."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from handoff.routes.room import REFUSALS, Room, RoomNow, Token
from handoff.store import Conversation, StoredEvent
from handoff.wire import (
    MAX_SEQ,
    Accepted,
    Events,
    Feedback,
    OpenConversation,
    Opened,
    Rating,
    ShopperMessage,
    StateNow,
)

router = APIRouter(prefix="/api/v1/conversations", tags=["shopper"], responses=REFUSALS)

LONGEST_WAIT_S = 25.0
Id = Annotated[str, Path(alias="conversation_id", max_length=64, pattern=r"^[A-Za-z0-9_\-]+$")]


def state_now(chat: Conversation) -> StateNow:
    return StateNow(state=chat.state, version=chat.version, last_seq=chat.last_seq)


@router.post("", status_code=201)
async def open_conversation(room: RoomNow, body: OpenConversation | None = None) -> Opened:
    """A new conversation with the assistant. Keep the token: it is shown this once."""
    return await room.desk.open(body.page if body else None)


@router.post("/{conversation_id}/messages", status_code=202)
async def write(room: RoomNow, conversation_id: Id, token: Token, body: ShopperMessage) -> Accepted:
    """Store a message; the same client_id again gives the same seq. Not acknowledged means not stored."""
    await room.desk.admit(conversation_id, token)
    return Accepted(seq=await room.desk.receive(conversation_id, body))


@router.get("/{conversation_id}/events", response_model=Events)
async def read(
    room: RoomNow,
    conversation_id: Id,
    token: Token,
    after: Annotated[int, Query(ge=0, le=MAX_SEQ)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_S)] = 0,
) -> Response:
    """Events after `after`, waiting up to `wait` seconds for the first one."""
    chat = await room.desk.admit(conversation_id, token)
    found = await _wait_for_events(room, conversation_id, after, wait)
    chat = await room.store.chats.find(conversation_id)
    place = await room.board.place_of(chat)
    # The events are stored as JSON that was checked on its way in; it is not taken apart again.
    events = ",".join(event.text for event in found)
    queue = place.model_dump_json(by_alias=True) if place else "null"
    text = f'{{"events":[{events}],"state":"{chat.state}","last_seq":{chat.last_seq},"queue":{queue}}}'
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _wait_for_events(room: Room, conversation_id: str, after: int, wait_s: float) -> list[StoredEvent]:
    until = time.monotonic() + wait_s
    # Listening begins before the first look, so that nothing falls between the two.
    heard = room.hub.subscribe(conversation_id)
    try:
        while True:
            found = await room.store.chats.events_after(conversation_id, after)
            left_s = until - time.monotonic()
            if found or left_s <= 0:
                return found
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.next(), left_s)
    finally:
        room.hub.unsubscribe(heard)


@router.post("/{conversation_id}/request-human")
async def request_human(room: RoomNow, conversation_id: Id, token: Token) -> StateNow:
    """Ask for a person. Asking again changes nothing."""
    await room.desk.admit(conversation_id, token)
    return state_now(await room.desk.request_human(conversation_id))


@router.post("/{conversation_id}/withdraw")
async def withdraw(room: RoomNow, conversation_id: Id, token: Token) -> StateNow:
    """Back to the assistant, while still waiting."""
    await room.desk.admit(conversation_id, token)
    return state_now(await room.desk.withdraw(conversation_id))


@router.post("/{conversation_id}/feedback")
async def feedback(room: RoomNow, conversation_id: Id, token: Token, body: Feedback) -> StateNow:
    """Whether an answer helped."""
    await room.desk.admit(conversation_id, token)
    return state_now(await room.desk.take_feedback(conversation_id, body))


@router.post("/{conversation_id}/rating")
async def rating(room: RoomNow, conversation_id: Id, token: Token, body: Rating) -> StateNow:
    """How the whole conversation was, from 1 to 5."""
    await room.desk.admit(conversation_id, token)
    return state_now(await room.desk.take_rating(conversation_id, body))
