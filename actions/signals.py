"""What speaks for fetching a person, read from a turn and its episode. Each signal brings its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from actions.turn import FETCH_PERSON, POLITE, Past, Turn
from handoff.wire import Signal

# Cosine similarity from which two messages ask the same thing.
SAME_QUESTION = 0.8
# Signals that make a turn a failed one; two such turns in a row are enough.
FAILURES = frozenset({"not_found", "choices_refused", "not_helped", "same_question"})
ASKING = frozenset({"ask", "ask_order", "complain", "feedback_negative"})
PEOPLE_ONLY = "people_only."
EVIDENCE_CHARS = 120


def read_signals(turn: Turn) -> list[Signal]:
    """Every signal of this turn that has any strength, strongest first."""
    signals = [*own_signals(turn)]
    signals += failures(turn, {signal.name for signal in signals})
    return sorted((s for s in signals if s.strength > 0.05), key=lambda s: -s.strength)


def own_signals(turn: Turn) -> Iterator[Signal]:
    """Signals that this message shows by itself or against the ones before it."""
    if turn.understanding is None and not turn.is_payload:
        yield signal("not_understood", 1.0, "The knowledge service did not answer.")
    yield signal("asked", asked(turn), quote(turn))
    yield from people_only(turn)
    yield signal("frustration", turn.notices.get("frustration", 0.0), quote(turn))
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
    in_words = turn.ranking.get("request_human", 0.0)
    certain = max(in_words, 0.5) if turn.act == "request_human" else in_words
    return turn.notices.get("asked", certain)


def people_only(turn: Turn) -> Iterator[Signal]:
    """The strongest subject of the shop's people-only list, if any."""
    subjects = {name.removeprefix(PEOPLE_ONLY): p for name, p in turn.notices.items() if name.startswith(PEOPLE_ONLY)}
    if subjects:
        subject = max(subjects, key=lambda name: subjects[name])
        yield signal("people_only", subjects[subject], f"{subject.replace('_', ' ')}: {quote(turn)}")


def rising(turn: Turn) -> float:
    """The mean of this message's frustration and the last one's, when both are there and it has grown."""
    last = turn.last.report.frustration if turn.last and turn.last.report else 0.0
    now = turn.notices.get("frustration", 0.0)
    return (now + last) / 2 if now > last > 0.3 else 0.0


def failed_ways(turn: Turn) -> Iterator[Signal]:
    """In which ways the assistant is not getting anywhere at this turn."""
    if turn.act in ASKING and turn.verdict == "unknown":
        yield signal("not_found", 1.0, quote(turn))
    if turn.act == "none_of_these":
        yield signal("choices_refused", 1.0, "None of the choices fitted.")
    if turn.act == "feedback_negative" and any(p.answer for p in turn.past[-2:]):
        yield signal("not_helped", max(turn.confidence, 0.5), quote(turn))
    yield from same_question(turn)


def same_question(turn: Turn) -> Iterator[Signal]:
    """The earlier message most like this one, when they ask the same."""
    if turn.act not in ASKING or turn.is_payload:
        return
    closest = max(((similarity(turn, past), past.text) for past in turn.past), default=(0.0, ""))
    if closest[0] >= SAME_QUESTION:
        yield signal("same_question", closest[0], f"{clipped(closest[1])} — {quote(turn)}")


def similarity(turn: Turn, past: Past) -> float:
    """Cosine of the two messages' embeddings, 0 when one has none or the earlier one was only polite."""
    if turn.embedding is None or past.embedding is None or (past.report and past.report.intent in POLITE):
        return 0.0
    return float(turn.embedding @ past.embedding)


def failures(turn: Turn, now: set[str]) -> list[Signal]:
    """Failed turns in a row, ending with this one: half strength for the first, full from the second on."""
    if not now & FAILURES:
        return []
    count = 1 + failed_before(turn)
    return [signal("failures", min(1.0, count / 2), f"{count} in a row without a fitting answer.")]


def failed_before(turn: Turn) -> int:
    """How many turns just before this one failed; greetings and thanks in between do not break the row."""
    count = 0
    for past in reversed(turn.past):
        if past.signals & FAILURES:
            count += 1
        elif past.report is None or past.report.intent not in POLITE:
            break
    return count


def signal(name: str, strength: float, evidence: str) -> Signal:
    """A signal with its strength held between 0 and 1, rounded for reading."""
    return Signal(name=name, strength=round(min(1.0, max(0.0, strength)), 3), evidence=evidence)


def quote(turn: Turn) -> str:
    """The shopper's words as evidence."""
    return clipped(turn.text) if not turn.is_payload else "(a button)"


def clipped(text: str) -> str:
    """At most EVIDENCE_CHARS characters of a text."""
    return text if len(text) <= EVIDENCE_CHARS else text[: EVIDENCE_CHARS - 1].rstrip() + "…"
