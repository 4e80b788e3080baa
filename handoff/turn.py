"""What a bot turn is made of: the next message to answer, and the choices that a shopper may have pressed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handoff.store import Conversation, Turn
from handoff.store.unit_of_work import UnitOfWork
from handoff.wire import Choice, EngineMessage

CHOICES_KEPT = 30
# A turn that is not finished this long after the engine's own limit was abandoned: by a crash, say.
TURN_GRACE_S = 5.0


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices offered in this episode: those of the last turn first, and those before it."""

    latest: tuple[Choice, ...] = ()
    earlier: tuple[Choice, ...] = ()

    @classmethod
    def of(cls, chat: Conversation) -> Choices:
        kept = chat.choices or []
        latest = tuple(Choice(label=c["label"], payload=c["payload"]) for c in kept if c["latest"])
        earlier = tuple(Choice(label=c["label"], payload=c["payload"]) for c in kept if not c["latest"])
        return cls(latest, earlier)

    def pressed(self, text: str) -> Choice | None:
        """The choice that this text presses: a payload that was offered, or the label of one still on show.

        An older payload still counts (two quick presses), an older label does not: "Yes" answers the last question.
        """
        wanted = text.strip().casefold()
        by_payload = (c for c in (*self.latest, *self.earlier) if c.payload == text)
        by_label = (c for c in self.latest if c.label.strip().casefold() == wanted)
        return next(by_payload, None) or next(by_label, None)

    def then(self, messages: Iterable[EngineMessage]) -> list[dict[str, Any]]:
        """What to keep after these messages of the assistant."""
        offered = [c for m in messages for c in m.choices]
        rows = [{"label": c.label, "payload": c.payload, "latest": True} for c in offered]
        rows += [{"label": c.label, "payload": c.payload, "latest": False} for c in (*self.latest, *self.earlier)]
        return rows[:CHOICES_KEPT]


async def begin_turn(work: UnitOfWork, lasts_s: float, bridge_id: str) -> None:
    """Take the next unanswered message, if the assistant has the conversation and is not busy with another."""
    chat = work.conversation
    busy = await work.turn_under_way(bridge_id)
    event = None if busy or chat.state != "bot" else await work.next_unanswered()
    if event is None:
        return
    token = secrets.token_urlsafe(12)
    work.set(turn_token=token, turn_until=work.at + timedelta(seconds=lasts_s), turn_bridge=bridge_id)
    work.turn = Turn(
        conversation_id=chat.id,
        token=token,
        version=chat.version,
        episode=chat.episode,
        seq=event.seq,
        text=event.body.get("text", ""),
        payload=event.payload,
        page=chat.page,
        previous=chat.previous,
        language=chat.language,
    )
