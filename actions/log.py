"""One JSON line an act: which turn it was for, what was done and how long it took, and never a word of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any


def note(event: str, request: str | None, **fields: object) -> None:
    """Write one line of the log."""
    sys.stdout.write(json.dumps({"event": event, "request": request, **fields}) + "\n")
    sys.stdout.flush()


def request_of(latest_message: Mapping[str, Any]) -> str | None:
    """The id that the bridge gave the turn; the channel puts it into the message's metadata."""
    found = (latest_message.get("metadata") or {}).get("request")
    return found if isinstance(found, str) else None
