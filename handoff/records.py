"""Erasing and exporting conversations: what a shopper may ask of a shop, and what the law asks of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from handoff.store import Deed, Store
from handoff.store.records import Json
from handoff.wire import Erased


class Records:
    """Erasure with a receipt, and export of all that is kept."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.clock = clock

    async def erase(self, conversation_ids: Sequence[str], *, who: str) -> Erased:
        """Remove these conversations with everything that belongs to them; raises NotFound for an unknown one."""
        for conversation_id in conversation_ids:
            await self.store.chats.find(conversation_id)
        now, receipt = self.clock(), f"e_{secrets.token_hex(12)}"
        detail: Json = {"receipt": receipt, "conversations": len(conversation_ids)}
        events = await self.store.office.erase(conversation_ids, Deed(now, who, "erase", None, detail))
        return Erased(receipt=receipt, erased_at=now, conversations=len(conversation_ids), events=events)

    async def erase_of(self, email: str, *, who: str) -> Erased:
        """Remove every conversation that gave this address."""
        return await self.erase(await self.store.office.of_email(email), who=who)

    async def export(self, conversation_id: str) -> Json:
        """All that is kept of a conversation, for the shopper who asks for it."""
        chat = await self.store.chats.find(conversation_id)
        events = await self.store.chats.all_events(conversation_id)
        notes = await self.store.chats.notes(conversation_id)
        outgoing = await self.store.office.outgoing(conversation_id)
        return {
            "conversation_id": chat.id,
            "opened_at": chat.opened_at.isoformat(),
            "state": chat.state,
            "page": chat.page,
            "email": chat.email,
            "language": chat.language,
            "brief": chat.brief,
            "events": [event.wire() for event in events],
            "notes": [{"number": n.number, "at": n.at.isoformat(), "text": n.text} for n in notes],
            "sent": [{"at": o.at.isoformat(), "channel": o.channel, "kind": o.kind} for o in outgoing],
        }
