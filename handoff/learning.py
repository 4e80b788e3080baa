"""From what shoppers and agents confirmed to questions that sections should be asked as. Pure.

The same question in other letters, marks, order or filling words is one question. What one conversation says of it
counts once, by its weightiest word, and loses half its weight with every half-life; nothing comes of one conversation.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from handoff.store.rows import Confirmation, Kind

# An agent knows the pages; a yes was asked for; thanks may be manners, and a heading may be taken to look.
WEIGHTS: Final[dict[Kind, float]] = {"agent_link": 1.0, "yes": 0.8, "thanks": 0.6, "choice": 0.6}
FEWEST_CONVERSATIONS: Final = 2
# What is fresh and said twice has more; what nobody has said for long has less.
LEAST_WEIGHT: Final = 0.5
MOST_WORDS: Final = 60
# Words that ask nothing by themselves. "not" and "no" decide, and are no filling.
_FILLING = """
a an the is are am was do does did can could will would i we you me my your our it its to of for in on at and
hi hello hey please pls thanks thank there have has get
"""
FILLING: Final = frozenset(_FILLING.split())
_WORD = re.compile(r"[^\W_]+")
_REASONS: Final[dict[Kind, tuple[str, str]]] = {
    "agent_link": ("{n} agent gave this section in reply", "{n} agents gave this section in reply"),
    "yes": ("{n} shopper said that this was it", "{n} shoppers said that this was it"),
    "choice": ("{n} shopper took this heading", "{n} shoppers took this heading"),
    "thanks": ("{n} shopper called it helpful", "{n} shoppers called it helpful"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question for a section, in the words most said, and why it is one. `key` names the two, whatever the words."""

    key: str
    question: str
    passage_id: str
    weight: float
    conversations: int
    last_at: datetime
    reason: str


def candidates(confirmations: Iterable[Confirmation], now: datetime, half_life_days: float) -> list[Candidate]:
    """What may be suggested, the weightiest first."""
    groups: dict[tuple[str, str], list[Confirmation]] = {}
    for one in confirmations:
        groups.setdefault((words_of(one.question), section_of(one.passage_id)), []).append(one)
    weighed = {pair: _weight(group, now, half_life_days) for pair, group in groups.items()}
    # Where the same words lead to two sections, only the weightier is suggested.
    best: dict[str, tuple[float, str]] = {}
    for (words, section), weight in weighed.items():
        best[words] = max(best.get(words, (0.0, "")), (weight, section))
    found = [
        _candidate(words, section, group, weighed[words, section])
        for (words, section), group in groups.items()
        if words and best[words][1] == section and _enough(group, weighed[words, section])
    ]
    return sorted(found, key=lambda one: (-one.weight, one.question))


def words_of(question: str) -> str:
    """A question's words as they are compared: without letters' cases, accents, marks, order and filling words."""
    folded = unicodedata.normalize("NFKD", question.casefold().replace("’", "'").replace("'", ""))
    words = sorted(set(_WORD.findall("".join(char for char in folded if not unicodedata.combining(char)))))
    return " ".join([word for word in words if word not in FILLING] or words)


def section_of(passage_id: str) -> str:
    """The section that a passage is of: a later passage of it is the same one."""
    return re.sub(r"~\d+$", "", passage_id)


def _enough(group: Sequence[Confirmation], weight: float) -> bool:
    short = any(len(one.question.split()) <= MOST_WORDS for one in group)
    return len(_each(group)) >= FEWEST_CONVERSATIONS and weight >= LEAST_WEIGHT and short


def _each(group: Iterable[Confirmation]) -> dict[str, Confirmation]:
    """The weightiest word of each conversation, the newest of equal ones."""
    said: dict[str, Confirmation] = {}
    for one in group:
        other = said.get(one.conversation_id)
        if other is None or (WEIGHTS[one.kind], one.at) > (WEIGHTS[other.kind], other.at):
            said[one.conversation_id] = one
    return said


def _weight(group: Iterable[Confirmation], now: datetime, half_life_days: float) -> float:
    ages = ((one, max(0.0, (now - one.at).total_seconds() / 86_400)) for one in _each(group).values())
    return float(sum(WEIGHTS[one.kind] * 0.5 ** (days / half_life_days) for one, days in ages))


def _candidate(words: str, section: str, group: Sequence[Confirmation], weight: float) -> Candidate:
    short = [one for one in group if len(one.question.split()) <= MOST_WORDS]
    # Of wordings said equally often, the newest.
    times = Counter(one.question for one in short)
    question = max(short, key=lambda one: (times[one.question], one.at)).question
    return Candidate(
        key=hashlib.sha256(f"{words}\n{section}".encode()).hexdigest(),
        question=question,
        passage_id=section,
        weight=round(weight, 3),
        conversations=len(_each(group)),
        last_at=max(one.at for one in group),
        reason=_reason(_each(group).values()),
    )


def _reason(said: Iterable[Confirmation]) -> str:
    """“2 shoppers took this heading, 1 agent gave this section in reply; last on 2 March 2026.”"""
    said = list(said)
    counts = Counter(one.kind for one in said)
    told = [
        one.format(n=n) if n == 1 else many.format(n=n) for kind, (one, many) in _REASONS.items() if (n := counts[kind])
    ]
    last = max(one.at for one in said)
    return f"{', '.join(told)}; last on {last.day} {last:%B %Y}."
