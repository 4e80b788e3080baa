"""Questions that lean on something: on the one before (“what about Norway”), on the product in view (“is it heavy”)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from knowledge.text.lexical import STOP, terms, words_of
from knowledge.text.places import PLACES

# leans: makes no sense alone; may lean: short or with a pronoun; stands: says all itself.
Leaning = Literal["leans", "may lean", "stands"]

_OPENING: Final = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|thanks|thank you|yes|no|hm+|cool|great)\b[\s,.!]*)*"
    r"(?:and|but|or|also|then|what about|how about|what if|same for|is that|does that|and what about)\b[\s,]*"
    r"(?:(?:what about|how about|what if|for|with|if|the same)\b[\s,]*)?",
    re.IGNORECASE,
)
_POINTING: Final = re.compile(r"\b(?:it|that|this|them|those|these|one|ones|there|other|same|they)\b", re.IGNORECASE)
_NAMES: Final = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(name) for name in sorted(PLACES, key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)
_THING: Final = re.compile(r"\b(?:it|that|this|them|they|these|those)\b", re.IGNORECASE)
_OTHER: Final = re.compile(r"\b(?:the|that) other(?: one)?\b", re.IGNORECASE)
FEW_TERMS: Final = 2


def leaning(question: str) -> Leaning:
    """How much a question leans on what was said before."""
    if _OPENING.match(question) and len(terms(question)) <= 6:
        return "leans"
    count = len(terms(question))
    if count <= FEW_TERMS or (count <= 2 * FEW_TERMS and _POINTING.search(question)):
        return "may lean"
    return "stands"


def joined(question: str, before: str, replaced: str | None = None) -> str:
    """The question before with what the new one changes: a place for a place, a product for a product, else added.

    `replaced` is the title of the product that the new question names another for.
    """
    new = _OPENING.sub("", question, count=1).strip() or question.strip()
    old = before.strip().rstrip("?!. ")
    if _NAMES.search(new) and _NAMES.search(old):
        old = _NAMES.sub(" ", old)
    elif replaced:
        old = without_words(old, replaced)
    return " ".join(f"{old} {new}".split())


def without_words(question: str, title: str) -> str:
    """A question without the words of a product's title."""
    return " ".join(word for word in question.split() if not _of_title(word, title))


def with_other(question: str, title: str | None, other: str) -> str:
    """A question about one product, by its title, as one about another."""
    words = question.rstrip("?!. ").split()
    place = next((number for number, word in enumerate(words) if title and _of_title(word, title)), None)
    if place is None or title is None:
        return f"{other}: {question}"
    rest = [word for word in words[place:] if not _of_title(word, title)]
    return " ".join([*words[:place], other, *rest])


def _of_title(word: str, title: str) -> bool:
    return bool((words_of(word) & words_of(title)) - STOP)


def changed_by(question: str, before: Sequence[str]) -> int:
    """Which of the questions before, the latest first, a new one changes: “and Norway?” the latest with a place."""
    if len(terms(question)) <= FEW_TERMS and _NAMES.search(question):
        return next((number for number, one in enumerate(before) if _NAMES.search(one)), 0)
    return 0


def asks_for_other(question: str) -> bool:
    """Whether it asks the same of another thing: “and the other one?”."""
    return len(terms(question)) <= 2 * FEW_TERMS and _OTHER.search(question) is not None


def about(question: str, product: str) -> str:
    """The question with its “it” read as the product; the same question when nothing in it points."""
    return _THING.sub(product, question, count=1)
