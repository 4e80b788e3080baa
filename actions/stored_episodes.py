"""Conversations as the desk keeps them: each turn's report. Decided again from the signals that were read then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from actions.assistant import OFFER_PAUSE_TURNS, Assistant
from actions.escalation import decide
from actions.scripts import ScriptError
from handoff.wire import TurnReport


class StoredEpisode(BaseModel):
    """One episode: the reports of its turns, oldest first. A turn that failed has none and is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    reports: tuple[TurnReport, ...]


def read_stored(path: Path) -> list[StoredEpisode]:
    """The episodes of a file, one JSON object a line; `-` reads from standard input."""
    try:
        lines = (Path("/dev/stdin") if str(path) == "-" else path).read_text("utf-8").splitlines()
        return [StoredEpisode.model_validate(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, ValidationError) as error:
        raise ScriptError(f"{path} holds no stored conversations ({error}): give what `desk replay` gives.") from error


def handed_off_at(reports: Sequence[TurnReport], assistant: Assistant) -> int | None:
    """The turn (1-based) at which this assistant would have fetched a person; None when it never would.

    Signals are taken as they were read: what a shopper would have written after another reply, nobody knows.
    """
    offered: list[bool] = []
    for number, report in enumerate(reports, start=1):
        lately = any(offered[-OFFER_PAUSE_TURNS:])
        decision = decide(report.signals, assistant.policy, lately, assistant.table).decision
        if decision == "hand_off":
            return number
        offered.append(decision == "offer_person")
    return None


def handed_off_then(reports: Sequence[TurnReport]) -> int | None:
    """The turn (1-based) at which a person was fetched when it happened."""
    return next((number for number, report in enumerate(reports, start=1) if report.decision == "hand_off"), None)
