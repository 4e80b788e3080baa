"""The messages of a turn: an answer, a question back, an admission, an offer, a hand-off. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.choices import choices_of, passage_of, passages_in
from actions.facts import facts_beside, facts_of, in_lines
from actions.likely import doubted, found_before, still_unseen
from actions.phrases import FETCH_LABEL, NONE_LABEL, STAY_LABEL, phrase
from actions.turn import FETCH_PERSON, NONE_OF_THESE, STAY, Turn
from actions.wording import index_named
from handoff.wire import Answer, Choice, EngineMessage, SectionLink
from knowledge.wire.search import FactTable, Found, SearchResult


def own_message(kind: str, turn: Turn, **words: str) -> EngineMessage:
    """One of the assistant's own sentences."""
    return EngineMessage(text=phrase(kind, turns_answered(turn), **words))


def turns_answered(turn: Turn) -> int:
    """How many turns of the episode the assistant has answered; it turns the phrases over."""
    return len(turn.past)


def searched(turn: Turn) -> list[EngineMessage]:
    """What the search's verdict says: a passage, a question back, or that no page answers; two for two questions."""
    search = turn.search
    if search is None:
        return [own_message("unknown", turn)]
    first = searched_message(turn, search)
    return [first, second_message(turn, search.second)] if search.second and search.second.shown else [first]


def second_message(turn: Turn, search: SearchResult) -> EngineMessage:
    """The answer to the second question of a message, said to be that."""
    message = answer_message(turn, search)
    return message.model_copy(update={"text": phrase("second", turns_answered(turn), words=message.text or "")})


def searched_message(turn: Turn, search: SearchResult) -> EngineMessage:
    """The verdict on one question: the passage, surely or likely; choices; or that no page answers."""
    if search.shown is not None:
        return answer_message(turn, search)
    if search.verdict == "clarify" and (choices := choices_of(search)):
        none = Choice(label=NONE_LABEL, payload=NONE_OF_THESE)
        return EngineMessage(text=phrase("which", turns_answered(turn)), choices=[*choices, none])
    return own_message("unknown", turn)


def answer_message(turn: Turn, search: SearchResult) -> EngineMessage:
    """The first passage, word for word, with its source; when it is only likely, with what else may be meant."""
    if search.facts:
        return facts_message(turn, search, search.facts)
    found, likely = search.passages[0], search.verdict == "likely"
    text = phrase("likely" if likely else "found", turns_answered(turn), title=found.page_title)
    also = [SectionLink(heading=other.heading, url=other.url) for other in search.also]
    answer = answer_of(found, search.index_version).model_copy(update={"likely": likely, "also": also})
    return EngineMessage(text=text, answer=answer, choices=choices_of(search) if likely else [])


def facts_message(turn: Turn, search: SearchResult, table: FactTable) -> EngineMessage:
    """A table of facts, word for word from the pages of one product or of several."""
    found, facts = search.passages[0], facts_of(table)
    if len(facts.rows) == 1:
        text = phrase("found", turns_answered(turn), title=facts.rows[0].product)
    elif facts.left_out:
        all_there_are = len(facts.rows) + facts.left_out
        text = phrase("facts_some", turns_answered(turn), shown=str(len(facts.rows)), all=str(all_there_are))
    else:
        text = phrase("facts", turns_answered(turn))
    answer = answer_of(found, search.index_version)
    return EngineMessage(
        text=text, answer=answer.model_copy(update={"facts": facts, "passage": in_lines(facts), "more": None})
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
        facts=facts_beside(found),
    )


def picked(turn: Turn) -> list[EngineMessage]:
    """The passage that was picked, by button or by its place in the list."""
    known = found_before(turn, turn.chosen or by_place(turn))
    if known is None:
        return searched(turn)
    found, version = known
    text = phrase("chosen", turns_answered(turn), title=found.page_title)
    return [EngineMessage(text=text, answer=answer_of(found, version))]


def first_choice(turn: Turn) -> list[EngineMessage]:
    """The first of the choices offered: "yes" to several means the best one."""
    offered = passages_in(turn.last.choices) if turn.last else []
    return picked(replace(turn, chosen=offered[0])) if offered else [own_message("affirm", turn)]


def by_place(turn: Turn) -> str | None:
    """The passage id of "the second one", from the choices last offered."""
    offered = passages_in(turn.last.choices) if turn.last else []
    place = index_named(turn.text, len(offered))
    return offered[place] if place is not None else None


def after_no(turn: Turn) -> list[EngineMessage]:
    """After a no to a likely passage: the next that may be meant, while there is one. After any other no: nothing."""
    if doubted(turn) is None:
        return []
    unseen = still_unseen(turn)
    known = found_before(turn, passage_of(unseen[0].payload)) if unseen else None
    if known is None:
        return [own_message("nothing_left", turn)]
    found, version = known
    answer = answer_of(found, version).model_copy(update={"likely": True})
    text = phrase("next", turns_answered(turn), title=found.page_title)
    return [EngineMessage(text=text, answer=answer, choices=unseen[1:])]


def with_offer(messages: Sequence[EngineMessage], turn: Turn, upset: bool, asked_lately: bool) -> list[EngineMessage]:
    """The messages and a person on offer: as a question, or as a button beside others and where it was asked lately.

    What may be meant beside a likely passage stays by itself: a person is none of it.
    """
    last = messages[-1] if messages else None
    if last and last.answer and last.choices:
        return [*messages, offer(turn, upset)]
    if last and (last.choices or asked_lately) and not upset:
        person = Choice(label=FETCH_LABEL, payload=FETCH_PERSON)
        return [*messages[:-1], last.model_copy(update={"choices": [*last.choices, person]})]
    return [*messages, offer(turn, upset)]


def offer(turn: Turn, upset: bool) -> EngineMessage:
    """A person, offered in one sentence with two choices."""
    return EngineMessage(
        text=phrase("offer_upset" if upset else "offer", turns_answered(turn)),
        choices=[Choice(label=FETCH_LABEL, payload=FETCH_PERSON), Choice(label=STAY_LABEL, payload=STAY)],
    )
