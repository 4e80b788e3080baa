"""What speaks for fetching a person, read from a turn and its episode. Each signal brings its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from actions.failures import SURELY, failing, signal
from actions.likely import is_plain_no, still_unseen
from actions.turn import CHOOSE, FETCH_PERSON, POLITE, STAY, PastTurn, Turn
from actions.wishes import asks_in_so_many_words
from handoff.wire import Signal

# Cosine of two messages' embeddings: up to UNLIKE they are about different things, from ALIKE on they ask the same.
UNLIKE, ALIKE = 0.6, 0.85
# Further apart, they can still be on one matter: a question, and what the shopper adds to it.
APART, TOGETHER = 0.25, 0.45
# Texts in Hinglish are all alike to the embedding.
APART_HINGLISH, TOGETHER_HINGLISH = 0.65, 0.85
# "Yes or no" about another matter weighs this share of what it does about the same one; up to these cosines it rises.
ELSEWHERE = 0.6
ELSEWHERE_UP_TO = (0.1, 0.4)
# A "no" this sure is an answer of the shopper's own, to an offer or to nothing, not a word on ours.
PLAIN_NO = 0.8
RECENT_TURNS = 3
# Two views of a wish for a person: its own detector, and its share among all acts (docs/understanding.md).
DETECTOR_SHARE, ACT_SHARE = 0.7, 0.3
ASKING = frozenset({"ask", "ask_order", "complain", "feedback_negative"})
# Acts of a shopper who is content: nothing in their words is held against the last answer.
CONTENT = frozenset({"thanks", "feedback_positive", "greet", "goodbye", "affirm", "withdraw_human", "small_talk"})
PEOPLE_ONLY = "people_only."
# Subjects where somebody's life or body may be at stake.
AT_STAKE = frozenset({"despair", "injury", "child", "hazard", "threat", "vulnerable"})
DANGER = "danger"
EVIDENCE_CHARS = 120
# Weaker signals are not worth an agent's eye.
FAINT = 0.1
SHOUTING = 0.6
MANY_CAPITALS = 3
UNEASY = 0.45


def read_signals(turn: Turn, subjects: Collection[str]) -> list[Signal]:
    """Every signal of this turn that has any strength, strongest first. `subjects` are those for people only."""
    signals = [s for s in own_signals(turn, subjects) if s.strength > FAINT]
    return sorted([*signals, *failing(turn, signals)], key=lambda s: -s.strength)


def own_signals(turn: Turn, subjects: Collection[str]) -> Iterator[Signal]:
    """Signals that this message shows by itself or against the ones before it."""
    if turn.understanding is None and not turn.is_payload:
        yield signal("not_understood", 1.0, "The knowledge service did not answer.")
    yield signal("asked", wish_for_person(turn), quote(turn))
    yield from people_only(turn, subjects)
    yield signal("frustration", frustration(turn), quote(turn))
    yield signal("rising", rising(turn), "Frustration has grown over the last messages.")
    if turn.act == "ask_order":
        yield signal("order_only", turn.confidence, "Only the order system knows.")
    yield from failed_ways(turn)


def wish_for_person(turn: Turn) -> float:
    """How surely the shopper asks for a person: in words, by the button, or by taking the offer."""
    if turn.act == "request_human" and turn.is_payload:
        return 1.0
    # "Yes" takes an offer that was put as a question, not a person among the buttons.
    if turn.act == "affirm" and turn.offered(FETCH_PERSON) and turn.offered(STAY):
        return 1.0
    if not turn.is_payload and asks_in_so_many_words(turn.text):
        return 1.0
    # Two views of the same words: against everything that only mentions people, and among all acts.
    return DETECTOR_SHARE * turn.detections.get("asked", 0.0) + ACT_SHARE * turn.ranking.get("request_human", 0.0)


def people_only(turn: Turn, subjects: Collection[str]) -> Iterator[Signal]:
    """That the message is for people at once, by the shop's subjects; and that somebody may be in danger."""
    subject = people_subject(turn, subjects)
    if subject is None:
        return
    strength = turn.detections.get(PEOPLE_ONLY + subject, 0.0)
    # That it is about any of them is often surer than which: a burnt child is an injury, a hazard and a child.
    if subject == people_subject(turn, known_subjects(turn)):
        strength = max(strength, (strength + turn.detections.get("people_only", 0.0)) / 2)
    yield signal("people_only", strength, f"{subject.replace('_', ' ')}: {quote(turn)}")
    if subject in AT_STAKE:
        yield signal(DANGER, strength, "Somebody may be hurt or in danger.")


def known_subjects(turn: Turn) -> list[str]:
    """All that the detector tells apart, the shop's and others."""
    return [name.removeprefix(PEOPLE_ONLY) for name in turn.detections if name.startswith(PEOPLE_ONLY)]


def people_subject(turn: Turn, subjects: Collection[str]) -> str | None:
    """Which of the subjects for people the message is about most; None when the shop has none."""
    return max(subjects, key=lambda name: turn.detections.get(PEOPLE_ONLY + name, 0.0), default=None)


def frustration(turn: Turn) -> float:
    """How surely this message is fed up with us; shouting makes an annoyed message angrier, not a calm one."""
    words = turn.detections.get("frustration", 0.0)
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
    if is_plain_no(turn):
        yield said_no(turn)
        return
    matter = same_matter(turn)
    if turn.act in ASKING and turn.verdict == "unknown" and (turn.asks or matter >= SURELY):
        found = "not_found" if turn.is_hinglish else "nothing_near"
        yield signal(found, 1.0 - turn.best_probability, quote(turn))
    if turn.act == "none_of_these":
        yield signal("choices_refused", 1.0, "None of the choices fitted.")
    if turn.is_payload and turn.act == "feedback_negative":
        yield signal("not_helped", 1.0, "Thumbs down.")
    if not turn.is_payload and has_been_answered(turn) and turn.act not in CONTENT:
        yield signal("unmet", unmet(turn), quote(turn))
        yield from same_question(turn)
        yield signal("same_matter", matter, "Still on what was asked before.")
        if turn.act in ASKING and turn.verdict == "clarify" and turn.offered(CHOOSE):
            yield signal("asked_back_again", matter, "Passed over the choices and is offered choices again.")
        if turn.act in ASKING and repeats_answer(turn):
            yield signal("same_answer", matter, "The pages have only what was shown before.")


def said_no(turn: Turn) -> Signal:
    """A no to a likely passage: nothing is lost while there is another to show."""
    if still_unseen(turn):
        return signal("not_it", 1.0, "Not the likely passage; the next is shown.")
    return signal("not_helped", 1.0, "None of the likely passages.")


def repeats_answer(turn: Turn) -> bool:
    """Whether the passage that would answer is one the shopper has been given already."""
    seen = {answer.passage_id for past in turn.past for answer in past.answers}
    return turn.shown is not None and turn.shown.passage_id in seen


def has_been_answered(turn: Turn) -> bool:
    """Whether the assistant has said anything of substance that this message may be unhappy with."""
    return any(past.report and past.report.intent in ASKING for past in turn.past[-RECENT_TURNS:])


def same_question(turn: Turn) -> Iterator[Signal]:
    """The earlier message most like this one, the stronger the more alike."""
    if turn.act not in ASKING:
        return
    closest = max(((similarity(turn, past), past.text) for past in turn.past), default=(0.0, ""))
    yield signal("same_question", rise(closest[0], UNLIKE, ALIKE), f"{clipped(closest[1])} — {quote(turn)}")


def same_matter(turn: Turn) -> float:
    """How surely this message is still about what was asked lately: near in meaning, or insisting."""
    if turn.is_payload or turn.act in CONTENT or not has_been_answered(turn):
        return 0.0
    low, high = (APART_HINGLISH, TOGETHER_HINGLISH) if turn.is_hinglish else (APART, TOGETHER)
    return max(rise(closest_lately(turn), low, high), unmet(turn))


def unmet(turn: Turn) -> float:
    """How surely the words say that the last answer missed; less surely when they are about something else."""
    if turn.act == "deny" and turn.confidence >= PLAIN_NO:
        return 0.0
    words = turn.detections.get("unmet", 0.0)
    return words * (ELSEWHERE + (1 - ELSEWHERE) * rise(closest_lately(turn), *ELSEWHERE_UP_TO))


def closest_lately(turn: Turn) -> float:
    """Cosine to the nearest of the last few messages."""
    return max((similarity(turn, past) for past in turn.past[-RECENT_TURNS:]), default=0.0)


def rise(value: float, low: float, high: float) -> float:
    """0 up to `low`, 1 from `high` on, straight between."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def similarity(turn: Turn, past: PastTurn) -> float:
    """Cosine of the two messages' embeddings, 0 when one has none or the earlier one was only polite."""
    if turn.embedding is None or past.embedding is None or (past.report and past.report.intent in POLITE):
        return 0.0
    return float(turn.embedding @ past.embedding)


def quote(turn: Turn) -> str:
    """The shopper's words as evidence."""
    return clipped(turn.text) if not turn.is_payload else "(a button)"


def clipped(text: str) -> str:
    """At most EVIDENCE_CHARS characters of a text."""
    return text if len(text) <= EVIDENCE_CHARS else text[: EVIDENCE_CHARS - 1].rstrip() + "…"
