"""The parts of a message, read by themselves too: "the tent leaks. can I speak to someone" holds a wish whole."""

from __future__ import annotations

import re
from typing import List

# Where one thing said ends and the next begins.
ENDS = re.compile(r"[.!?;,\n]+|\b(?:but|so|and then)\b", re.IGNORECASE)
MIN_WORDS = 2
MAX_PARTS = 6


def parts_of(text: str) -> List[str]:
    """What is said one after the other, at most MAX_PARTS; nothing when it is one thing only."""
    parts = [part.strip() for part in ENDS.split(text) if len(part.split()) >= MIN_WORDS]
    return parts[:MAX_PARTS] if len(parts) > 1 else []
