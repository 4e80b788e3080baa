"""A note beside the index that a newer edit could not be published, for whoever serves the last good one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from knowledge.errors import Fault

NOTE = "trouble.json"


def note_trouble(index: Path, faults: Iterable[Fault]) -> None:
    """Leave a note of the faults that keep the pages from being published."""
    index.mkdir(parents=True, exist_ok=True)
    passing = index / f".{NOTE}.new"
    passing.write_text(json.dumps([str(fault) for fault in faults], ensure_ascii=False), "utf-8")
    passing.replace(index / NOTE)


def clear_trouble(index: Path) -> None:
    """Take the note away: what is served is what the pages say."""
    (index / NOTE).unlink(missing_ok=True)


def read_trouble(index: Path) -> list[str]:
    """The faults of the note, as sentences; none without one."""
    try:
        told = json.loads((index / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [str(sentence) for sentence in told] if isinstance(told, list) else []
