"""What the assistant would have done: stored turns decided again under another policy or table. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.acts import ACT_OF_INTENT
from actions.assistant import Assistant
from actions.turn import read_turn
from handoff.wire import EngineMessage, HandoffOrder, TurnReport


@dataclass
class Episode:
    """An episode being replayed: Rasa's events so far, ours standing in for what was said then."""

    assistant: Assistant
    events: list[dict[str, Any]] = field(default_factory=list)

    def take(self, latest: Mapping[str, Any]) -> list[EngineMessage]:
        """The messages for the next stored turn; `latest` is Rasa's parse of it (text, intent, understanding …)."""
        self.events.append({"event": "user", "text": latest.get("text"), "parse_data": latest})
        turn = read_turn(latest, self.events)
        act = ACT_OF_INTENT.get(turn.act, ACT_OF_INTENT["ask"])(self.assistant)
        messages = self.assistant.take(turn, act.reply, act.gives_way)
        dumped = [message.model_dump(mode="json", exclude_none=True) for message in messages]
        self.events += [{"event": "bot", "data": {"custom": custom}} for custom in dumped]
        return messages


@dataclass(frozen=True)
class Replayed:
    """One turn decided again."""

    report: TurnReport
    handoff: HandoffOrder | None


def replay(turns: Iterable[Mapping[str, Any]], assistant: Assistant) -> list[Replayed]:
    """Each stored turn's report and order under this assistant's policy and table, to the first hand-off."""
    episode, replayed = Episode(assistant), []
    for latest in turns:
        messages = episode.take(latest)
        report = next(message.report for message in messages if message.report)
        order = next((message.handoff for message in messages if message.handoff), None)
        replayed.append(Replayed(report, order))
        if order:
            break
    return replayed


def first_handoff(replayed: Sequence[Replayed]) -> int | None:
    """The turn (1-based) at which a person is fetched; None when none is."""
    return next((number for number, turn in enumerate(replayed, start=1) if turn.handoff), None)
