"""What a shopper may do over HTTP: open a conversation, write, read, ask for a person."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from handoff.conversation import Conversation
from handoff.routes.context import REFUSALS, Context, ContextNow, Token, address
from handoff.store import StoredEvent
from handoff.store.rows import as_text
from handoff.wire import (
    MAX_SEQ,
    Accepted,
    Erased,
    Events,
    Feedback,
    LeaveMessage,
    OpenConversation,
    OpenedConversation,
    Rating,
    SendTranscript,
    ShopperMessage,
    StateNow,
)

router = APIRouter(prefix="/api/v1/conversations", tags=["shopper"], responses=REFUSALS)

LONGEST_WAIT_S = 25.0
Id = Annotated[str, Path(alias="conversation_id", max_length=64, pattern=r"^[A-Za-z0-9_\-]+$")]


async def _admit(context: Context, conversation_id: str, token: str) -> None:
    """Let in whoever has the token, as often as is fair."""
    await context.desk.admit(conversation_id, token)
    await context.limits.hit("write", conversation_id)


def state_now(chat: Conversation) -> StateNow:
    return StateNow(state=chat.state, version=chat.version, last_seq=chat.last_seq)


@router.post("", status_code=201)
async def open_conversation(
    request: Request, context: ContextNow, body: OpenConversation | None = None
) -> OpenedConversation:
    """A new conversation with the assistant. Keep the token: it is shown this once."""
    await context.limits.hit("open", address(request))
    return await context.desk.open(body.page if body else None)


@router.post("/{conversation_id}/messages", status_code=202)
async def write(context: ContextNow, conversation_id: Id, token: Token, body: ShopperMessage) -> Accepted:
    """Store a message; the same client_id again gives the same seq. Not acknowledged means not stored."""
    await _admit(context, conversation_id, token)
    return Accepted(seq=await context.desk.receive(conversation_id, body))


@router.get("/{conversation_id}/events", response_model=Events)
async def read(
    context: ContextNow,
    conversation_id: Id,
    token: Token,
    after: Annotated[int, Query(ge=0, le=MAX_SEQ)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_S)] = 0,
) -> Response:
    """Events after `after`, waiting up to `wait` seconds for the first one."""
    chat = await context.desk.admit(conversation_id, token)
    found = await _wait_for_events(context, conversation_id, after, wait)
    chat = await context.store.chats.find(conversation_id)
    place = await context.queue_view.place_of(chat)
    # The events are stored as JSON that was checked on its way in; it is not checked again.
    text = as_text(
        {
            "events": [event.wire() for event in found],
            "state": chat.state,
            "last_seq": chat.last_seq,
            "agent_read_seq": chat.agent_read_seq,
            "queue": place.model_dump(mode="json", by_alias=True) if place else None,
        }
    )
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _wait_for_events(context: Context, conversation_id: str, after: int, wait_s: float) -> list[StoredEvent]:
    until = time.monotonic() + wait_s
    # Listening begins before the first look, so that nothing falls between the two.
    heard = context.hub.subscribe(conversation_id)
    try:
        while True:
            found = await context.store.chats.events_after(conversation_id, after)
            left_s = until - time.monotonic()
            if found or left_s <= 0:
                return found
            with suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await heard.next()
    finally:
        context.hub.unsubscribe(heard)


@router.post("/{conversation_id}/request-human")
async def request_human(context: ContextNow, conversation_id: Id, token: Token) -> StateNow:
    """Ask for a person. Asking again changes nothing."""
    await _admit(context, conversation_id, token)
    return state_now(await context.desk.request_human(conversation_id))


@router.post("/{conversation_id}/withdraw")
async def withdraw(context: ContextNow, conversation_id: Id, token: Token) -> StateNow:
    """Back to the assistant, while still waiting."""
    await _admit(context, conversation_id, token)
    return state_now(await context.desk.withdraw(conversation_id))


@router.post("/{conversation_id}/feedback")
async def feedback(context: ContextNow, conversation_id: Id, token: Token, body: Feedback) -> StateNow:
    """Whether an answer helped."""
    await _admit(context, conversation_id, token)
    return state_now(await context.desk.take_feedback(conversation_id, body))


@router.post("/{conversation_id}/rating")
async def rating(context: ContextNow, conversation_id: Id, token: Token, body: Rating) -> StateNow:
    """How the whole conversation was, from 1 to 5."""
    await _admit(context, conversation_id, token)
    return state_now(await context.desk.take_rating(conversation_id, body))


@router.post("/{conversation_id}/leave-message")
async def leave_message(context: ContextNow, conversation_id: Id, token: Token, body: LeaveMessage) -> StateNow:
    """Nobody is there: leave an address, and be answered by mail as well."""
    await _admit(context, conversation_id, token)
    return state_now(await context.desk.leave_message(conversation_id, body))


@router.post("/{conversation_id}/transcript")
async def transcript(context: ContextNow, conversation_id: Id, token: Token, body: SendTranscript) -> StateNow:
    """Have the conversation mailed."""
    await _admit(context, conversation_id, token)
    await context.limits.hit("letter", conversation_id)
    return state_now(await context.desk.send_transcript(conversation_id, body.email))


@router.delete("/{conversation_id}")
async def erase(context: ContextNow, conversation_id: Id, token: Token) -> Erased:
    """Remove the conversation with everything that belongs to it. There is a receipt, and no way back."""
    await _admit(context, conversation_id, token)
    return await context.erasure.erase([conversation_id], who="shopper")
