"""A note beside the index that a newer edit could not be published, for whoever serves the last good one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from knowledge.errors import Fault

NOTE = "trouble.json"


def note_publish_faults(index: Path, faults: Iterable[Fault]) -> None:
    """Leave a note of the faults that keep the pages from being published."""
    index.mkdir(parents=True, exist_ok=True)
    passing = index / f".{NOTE}.new"
    passing.write_text(json.dumps([str(fault) for fault in faults], ensure_ascii=False), "utf-8")
    passing.replace(index / NOTE)


def clear_publish_faults(index: Path) -> None:
    """Take the note away: what is served is what the pages say."""
    (index / NOTE).unlink(missing_ok=True)


def read_publish_faults(index: Path) -> list[str]:
    """The faults of the note, as sentences; none without one."""
    try:
        sentences = json.loads((index / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [str(sentence) for sentence in sentences] if isinstance(sentences, list) else []
