"""What shoppers call the products: by name, by part of a name, by SKU, or as a set by the word for what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from knowledge.facts.reading import is_product
from knowledge.page.page import Page

LIKENESS: Final = 90.0
SHORTEST_MENDED: Final = 5

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_DIGITS: Final = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8", "ten": "10"}
_LITTLE: Final = "a an the of for with by in on and or to from our your is"
_SMALL: Final = frozenset(_LITTLE.split())
# The head of “Quilting cotton by the yard” is “cotton”: what follows these only tells more of it.
_TAIL = re.compile(r"[,(–—:/]|\s[-–]\s|\s(?:for|with|by|of|in|from|and|or|without)\s")
_SIZE_AT_END = re.compile(r"(?:\s+[\d.,]+(?:\s?(?:g|kg|ml|l|cm|mm|m|oz|lb|inch|pack))?)+$", re.IGNORECASE)
# “A light three-season tent for two people”: what a page says first that its product is.
_LEAD = re.compile(
    r"\W*(?:a|an|our|the)\s+(?P<phrase>(?:[\w'’-]+\s+){0,6}?[\w'’-]+)"
    r"(?=\s+(?:for|that|which|with|to|of|in|on|from|made)\b|\.)",
    re.IGNORECASE,
)


class Names:
    """Finds the products that the words of a question name.

    It is made of all pages: a word that other pages have in their headings is no product's name by itself.
    """

    def __init__(self, pages: Iterable[Page]) -> None:
        pages = tuple(pages)
        self.products = tuple(page for page in pages if is_product(page))
        self._words = {page.path: frozenset(words(page.title)) for page in self.products}
        self._tails = {page.path: words(_stem_of(page.title)) for page in self.products}
        self._heads = {page.path: _head(page) for page in self.products}
        self._skus = {page.sku.lower(): page for page in self.products if page.sku}
        self._known = frozenset().union(*self._words.values(), self._heads.values())
        others = [page for page in pages if not is_product(page)]
        headings = [name for page in others for name in (page.title, *(one.heading for one in page.sections))]
        self._elsewhere = frozenset(word for name in headings for word in words(name))
        self.named = lru_cache(maxsize=4_000)(self._named)

    def kin(self, page: Page) -> tuple[Page, ...]:
        """The products of the same sort: those whose titles end in the same words, two where others share two."""
        own = self._tails[page.path]
        for size in (2, 1):
            alike = tuple(one for one in self.products if self._tails[one.path][-size:] == own[-size:])
            if len(own) >= size and len(alike) > 1:
                return alike
        return tuple(one for one in self.products if self._heads[one.path] == self._heads[page.path])

    def entitled(self, group: tuple[str, ...]) -> bool:
        """Whether the words stand in the title of a product that they name, not only in what its page says first."""
        asked = {self._mended(word) for word in words(" ".join(group)) if word not in _SMALL and not word.isdigit()}
        return any(asked <= self._words[page.path] for page in self.named(group))

    def _named(self, group: tuple[str, ...]) -> tuple[Page, ...]:
        """The products that all of these words fit; none where any word is not of their names, or none is telling."""
        sku = self._skus.get("-".join(group)) or self._skus.get("".join(group))
        if sku:
            return (sku,)
        asked = [self._mended(word) for word in words(" ".join(group)) if word not in _SMALL]
        found = self._holding(asked)
        counts = [word for word in asked if word.isdigit()]
        if not found and counts:
            found = self._holding([word for word in asked if not word.isdigit()])
            found = found if counts == [str(len(found))] else ()  # “the two sleeping bags”
        return found

    def _holding(self, asked: list[str]) -> tuple[Page, ...]:
        if all(word.isdigit() for word in asked) or not set(asked) <= self._known:
            return ()
        held = [page for page in self.products if set(asked) <= self._words[page.path] | {self._heads[page.path]}]
        headed = [page for page in held if self._is_head(page, asked)]
        return tuple(headed or (held if self._telling(asked) else ()))

    def _is_head(self, page: Page, asked: list[str]) -> bool:
        """Whether one of the words says what the product is: “bag” does of a sleeping bag, not of a bag liner."""
        return not {self._heads[page.path], *self._tails[page.path][-1:]}.isdisjoint(asked)

    def _telling(self, asked: list[str]) -> bool:
        """Whether words that do not say what it is still name a product: two do, or one that no other page has."""
        return len(asked) > 1 or asked[0] not in self._elsewhere

    def _mended(self, word: str) -> str:
        if word in self._known or len(word) < SHORTEST_MENDED:
            return word
        near = [known for known in self._known if known[:1] == word[0] and fuzz.ratio(known, word) >= LIKENESS]
        return near[0] if len(near) == 1 else word


def words(text: str) -> list[str]:
    """The words of a name as they are compared: lower case, without plural, numbers in digits."""
    return [_folded(word) for word in _WORD.findall(text.lower().replace("’", "'"))]


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    word = word.removesuffix("'s")
    if word in _DIGITS:
        return _DIGITS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _stem_of(title: str) -> str:
    """The title up to what only tells more of the product, without a size at its end."""
    stem = _TAIL.split(title, maxsplit=1)[0].strip() or title
    return _SIZE_AT_END.sub("", stem) or stem


def _head(page: Page) -> str:
    """What the product is, as its page's first sentence says: “rucksack” of “A plain small rucksack for a day”."""
    lead = _LEAD.match(page.body(page.sections[0]))
    own = words(lead["phrase"]) if lead else words(_stem_of(page.title))
    return own[-1] if own else ""
