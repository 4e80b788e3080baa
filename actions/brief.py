"""The story an agent gets with a hand-off: what they want, what was tried, why a person is needed."""

from __future__ import annotations

from collections.abc import Sequence

from actions.signals import clipped, frustration
from actions.turn import CHOOSE, PastTurn, Turn, by_entity
from actions.wording import UNKNOWN
from handoff.wire import Brief, Signal, Tried

# Acts that say nothing about what the shopper wants.
WORDLESS = frozenset(
    {"greet", "goodbye", "thanks", "affirm", "deny", "repeat", "restart_chat", "small_talk", "bot_challenge", "choose"}
    | {"none_of_these", "withdraw_human", "request_human", "feedback_negative", "feedback_positive", "inappropriate"}
)
MIN_WANT_WORDS = 3
# From this frustration on a message says how they feel rather than what they want.
OUTBURST = 0.6
# Weaker signals would only cost the agent time, and that a message kept to its matter says nothing to them.
CLEAR = 0.3
SAME_MATTER = "same_matter"


def write_brief(turn: Turn, signals: Sequence[Signal], pages: str) -> Brief:
    """The brief for the agent who takes over after this turn; `pages` is the language of the shop's pages."""
    return Brief(
        wants=clipped(wants(turn)),
        tried=tried(turn),
        signals=[s for s in signals if s.strength >= CLEAR and s.name != SAME_MATTER],
        entities=all_entities(turn),
        language=episode_language(turn, pages),
    )


def wants(turn: Turn) -> str:
    """The last message that says what it is about, in their own words; an outburst only when there is no other."""
    messages = [(turn.text, turn.act, turn.is_payload, frustration(turn))]
    for past in reversed(turn.past):
        if past.report:
            messages.append((past.text, past.report.intent, past.is_payload, past.report.frustration))
    telling = [(text, upset) for text, act, is_payload, upset in messages if states_a_want(text, act, is_payload)]
    calm = (text for text, upset in telling if upset < OUTBURST)
    return next(calm, telling[0][0] if telling else "A person." if turn.is_payload else turn.text)


def episode_language(turn: Turn, pages: str) -> str:
    """The language last surely written, if it is not the pages' own: "sí" alone says little."""
    written = [turn.language, *(past.report.language for past in reversed(turn.past) if past.report)]
    return next((language for language in written if language not in (pages, UNKNOWN)), turn.language)


def states_a_want(text: str, act: str, is_payload: bool) -> bool:
    """Whether a message says what the shopper wants: by its act, or by saying enough besides it."""
    if is_payload or not any(letter.isalpha() for letter in text):
        return False
    return act not in WORDLESS or (act == "request_human" and len(text.split()) > 3 * MIN_WANT_WORDS)


def tried(turn: Turn) -> list[Tried]:
    """Each question and the passage shown for it, oldest first, ending with what this turn found."""
    rows = [row for past in turn.past for row in tried_in(past)]
    if turn.verdict == "unknown" and states_a_want(turn.text, turn.act, turn.is_payload):
        rows.append(Tried(question=clipped(turn.text)))
    return rows


def tried_in(past: PastTurn) -> list[Tried]:
    """What one earlier turn showed, or that it found nothing."""
    if past.answers:
        return [
            Tried(
                question=clipped(asked(past)),
                page_title=answer.page_title,
                heading=answer.heading,
                url=answer.url,
                probability=answer.probability,
            )
            for answer in past.answers
        ]
    if past.report and past.report.verdict == "unknown" and states_a_want(past.text, past.report.intent, False):
        return [Tried(question=clipped(past.text))]
    return []


def asked(past: PastTurn) -> str:
    """What led to the passages of a turn: the shopper's words, or what they pressed."""
    if not past.is_payload:
        return past.text
    return "(a choice)" if past.text.startswith(CHOOSE) else "(not that; the next)"


def all_entities(turn: Turn) -> dict[str, list[str]]:
    """Everything named in the episode, oldest first."""
    named = [past.report.entities for past in turn.past if past.report] + [turn.entities]
    return by_entity((entity, value) for found in named for entity, values in found.items() for value in values)
