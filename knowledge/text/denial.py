"""What a message says that it is not about, taken out: “not a refund, I want the same thing in black”.

Shy: only what is plainly set aside for something else goes. “It did not arrive”, “why can't I pay”, “is it not
waterproof” deny nothing that was meant.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.text.lexical import terms

_THING: Final = r"(?:the|a|an|my|your|in|on|by|for|about|with|to)\b"
_FEW_WORDS: Final = r"(?:[^\s,.;!?]+\s*){1,5}"
_PAUSE: Final = r"\s*(?:[,.;!?–-]+|\bbut\b|$)\s*"
# “not the warranty, …”, “not asking about sending it back, …”: at the beginning of a message or of a sentence.
_SET_ASIDE: Final = re.compile(
    rf"(?:(?<=[.!?] )|^)\W*(?:no+[\s,]+)?not\s+(?:asking\b|{_THING})\s*{_FEW_WORDS}?(?:[,.;!?–-]+|\b(?:but|just)\b)\s*",
    re.IGNORECASE,
)
# “the pillow, not the mattress”, where no verb stands before: “it is not the right size” says what is.
_VERBS: Final = (
    "is|are|am|was|were|be|been|do|did|does|can|could|have|has|had|will|would|should|may|must|why|if|or|it's|its|that's|"
    "thats|i'm|im|you're|they're|isnt|arent|but"
)
_BESIDE: Final = re.compile(
    rf"(?P<before>[\w'’]+)\s*,\s*not\s+(?!for (?:me|us)\b){_THING}\s+(?:[^\s,.;!?]+\s*?){{1,3}}?(?={_PAUSE})",
    re.IGNORECASE,
)
# “I don't want a refund”, beside a wish.
_UNWANTED: Final = re.compile(
    r"\b(?:(?:i|we)\s+)?(?:do\s+not|don['’]?t|dont)\s+(?:want|need)\s+(?!any ?more)(?:[^\s,.;!?]+\s*?){1,5}?(?<!more)"
    rf"(?:{_PAUSE}|\s+(?=(?:just|only|i\s+want|i\s+need|i['’]?d\s+like|we\s+want)\b))",
    re.IGNORECASE,
)
_WISH: Final = re.compile(r"\b(?:want|need|like|just|only|please|pls|swap|exchange|instead|give|send)\b", re.IGNORECASE)


def without_denied(text: str) -> str:
    """The text without what it sets aside; the same text where nothing would be left of it."""
    left = _UNWANTED.sub(" ", text)
    if left != text and not _WISH.search(left):
        left = text
    left = _SET_ASIDE.sub(" ", left)
    left = " ".join(_BESIDE.sub(_kept, left).split()).strip(" ,;")
    return left if left != text and terms(left) else text


def _kept(match: re.Match[str]) -> str:
    before = match["before"]
    return match.group() if re.fullmatch(_VERBS, before, re.IGNORECASE) else before
