"""What speaks for fetching a person, read from a turn and its episode. Each signal brings its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from actions.turn import FETCH_PERSON, POLITE, Past, Turn
from handoff.wire import Signal

# Cosine of two messages' embeddings: up to UNLIKE they are about different things, from ALIKE on they ask the same.
UNLIKE, ALIKE = 0.6, 0.85
# What a sign of failure weighs: no page found may be the shop's silence, "that is not what I asked" is our failure.
TROUBLE = {"not_found": 0.8, "choices_refused": 1.0, "not_helped": 1.0, "unmet": 1.0, "same_question": 0.9}
# From this trouble on a turn counts as failed.
FAILED = 0.3
RECENT_TURNS = 3
ASKING = frozenset({"ask", "ask_order", "complain", "feedback_negative"})
PEOPLE_ONLY = "people_only."
EVIDENCE_CHARS = 120
# Weaker signals are not worth an agent's eye.
FAINT = 0.1
SHOUTING = 0.6
MANY_CAPITALS = 3
UNEASY = 0.45


def read_signals(turn: Turn, subjects: Collection[str]) -> list[Signal]:
    """Every signal of this turn that has any strength, strongest first. `subjects` are those for people only."""
    signals = [s for s in own_signals(turn, subjects) if s.strength > FAINT]
    return sorted([*signals, *failures(turn, signals)], key=lambda s: -s.strength)


def own_signals(turn: Turn, subjects: Collection[str]) -> Iterator[Signal]:
    """Signals that this message shows by itself or against the ones before it."""
    if turn.understanding is None and not turn.is_payload:
        yield signal("not_understood", 1.0, "The knowledge service did not answer.")
    yield signal("asked", asked(turn), quote(turn))
    yield from people_only(turn, subjects)
    yield signal("frustration", frustration(turn), quote(turn))
    yield signal("rising", rising(turn), "Frustration has grown over the last messages.")
    if turn.act == "ask_order":
        yield signal("order_only", turn.confidence, "Only the order system knows.")
    yield from failed_ways(turn)


def asked(turn: Turn) -> float:
    """How surely the shopper asks for a person: in words, by the button, or by taking the offer."""
    if turn.act == "request_human" and turn.is_payload:
        return 1.0
    if turn.act == "affirm" and turn.offered(FETCH_PERSON):
        return 1.0
    # Two views of the same words: among all acts, and against everything that only mentions people.
    views = (0.7 * turn.notices.get("asked", 0.0), 0.3 * turn.ranking.get("request_human", 0.0))
    return sum(views)


def people_only(turn: Turn, subjects: Collection[str]) -> Iterator[Signal]:
    """The strongest subject of the shop's people-only list, if any."""
    found = {subject: turn.notices.get(PEOPLE_ONLY + subject, 0.0) for subject in subjects}
    if found:
        subject = max(found, key=lambda name: found[name])
        yield signal("people_only", found[subject], f"{subject.replace('_', ' ')}: {quote(turn)}")


def frustration(turn: Turn) -> float:
    """How surely this message is fed up with us; shouting makes an annoyed message angrier, not a calm one."""
    words = turn.notices.get("frustration", 0.0)
    return words + (1 - words) * SHOUTING * words if is_shouted(turn.text) else words


def is_shouted(text: str) -> bool:
    """Three words or more in capitals, or marks in a row."""
    capitals = [word for word in text.split() if len(word) > 1 and word.isupper() and word.isalpha()]
    return len(capitals) >= MANY_CAPITALS or any(marks in text for marks in ("!!", "??", "?!", "!?"))


def rising(turn: Turn) -> float:
    """The mean of this message's frustration and the last one's, when both are there and it has not fallen."""
    last = turn.last.report.frustration if turn.last and turn.last.report else 0.0
    now = frustration(turn)
    return (now + last) / 2 if now >= last > UNEASY else 0.0


def failed_ways(turn: Turn) -> Iterator[Signal]:
    """In which ways the assistant is not getting anywhere at this turn."""
    if turn.act in ASKING and turn.verdict == "unknown" and turn.asks:
        yield signal("not_found", 1.0 - best_probability(turn), quote(turn))
    if turn.act == "none_of_these":
        yield signal("choices_refused", 1.0, "None of the choices fitted.")
    if turn.is_payload and turn.act == "feedback_negative":
        yield signal("not_helped", 1.0, "Thumbs down.")
    if not turn.is_payload and has_been_told(turn):
        yield signal("unmet", turn.notices.get("unmet", 0.0), quote(turn))
        yield from same_question(turn)


def best_probability(turn: Turn) -> float:
    """How surely the best passage answers; 0 when none was found."""
    return turn.passages[0].probability if turn.passages else 0.0


def has_been_told(turn: Turn) -> bool:
    """Whether the assistant has said anything of substance that this message may be unhappy with."""
    return any(past.report and past.report.intent in ASKING for past in turn.past[-RECENT_TURNS:])


def same_question(turn: Turn) -> Iterator[Signal]:
    """The earlier message most like this one, the stronger the more alike."""
    if turn.act not in ASKING:
        return
    closest = max(((similarity(turn, past), past.text) for past in turn.past), default=(0.0, ""))
    strength = (closest[0] - UNLIKE) / (ALIKE - UNLIKE)
    yield signal("same_question", strength, f"{clipped(closest[1])} — {quote(turn)}")


def similarity(turn: Turn, past: Past) -> float:
    """Cosine of the two messages' embeddings, 0 when one has none or the earlier one was only polite."""
    if turn.embedding is None or past.embedding is None or (past.report and past.report.intent in POLITE):
        return 0.0
    return float(turn.embedding @ past.embedding)


def failures(turn: Turn, now: Sequence[Signal]) -> list[Signal]:
    """How far the assistant has failed in this row of turns: each counts up to 1, and two are full strength."""
    this = trouble(now)
    if this < FAILED:
        return []
    row = [this, *troubles_before(turn)]
    return [signal("failures", sum(row) / 2, f"{len(row)} in a row without a fitting answer.")]


def trouble(signals: Iterable[Signal]) -> float:
    """How surely one turn failed, 0 to 1: by its worst sign."""
    return max((s.strength * TROUBLE[s.name] for s in signals if s.name in TROUBLE), default=0.0)


def troubles_before(turn: Turn) -> list[float]:
    """The trouble of the failed turns just before this one. Only an answer or a choice breaks the row, not a remark."""
    row = []
    for past in reversed(turn.past):
        earlier = trouble(past.report.signals) if past.report else 0.0
        if earlier >= FAILED:
            row.append(earlier)
        elif past.report is None or past.answer or past.report.verdict == "clarify":
            break
    return row


def signal(name: str, strength: float, evidence: str) -> Signal:
    """A signal with its strength held between 0 and 1, rounded for reading."""
    return Signal(name=name, strength=round(min(1.0, max(0.0, strength)), 3), evidence=evidence)


def quote(turn: Turn) -> str:
    """The shopper's words as evidence."""
    return clipped(turn.text) if not turn.is_payload else "(a button)"


def clipped(text: str) -> str:
    """At most EVIDENCE_CHARS characters of a text."""
    return text if len(text) <= EVIDENCE_CHARS else text[: EVIDENCE_CHARS - 1].rstrip() + "…"
