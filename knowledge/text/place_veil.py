"""Places that the pages never name, read as what the pages can answer: the country, or “our area”."""

from __future__ import annotations

import re
from typing import Final

from knowledge.text.gazetteer import around, lies_in
from knowledge.text.places import PLACES

VEIL: Final = "our area"


class PlaceVeil:
    """Puts a country that the pages name for a city in it that they do not: “Zurich” is “Switzerland”.

    Where they name no country around it either it becomes “our area”: “do you deliver to Pune” asks what “to our area”
    asks. Places that the pages do name say where to look, and stay.
    """

    def __init__(self, page_words: frozenset[str]) -> None:
        self._page_words = page_words
        unnamed = [name for name in {**PLACES, **lies_in()} if page_words.isdisjoint(name.split())]
        names = "|".join(re.escape(name) for name in sorted(unnamed, key=len, reverse=True))
        place = rf"(?<![\w-])(?:{names})(?![\w-])"
        self._pattern = re.compile(rf"(?:the\s+)?(?P<first>{place})(?:[\s,]+{place})*", re.IGNORECASE)

    def drawn(self, text: str) -> str:
        """The text with unnamed places veiled."""
        return self._pattern.sub(lambda match: self._standing_for(match["first"]), text)

    def _standing_for(self, place: str) -> str:
        return next((written for whole in around(place) if (written := self._as_pages_write(whole))), VEIL)

    def _as_pages_write(self, place: str) -> str | None:
        """A way to write a place of which the pages have every word: “UK” for the United Kingdom."""
        within = lies_in()
        written = [place, *(also for also, name in PLACES.items() if name == place and also not in within)]
        return next((one for one in written if self._page_words.issuperset(one.lower().split())), None)
