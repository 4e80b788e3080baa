"""The messages of a turn: an answer, a question back, an admission, an offer, a hand-off. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from actions.phrases import FETCH_LABEL, NONE_LABEL, STAY_LABEL, phrase
from actions.turn import CHOOSE, FETCH_PERSON, NONE_OF_THESE, STAY, Turn
from actions.wording import index_named
from handoff.wire import Answer, Choice, EngineMessage
from knowledge.wire.search import Found

MAX_CHOICES = 3
# From this probability on an answer is given without "may be it".
SURE = 0.6


def own_message(kind: str, turn: Turn, **words: str) -> EngineMessage:
    """One of the assistant's own sentences."""
    return EngineMessage(text=phrase(kind, turns_answered(turn), **words))


def turns_answered(turn: Turn) -> int:
    """How many turns of the episode the assistant has answered; it turns the phrases over."""
    return len(turn.past)


def search_message(turn: Turn) -> EngineMessage:
    """What the search's verdict says: the passage, a question back, or that no page answers."""
    if turn.verdict == "answer" and turn.passages:
        return answer_message(turn)
    if turn.verdict == "clarify" and turn.passages:
        return clarifying_message(turn, "which")
    if turn.has_nearby:
        return clarifying_message(turn, "nearest")
    return own_message("unknown", turn)


def answer_message(turn: Turn) -> EngineMessage:
    """The best passage, word for word, with its source."""
    found = turn.passages[0]
    kind = "found" if found.probability >= SURE else "found_maybe"
    return EngineMessage(
        text=phrase(kind, turns_answered(turn), title=found.page_title), answer=answer_of(found, index_version(turn))
    )


def answer_of(found: Found, version: str) -> Answer:
    """A found passage as the answer that shoppers and agents see."""
    return Answer(
        passage_id=found.passage_id,
        passage=found.text,
        page_title=found.page_title,
        heading=found.heading,
        url=found.url,
        updated=found.updated,
        index_version=version,
        probability=found.probability,
        more=found.more,
    )


def index_version(turn: Turn) -> str:
    """The index that this turn was answered from."""
    return turn.understanding.search.index_version if turn.understanding else ""


def clarifying_message(turn: Turn, kind: str) -> EngineMessage:
    """Up to three headings to pick from, and a way out."""
    choices = [choice_of(found) for found in distinct(turn.passages)[:MAX_CHOICES]]
    return EngineMessage(
        text=phrase(kind, turns_answered(turn)),
        choices=[*choices, Choice(label=NONE_LABEL, payload=NONE_OF_THESE)],
    )


def distinct(passages: Sequence[Found]) -> list[Found]:
    """Passages with different labels, best first."""
    by_label: dict[str, Found] = {}
    for found in passages:
        by_label.setdefault(label_of(found), found)
    return list(by_label.values())


def label_of(found: Found) -> str:
    """What the button says: the heading, with its page when that tells more."""
    if found.heading in ("", found.page_title):
        return found.page_title
    return f"{found.heading} · {found.page_title}"


def choice_of(found: Found) -> Choice:
    """A button that shows one passage."""
    return Choice(label=label_of(found), payload=CHOOSE + json.dumps({"passage": found.passage_id}))


def picked_message(turn: Turn) -> EngineMessage:
    """The passage that was picked, by button or by its place in the list."""
    found = find_chosen(turn)
    if found is None:
        return search_message(turn)
    version = turn.last.report.index_version if turn.last and turn.last.report else None
    text = phrase("chosen", turns_answered(turn), title=found.page_title)
    return EngineMessage(text=text, answer=answer_of(found, version or index_version(turn)))


def first_choice_message(turn: Turn) -> EngineMessage:
    """The first of the choices offered: "yes" to several means the best one."""
    offered = next((p for p in turn.last.choices if p.payload.startswith(CHOOSE)), None) if turn.last else None
    return picked_message(replace(turn, chosen=passage_of(offered.payload))) if offered else own_message("affirm", turn)


def passage_of(payload: str) -> str:
    """The passage id inside a choice's payload."""
    return str(json.loads(payload.removeprefix(CHOOSE))["passage"])


def find_chosen(turn: Turn) -> Found | None:
    """The picked passage among those found earlier; None when it was never found in this episode."""
    wanted = turn.chosen or by_place(turn)
    for past in reversed(turn.past):
        for raw in past.passages:
            if raw.get("passage_id") == wanted:
                return Found.model_validate(raw)
    return None


def by_place(turn: Turn) -> str | None:
    """The passage id of "the second one", from the choices last offered."""
    offered = [c.payload for c in turn.last.choices if c.payload.startswith(CHOOSE)] if turn.last else []
    place = index_named(turn.text, len(offered))
    return passage_of(offered[place]) if place is not None else None


def with_offer(messages: Sequence[EngineMessage], turn: Turn, upset: bool, asked_lately: bool) -> list[EngineMessage]:
    """The messages and a person on offer: as a question, or as a button beside others and where it was asked lately."""
    if messages and (messages[-1].choices or asked_lately) and not upset:
        person = Choice(label=FETCH_LABEL, payload=FETCH_PERSON)
        last = messages[-1].model_copy(update={"choices": [*messages[-1].choices, person]})
        return [*messages[:-1], last]
    return [*messages, offer(turn, upset)]


def offer(turn: Turn, upset: bool) -> EngineMessage:
    """A person, offered in one sentence with two choices."""
    return EngineMessage(
        text=phrase("offer_upset" if upset else "offer", turns_answered(turn)),
        choices=[Choice(label=FETCH_LABEL, payload=FETCH_PERSON), Choice(label=STAY_LABEL, payload=STAY)],
    )
