"""Emoji in words. The embedding model knows none of them: to it, a heart and a raised fist are one unknown sign."""

from __future__ import annotations

import re
from typing import Dict, Text

MEANINGS: Dict[Text, Text] = {
    "👍": "ok yes",
    "👌": "ok fine",
    "✅": "ok yes",
    "👎": "not helpful",
    "❌": "no",
    "🙏": "thank you please",
    "❤": "love it",
    "😍": "love it",
    "🥰": "love it",
    "💕": "love it",
    "👏": "well done",
    "🎉": "great",
    "💯": "perfect",
    "⭐": "great",
    "😊": "happy",
    "🙂": "happy",
    "😀": "happy",
    "😃": "happy",
    "😄": "happy",
    "😁": "happy",
    "😉": "happy",
    "☺": "happy",
    "😎": "cool",
    "😂": "haha",
    "🤣": "haha",
    "😅": "haha oops",
    "😜": "haha",
    "👋": "hello",
    "😡": "i am angry",
    "😠": "i am angry",
    "🤬": "i am angry",
    "😤": "i am annoyed",
    "🙄": "i am annoyed",
    "😒": "i am annoyed",
    "😑": "i am annoyed",
    "🤦": "i am annoyed",
    "🖕": "fuck you",
    "💩": "crap",
    "😞": "disappointed",
    "😔": "sad",
    "😢": "sad",
    "😭": "sad",
    "😩": "tired",
    "😫": "tired",
    "🤔": "hmm",
    "❓": "?",
    "❗": "!",
}
# Pictographs, dingbats, flags, skin tones, joiners and variation selectors.
PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u200d\ufe0f]")


def in_words(text: Text) -> Text:
    """The text with emoji it knows in words and the others left out; a text of nothing else keeps its signs."""
    if not PICTURES.search(text):
        return text
    worded = PICTURES.sub(lambda match: f" {MEANINGS.get(match.group(), '')} ", text)
    words = re.sub(r"\s+", " ", worded).strip()
    return once_each(words) if words else text


def once_each(words: Text) -> Text:
    """A phrase said over and over, said once: three angry faces are one angry face."""
    return re.sub(r"\b(.{2,40}?)(?: \1\b)+", r"\1", words)
