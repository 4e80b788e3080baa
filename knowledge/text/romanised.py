"""Messages in another language than the pages', in Latin letters, put into English word by word.

The model reads English. It hardly reads “kitne din me wapas kar sakte hain”, and finds “how much days in return do can
are” well. The words are data: a file a language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

FOLDER: Final = Path(__file__).parent / "words"
# So many words of its own tell a language.
ENOUGH: Final = 2
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class WordList:
    """The words of one language, in lower case, and what they are in English. `own` are no words of English."""

    own: Mapping[str, str]
    shared: Mapping[str, str]

    def speaks(self, text: str) -> bool:
        """Whether a text is in this language, or half."""
        return len({word.lower() for word in _WORD.findall(text)} & self.own.keys()) >= ENOUGH

    def in_english(self, text: str) -> str:
        """The text with every word that is known put into English."""
        words = {**self.shared, **self.own}
        put = _WORD.sub(lambda match: words.get(match.group().lower(), match.group()), text)
        return " ".join(put.split())


@cache
def word_lists() -> tuple[WordList, ...]:
    """Every language that there is a file of."""
    files = sorted(FOLDER.glob("*.yml"))
    return tuple(WordList(**yaml.safe_load(file.read_text("utf-8"))) for file in files)


def in_english(text: str) -> str:
    """The text in English where it is in a language that we have words of; else as it is."""
    for words in word_lists():
        if words.speaks(text):
            return words.in_english(text)
    return text
