"""The passages that are one tap away: as a heading, with how each begins. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from actions.turn import CHOOSE, PastTurn
from handoff.wire import MAX_HINT_CHARS, Choice
from knowledge.wire.search import Found, SearchResult

# Markdown that plain words do without, and what stands for it.
_MARKS = (
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    # A table's head, and the line below it.
    (re.compile(r"^.*\|.*\n[\s:|-]*-[\s:|-]*$", re.MULTILINE), ""),
    (re.compile(r"^\s*\|(.*?)\|?\s*$", re.MULTILINE), r"\1;"),
    (re.compile(r"^\s*(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+", re.MULTILINE), ""),
    (re.compile(r"\s*\|\s*"), ", "),
    (re.compile(r"(\*\*|__|`)(.+?)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)


def choices_of(search: SearchResult) -> list[Choice]:
    """The passages that the search would have offered, as buttons, in its order."""
    by_id = {found.passage_id: found for found in search.passages}
    return [choice_of(by_id[passage]) for passage in search.choices if passage in by_id]


def choice_of(found: Found) -> Choice:
    """A button that shows one passage."""
    return Choice(
        label=label_of(found), payload=CHOOSE + json.dumps({"passage": found.passage_id}), hint=hint_of(found.text)
    )


def label_of(found: Found) -> str:
    """What the button says: the heading, with its page when that tells more."""
    if found.heading in ("", found.page_title):
        return found.page_title
    return f"{found.heading} · {found.page_title}"


def hint_of(text: str) -> str | None:
    """How a passage begins, in plain words, cut between two of them; None when it has no words."""
    for mark, plain in _MARKS:
        text = mark.sub(plain, text)
    words = " ".join(text.split()).replace(" ;", ";").strip("; ")
    if len(words) <= MAX_HINT_CHARS:
        return words or None
    return words[: MAX_HINT_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def passage_of(payload: str) -> str:
    """The passage id inside a choice's payload."""
    return str(json.loads(payload.removeprefix(CHOOSE))["passage"])


def passages_in(choices: Sequence[Choice]) -> list[str]:
    """The ids of the passages among choices, in their order."""
    return [passage_of(choice.payload) for choice in choices if choice.payload.startswith(CHOOSE)]


def in_reach(past: PastTurn) -> list[str]:
    """The ids of the passages that a turn showed or offered."""
    return [*(answer.passage_id for answer in past.answers), *passages_in(past.choices)]
