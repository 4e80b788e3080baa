"""The whole story in five seconds, put together from what is stored when the engine did not bring one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handoff.store.rows import StoredEvent, StoredTurn
from handoff.wire import Brief, Signal, Tried, TurnReport

MAX_TRIED = 10
NOTHING_ASKED = "Asked for a person before writing anything."


def make_brief(
    events: Sequence[StoredEvent], turns: Sequence[StoredTurn], signals: Sequence[Signal] = (), language: str = "en"
) -> Brief:
    """The brief of one episode: the shopper's own words, what was tried, signals and entities.

    `events` and `turns` are the episode's, oldest first; `signals` are added to those of the turns. `language` is
    what the shopper speaks as far as is known, when the engine has not said.
    """
    understood = [TurnReport.model_validate(turn.report) for turn in turns if turn.report]
    written = [e for e in events if e.type == "message" and e.sender == "shopper"]
    return Brief(
        wants=_wants(written, turns),
        tried=_tried(events)[-MAX_TRIED:],
        signals=_merged([s for report in understood for s in report.signals], signals),
        entities=_entities(understood),
        language=understood[-1].language if understood else language,
    )


def _wants(written: Sequence[StoredEvent], turns: Sequence[StoredTurn]) -> str:
    """The last thing asked that was a question; the last thing written when none was."""
    questions = {turn.seq for turn in turns if turn.report and turn.report.get("verdict")}
    last = [e for e in written if e.seq in questions] or list(written)
    return str(last[-1].body["text"]) if last else NOTHING_ASKED


def _tried(events: Sequence[StoredEvent]) -> list[Tried]:
    """Each question with the passages shown for it, or with none."""
    tried: list[Tried] = []
    question: str | None = None
    answered = False
    for event in (e for e in events if e.type == "message"):
        if event.sender == "shopper":
            question, answered = event.body["text"], False
        elif event.sender == "bot" and question is not None:
            answer = event.body.get("answer")
            if answer is not None:
                tried.append(_one_try(question, answer))
            elif not answered:
                tried.append(Tried(question=question))
            answered = True
    return tried


def _one_try(question: str, answer: dict[str, Any]) -> Tried:
    return Tried(
        question=question,
        page_title=answer["page_title"],
        heading=answer["heading"],
        url=answer["url"],
        probability=answer["probability"],
    )


def _merged(earlier: Sequence[Signal], later: Sequence[Signal]) -> list[Signal]:
    """One signal a name, the strongest."""
    strongest: dict[str, Signal] = {}
    for signal in (*earlier, *later):
        if signal.name not in strongest or signal.strength >= strongest[signal.name].strength:
            strongest[signal.name] = signal
    return sorted(strongest.values(), key=lambda s: -s.strength)


def _entities(reports: Sequence[TurnReport]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for report in reports:
        for name, values in report.entities.items():
            known = found.setdefault(name, [])
            known.extend(v for v in values if v not in known)
    return found
