"""What the knowledge service said of a message before Rasa started on it, handed over to the pipeline of the same turn.

Not in the message's metadata: Rasa logs that, copies it, and keeps it in a slot.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from bot.components.knowledge import Knowledge, Part


@dataclass(frozen=True)
class Handover:
    """The understanding, None when the service gave none in time; and the message's parts."""

    understanding: Optional[Dict[str, Any]]
    parts: List[Part] = field(default_factory=list)


_handover: ContextVar[Optional[Handover]] = ContextVar("handover", default=None)


def understand(knowledge: Knowledge, text: str, metadata: Dict[str, Any]) -> Handover:
    """Ask the service; about its parts only when it understood."""
    understanding = knowledge.understand(text, metadata)
    return Handover(understanding, knowledge.embed_parts(text) if understanding else [])


def hand_over(handover: Handover) -> None:
    """Leave it for the pipeline of this turn."""
    _handover.set(handover)


def take_over() -> Optional[Handover]:
    """What was left for this turn, once; None when nobody understood the message beforehand."""
    handover = _handover.get()
    _handover.set(None)
    return handover
