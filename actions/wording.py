"""What words tell, by ISO 639-1 code: a question, a place in a list, Hindi in Latin letters. Pure.

A language is added here and in `languages`; nothing else in this room knows words of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ENGLISH = "en"
HINDI = "hi"
# What the knowledge service says of a message in no language that it knows.
UNKNOWN = "und"

QUESTION_WORDS: Mapping[str, frozenset[str]] = {
    ENGLISH: frozenset(
        {"how", "what", "whats", "when", "where", "wheres", "which", "who", "whos", "why"}
        | {"any", "anyone", "want", "need", "looking"}
    ),
    HINDI: frozenset({"kya", "kab", "kaise", "kitna", "kitne", "kitni"}),
    "de": frozenset({"wie", "wann", "wo"}),
    "fr": frozenset({"quand", "combien", "où"}),
    "nl": frozenset({"hoe", "wat", "wanneer", "waar"}),
}
_ANY_QUESTION_WORD = frozenset[str]().union(*QUESTION_WORDS.values())
# "can i", "do you": a verb before its subject asks, wherever it stands.
QUESTION_ORDER: Mapping[str, re.Pattern[str]] = {
    ENGLISH: re.compile(
        r"^(can|could|do|does|did|is|are|will|would|should|have|has|may) |"
        r"\b(can|could|do|does|did|is|are|will|would|should|may) (i|u|you|it|we|they|there|this|that|the|my|your)\b"
    ),
}
# The languages in which these words tell a question from a remark; a message in another one is taken for a question.
COVERED = frozenset({ENGLISH, UNKNOWN})
# Up to this many words a message is a search term: "kayak rental".
FEW_WORDS = 3

# Small words of Hindi in Latin letters, which the language guess takes for English. What is a word of English, Spanish
# or German too stays out.
LATIN_HINDI = frozenset(
    re.findall(
        r"\S+",
        "hai hain hoon tha thi ka ki ke mein nahi nahin kya kab kaise kitna kitne kitni kaun kaunsa koi kuch aur bhi "
        "mera meri mere mujhe aap aapka yeh woh kar karo karna karwa raha rahi rahe chahiye milega jayega gaya gayi "
        "wala wale wali bhai yaar accha theek abhi apna apke chalega chalegi chalta hoga hogi sakta sakte sakti "
        "kahan liye tak sabse achha batao dena lena lete leta",
    )
)
ENOUGH_HINDI = 2

# Where in a list a word points at; -1 is its end.
ORDINALS: Mapping[str, tuple[tuple[frozenset[str], int], ...]] = {
    ENGLISH: (
        (frozenset({"1", "1st", "first", "one", "top"}), 0),
        (frozenset({"2", "2nd", "second", "two", "middle"}), 1),
        (frozenset({"3", "3rd", "third", "three"}), 2),
        (frozenset({"last", "bottom"}), -1),
    ),
}
# "The first one": what also stands for a thing gives way to what only counts.
AMBIGUOUS_ORDINALS = frozenset({"one"})


def looks_like_question(text: str, language: str) -> bool:
    """Whether a text asks or names something to search for, not a remark. "ah ok, free from 80" wants no answer."""
    if "?" in text or language not in COVERED:
        return True
    plain = text.lower().replace("'", "").replace("’", "")
    words = re.findall(r"\w+", plain)
    if len(words) <= FEW_WORDS or not _ANY_QUESTION_WORD.isdisjoint(words):
        return True
    return any(order.search(plain) for order in QUESTION_ORDER.values())


def is_latin_hindi(text: str, expected: bool = False) -> bool:
    """Whether it is Hindi, or Hindi and English, in Latin letters; one word is enough where it is `expected`."""
    found = LATIN_HINDI.intersection(re.findall(r"[a-z]+", text.lower()))
    return len(found) >= (1 if expected else ENOUGH_HINDI)


def index_named(text: str, count: int) -> int | None:
    """The index that an ordinal in the text points at, among `count` choices; None when none does."""
    words = text.lower().replace(".", " ").replace(",", " ").split()
    clear = [word for word in words if word not in AMBIGUOUS_ORDINALS] or words
    for word in clear + words:
        for names, place in (ordinal for ordinals in ORDINALS.values() for ordinal in ordinals):
            if word in names and count and place < count:
                return place % count
    return None
