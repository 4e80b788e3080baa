"""Conversations to replay: scripts of a JSONL file, their turns read by a running engine where they are only text."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

TIMEOUT_S = 30


class ScriptError(RuntimeError):
    """A file or the engine cannot be used; the message names the remedy."""

    code = "bad_script"


class Script(BaseModel):
    """One conversation. A turn is a text, or Rasa's parse of one with what was understood."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    turns: tuple[str | dict[str, Any], ...]
    handoff_turns: tuple[int, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether every turn has been parsed already."""
        return all(isinstance(turn, dict) for turn in self.turns)


def read_scripts(path: Path) -> list[Script]:
    """The scripts of a file, one JSON object a line."""
    try:
        return [Script.model_validate_json(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError, ValidationError) as error:
        raise ScriptError(f"{path} is not a file of scripts ({error}): give one JSON object a line.") from error


@dataclass(frozen=True)
class EngineReader:
    """A running engine that parses texts in their conversation, as it does for shoppers."""

    http: httpx.Client
    token: str

    def read(self, script: Script) -> Script:
        """The script with every turn parsed; one that has been read stays as it is."""
        if script.is_read:
            return script
        sender, previous = f"{uuid.uuid4()}.1", None
        for turn in script.turns:
            text = turn if isinstance(turn, str) else str(turn.get("text") or "")
            previous = previous_answer(text, self._say(sender, text, previous)) or previous
        return script.model_copy(update={"turns": tuple(self._parsed(sender))})

    def _say(self, sender: str, text: str, previous: Mapping[str, str] | None) -> list[dict[str, Any]]:
        metadata = {"page": None, "previous": previous}
        body = {"sender": sender, "message": text, "payload": False, "metadata": metadata}
        answer: list[dict[str, Any]] = self._checked(
            self.http.post("/webhooks/cornerdesk/webhook", json=body, headers={"Authorization": f"Bearer {self.token}"})
        )
        return answer

    def _parsed(self, sender: str) -> list[dict[str, Any]]:
        params = {"token": self.token, "include_events": "ALL"}
        tracker = self._checked(self.http.get(f"/conversations/{sender}/tracker", params=params))
        return [event["parse_data"] for event in tracker["events"] if event["event"] == "user" and event.get("text")]

    def _checked(self, answer: httpx.Response) -> Any:
        if answer.is_success:
            return answer.json()
        raise ScriptError(f"The engine refused with {answer.status_code}: is CORNERDESK_INNER_TOKEN the running one?")


def previous_answer(text: str, messages: Iterable[Mapping[str, Any]]) -> dict[str, str] | None:
    """The question and passage that the next turn may refer back to; None when nothing was answered."""
    answers = (item.get("custom", {}).get("answer") for item in messages)
    return next(({"question": text, "passage_id": answer["passage_id"]} for answer in answers if answer), None)
