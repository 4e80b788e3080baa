"""A row of turns in which the assistant got the shopper no further: how far it has gone, as one signal. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.turn import Turn
from handoff.wire import Signal

# What a sign of failure weighs. In a language that the search hardly reads, not finding the answer is half a failure;
# "that is not what I asked" is a whole one. A no to a likely passage is none yet while there is another to show.
TROUBLE = {
    "nothing_near": 0.8,
    "not_found": 0.4,
    "choices_refused": 1.0,
    "not_helped": 1.0,
    "not_it": 0.2,
    "unmet": 1.0,
    "same_question": 0.9,
    "same_answer": 0.8,
    "asked_back_again": 0.6,
    "frustration": 0.5,
}
# Pages that come near are no help to who asks on about the same matter.
INSISTED = 0.8
# From this trouble on a turn counts as failed.
FAILED = 0.25
# From this strength on a message is taken to be on the same matter as the one before.
SURELY = 0.5
# What an earlier failure still counts once the shopper, with a person on offer, has moved on to something else; more
# when it was the turn just before, and nothing on the pages even resembled what was asked.
FADED, FADED_FAR_OFF = 0.35, 0.55
FAR_OFF = 0.9


def failing(turn: Turn, now: Sequence[Signal]) -> list[Signal]:
    """How far the assistant has failed in this row of turns: each counts up to 1, and two are full strength."""
    insisted = strength(now, "same_matter") >= SURELY
    this = trouble(now, insisted)
    if this < FAILED:
        return []
    row = [this, *troubles_before(turn, insisted)]
    return [signal("failures", sum(row) / 2, f"{len(row)} in a row without a fitting answer.")]


def trouble(signals: Iterable[Signal], insisted: bool = False) -> float:
    """How surely one turn failed, 0 to 1: by its worst sign. `insisted`: the shopper kept to the matter."""
    weights = {**TROUBLE, "not_found": INSISTED} if insisted else TROUBLE
    return max((s.strength * weights[s.name] for s in signals if s.name in weights), default=0.0)


def troubles_before(turn: Turn, insisted: bool) -> list[float]:
    """What the failed turns just before this one count. Only an answer or a choice breaks the row, not a remark."""
    row: list[float] = []
    for past in reversed(turn.past):
        signals = past.report.signals if past.report else []
        if trouble(signals) >= FAILED:
            row.append(trouble(signals, True) if insisted else trouble(signals) * faded(signals, len(row)))
            insisted = insisted or strength(signals, "same_matter") >= SURELY
        elif past.report is None or past.answer or past.report.verdict == "clarify":
            break
    return row


def faded(signals: Sequence[Signal], between: int) -> float:
    """What a failure on another matter still counts, with so many failures between it and this one."""
    return FADED_FAR_OFF if strength(signals, "nothing_near") >= FAR_OFF and not between else FADED


def strength(signals: Iterable[Signal], name: str) -> float:
    """The strength of a signal, 0 when it is not there."""
    return max((s.strength for s in signals if s.name == name), default=0.0)


def signal(name: str, strength: float, evidence: str) -> Signal:
    """A signal with its strength held between 0 and 1, rounded for reading."""
    return Signal(name=name, strength=round(min(1.0, max(0.0, strength)), 3), evidence=evidence)
