"""Two questions in one message: “how long does delivery take, and can I pay cash?”."""

from __future__ import annotations

import re
from typing import Final

from knowledge.text.lexical import terms

_ASKS: Final = (
    r"(?:how|what|whats|what's|when|where|which|who|why|can|could|do|does|did|is|are|will|would|may|should|any)\b"
)
_FILLER: Final = re.compile(
    r"^(?:\W|and\b|also\b|hi\b|hello\b|hey\b|ok\b|okay\b|so\b|then\b|thanks\b|pls\b|please\b|but\b|or\b)*",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"(?<=[?])\s+|\s*\n+\s*")
_JOINED: Final = re.compile(rf"\s*(?:[,;&+–]|\band\b|\balso\b)+\s*(?:and\s+|also\s+)*(?={_ASKS})", re.IGNORECASE)
_OPENING: Final = re.compile(_ASKS, re.IGNORECASE)
# A question of fewer words leans on the other: “do you ship to Norway and is it dear”.
ENOUGH_TERMS: Final = 2


def two_questions(text: str) -> tuple[str, str] | None:
    """The first two questions of a message where each can stand alone; None where it asks one thing."""
    parts = [part for piece in _ENDS.split(text) for part in _JOINED.split(piece)]
    parts = [_FILLER.sub("", part).strip() for part in parts if part.strip()]
    asking = [part for part in parts if _stands(part)]
    return (asking[0], asking[1]) if len(asking) >= 2 else None


def _stands(part: str) -> bool:
    return len(set(terms(part))) >= ENOUGH_TERMS and ("?" in part or _OPENING.match(part) is not None)
