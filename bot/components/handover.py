"""What the knowledge service said of a message before Rasa started on it, handed to the pipeline of the same turn.

Not in the message's metadata: Rasa logs that, copies it, and keeps it in a slot.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from bot.components.knowledge import Knowledge, Part


@dataclass(frozen=True)
class Ahead:
    """The understanding, None when the service gave none in time; and the message's parts."""

    understanding: Optional[Dict[str, Any]]
    parts: List[Part] = field(default_factory=list)


_ahead: ContextVar[Optional[Ahead]] = ContextVar("ahead", default=None)


def asked(knowledge: Knowledge, text: str, metadata: Dict[str, Any]) -> Ahead:
    """Ask the service; its parts only when it understood."""
    understanding = knowledge.understand(text, metadata)
    return Ahead(understanding, knowledge.embed_parts(text) if understanding else [])


def hand_over(ahead: Ahead) -> None:
    """Leave it for the pipeline of this turn."""
    _ahead.set(ahead)


def taken() -> Optional[Ahead]:
    """What was left for this turn, once; None when nothing was asked ahead."""
    ahead = _ahead.get()
    _ahead.set(None)
    return ahead
