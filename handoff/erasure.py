"""Erasing and exporting conversations: what a shopper may ask of a shop, and what the law asks of it.

Erasing reaches the engine's memory as well: it is asked at once, and once more when a turn that was under way must be
over; until it has done so the order stands in the outbox.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from handoff.engine import Engine
from handoff.errors import EngineFailure
from handoff.outbox.channel import FORGET
from handoff.store import AuditEntry, Outgoing, Store
from handoff.wire import Erased, Json

# A turn that was under way when its conversation was erased is over by then.
FORGET_AGAIN_S = 60.0


class Erasure:
    """Erasure with a receipt, and export of all that is kept."""

    def __init__(self, store: Store, clock: Callable[[], datetime], engine: Engine) -> None:
        self.store = store
        self.clock = clock
        self.engine = engine

    async def erase(self, conversation_ids: Sequence[str], *, who: str) -> Erased:
        """Remove these conversations with everything that belongs to them; raises NotFound for an unknown one."""
        for conversation_id in conversation_ids:
            await self.store.chats.find(conversation_id)
        now, receipt = self.clock(), f"e_{secrets.token_hex(12)}"
        detail: Json = {"receipt": receipt, "conversations": len(conversation_ids)}
        order = Outgoing(
            id=receipt,
            at=now,
            channel=FORGET,
            kind="forget",
            conversation_id=receipt,
            body={"conversations": list(conversation_ids)},
            next_at=now + timedelta(seconds=FORGET_AGAIN_S),
        )
        events = await self.store.erasure.erase(conversation_ids, AuditEntry(now, who, "erase", None, detail), order)
        assistant = await self._forgotten(conversation_ids)
        return Erased(
            receipt=receipt,
            erased_at=now,
            conversations=len(conversation_ids),
            events=events,
            assistant=assistant,
        )

    async def _forgotten(self, conversation_ids: Sequence[str]) -> Literal["erased", "pending"]:
        try:
            await self.engine.forget(conversation_ids)
        except EngineFailure:
            return "pending"
        return "erased"

    async def erase_of(self, email: str, *, who: str) -> Erased:
        """Remove every conversation that gave this address."""
        return await self.erase(await self.store.erasure.of_email(email), who=who)

    async def export(self, conversation_id: str, *, who: str) -> Json:
        """All that is kept of a conversation, for the shopper who asks for it; the audit log has who gave it out."""
        chat = await self.store.chats.find(conversation_id)
        events = await self.store.chats.all_events(conversation_id)
        notes = await self.store.chats.notes(conversation_id)
        outgoing = await self.store.outbox.of(conversation_id)
        reports = await self.store.turn_reports.by_episode(chat.opened_at, [conversation_id])
        confirmed = await self.store.confirmations.of(conversation_id)
        await self.store.audit.record(AuditEntry(self.clock(), who, "export", conversation_id))
        return {
            "conversation_id": chat.id,
            "opened_at": chat.opened_at.isoformat(),
            "state": chat.state,
            "page": chat.page,
            "email": chat.email,
            "language": chat.language,
            "brief": chat.brief,
            "events": [event.wire() for event in events],
            "understood": [report for episode in reports.values() for report in episode],
            "confirmed": [{"question": c.question, "passage_id": c.passage_id, "kind": c.kind} for c in confirmed],
            "notes": [{"number": n.number, "at": n.at.isoformat(), "text": n.text} for n in notes],
            "sent": [{"at": o.at.isoformat(), "channel": o.channel, "kind": o.kind} for o in outgoing],
        }
