"""“Was this it?”: a shopper's no to a passage that was only likely, and what comes next. Pure."""

from __future__ import annotations

from actions.choices import in_reach, passage_of
from actions.turn import CHOOSE, FETCH_PERSON, STAY, PastTurn, Turn
from handoff.wire import Choice, EngineMessage
from knowledge.wire.search import Found

# A no of up to so many words says no more than the button does.
PLAIN_NO_WORDS = 5
NO = frozenset({"deny", "feedback_negative"})


def refused_passage(turn: Turn) -> str | None:
    """The id of the passage that this turn says no to: by its thumbs down, or in words right after it was shown.

    A mere "no" after a passage that was shown as sure says nothing of it.
    """
    if turn.is_payload and turn.act == "feedback_negative":
        return turn.chosen or next((past.answer.passage_id for past in reversed(turn.past) if past.answer), None)
    shown = turn.last.answers if turn.last and turn.act in NO and not turn.is_payload else ()
    if not shown or asks_for_yes_or_no(turn.last):
        return None
    answer = shown[-1]
    is_meant = answer.likely or was_taken(turn.last) or turn.act == "feedback_negative"
    return answer.passage_id if is_meant else None


def asks_for_yes_or_no(past: PastTurn | None) -> bool:
    """Whether a person was offered last, as a question: a yes or a no is for that."""
    return past is not None and past.offered(FETCH_PERSON) and past.offered(STAY)


def was_taken(past: PastTurn | None) -> bool:
    """Whether the passage of that turn was picked by the shopper."""
    return bool(past and past.report and past.report.confirmed and past.report.confirmed.kind == "choice")


def doubted(turn: Turn) -> EngineMessage | None:
    """The message with the likely passage that is said no to."""
    refused = refused_passage(turn)
    shown = (message for past in reversed(turn.past) for message in past.messages if message.answer)
    return next((m for m in shown if m.answer and m.answer.likely and m.answer.passage_id == refused), None)


def is_plain_no(turn: Turn) -> bool:
    """Whether it says no to a likely passage, and nothing else."""
    return doubted(turn) is not None and (turn.is_payload or len(turn.text.split()) <= PLAIN_NO_WORDS)


def still_unseen(turn: Turn) -> list[Choice]:
    """The choices beside a passage that is said no to whose passages were not shown yet, in their order."""
    message = doubted(turn)
    seen = {answer.passage_id for past in turn.past for answer in past.answers}
    offered = [choice for choice in message.choices if choice.payload.startswith(CHOOSE)] if message else []
    return [choice for choice in offered if passage_of(choice.payload) not in seen]


def found_before(turn: Turn, passage_id: str | None) -> tuple[Found, str] | None:
    """A passage found earlier in the episode, and the index that it was found in."""
    for past in reversed(turn.past):
        for raw in past.passages:
            if raw.get("passage_id") == passage_id:
                version = past.report.index_version if past.report else None
                return Found.model_validate(raw), version or ""
    return None


def question_behind(turn: Turn, passage_id: str) -> str | None:
    """The shopper's words that led to a passage which was shown or offered before."""
    return next(
        (
            past.report.question
            for past in reversed(turn.past)
            if past.report and past.report.question and passage_id in in_reach(past)
        ),
        None,
    )
