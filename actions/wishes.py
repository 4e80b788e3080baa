"""Words that ask for a person, in languages that the embedding hardly reads: exact ones only, the rest is learned."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("person_words.csv")
# What ends one thing said, and what is said around a wish without changing it.
ENDS = re.compile(r"[.!?;,:\n。！？，、；؟،।…]+")
COURTESY = re.compile(
    r"^(?:hi|hello|hey|hallo|hola|bonjour|salut|ciao|olá|oi|ok|okay|please|pls|bitte|por favor|porfa|svp|stp|"
    r"per favore|grazie|graag|tack|proszę|пожалуйста|lütfen|من فضلك|لو سمحت|कृपया|你好|bhai|bhaiya)\s+"
    r"|^(?:请|請|麻烦)"
    r"|\s+(?:please|pls|plz|now|asap|thanks|bitte|danke|jetzt|sofort|por favor|porfa|ahora|gracias|svp|stp|merci|"
    r"s'il vous plaît|maintenant|per favore|grazie|subito|por gentileza|agora|alsjeblieft|alstublieft|graag|nu|tack|"
    r"proszę|пожалуйста|сейчас|lütfen|hemen|من فضلك|لو سمحت|الآن|dai|na|please|abhi|jaldi|kijiye|谢谢|吧|呗)$"
)


def asks_in_so_many_words(text: str) -> bool:
    """Whether something said in the message is nothing but a wish for a person: "no bots. person. now".

    A single word counts when it is all that is said: "manager, which size" is no wish.
    """
    if bare(ENDS.sub(" ", text)) in known_words():
        return True
    return any(" " in words and words in known_words() for words in map(bare, ENDS.split(text)))


def bare(part: str) -> str:
    """The words in lower case, without what is polite or hurried around them."""
    words, before = " ".join(part.lower().replace("’", "'").split()), ""
    while words != before:
        before, words = words, COURTESY.sub("", words)
    return words


@cache
def known_words() -> frozenset[str]:
    """All of them, of every language."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return frozenset(bare(words) for row in csv.DictReader(file) for words in row["words"].split("|"))
