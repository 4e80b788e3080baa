"""The choices that the assistant offered, and which of them a shopper's text presses. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from handoff.conversation import Conversation
from handoff.wire import Choice, EngineMessage

CHOICES_KEPT = 30


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
