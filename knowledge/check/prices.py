"""Prices of products that other pages state differently from the product's own front matter."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from knowledge.check.statements import Statement, statements_of
from knowledge.errors import Fault
from knowledge.page.page import Page
from knowledge.text.quantities import MONEY, Quantity, quantities

# A price belongs to the product named this many characters before it at most, with no other number between.
REACH = 60
_WORD = re.compile(r"\w+")
_COSTS = re.compile(r"\b(?:costs?|prices?d?|for|at|is|sells?)\b|[:(,]\s*$", re.IGNORECASE)


def wrong_prices(pages: Iterable[Page]) -> Iterator[Fault]:
    """A fault for each sentence of another page that names a product and a price that is not the product's."""
    pages = tuple(pages)
    named = _named(pages)
    for statement in statements_of(pages):
        reported: set[str] = set()
        for word in dict.fromkeys(_WORD.findall(statement.text.lower())):
            for page, price, name in named.get(word, ()):
                stated = _stated(statement, name) if statement.page is not page and page.path not in reported else None
                if stated and stated.unit == price.unit and not stated.agrees(price):
                    reported.add(page.path)
                    yield _fault(statement, page, stated)


def _named(pages: tuple[Page, ...]) -> dict[str, list[tuple[Page, Quantity, str]]]:
    """Each product that has a price, by the rarest word of each of its names: few sentences need a closer look."""
    shorts = Counter(_short(page.title) for page in pages)
    names = [(page, price, name) for page in pages for price in _price(page) for name in _names(page, shorts)]
    words = [set(_WORD.findall(name.lower())) for _, _, name in names]
    common = Counter(word for found in words for word in found)
    named: dict[str, list[tuple[Page, Quantity, str]]] = defaultdict(list)
    for entry, found in zip(names, words, strict=True):
        named[min(found, key=lambda word: (common[word], word))].append(entry)
    return named


def _price(page: Page) -> list[Quantity]:
    """The price of the front matter, in a list of one, or none."""
    text = f"{page.price} {page.currency or ''}" if page.price else ""
    return [quantity for quantity in quantities(text) if quantity.unit in MONEY][:1]


def _names(page: Page, shorts: Mapping[str, int]) -> Iterator[str]:
    """What other pages call the product: its SKU, its title, and the title's leading name if it is the only one."""
    short = _short(page.title)
    names = [page.sku or "", page.title, short if shorts[short] == 1 else ""]
    yield from (name for name in names if _WORD.search(name))


def _short(title: str) -> str:
    """The leading words of a title with a capital or a number: “Heron 2” of “Heron 2 two-person tent”."""
    match = re.match(r"[A-Z][\w-]*(?:\s+(?:[A-Z][\w-]*|\d+))*(?=\s|$)", title)
    name = match.group() if match else ""
    return name if len(name) >= 4 and name != title else ""


def _stated(statement: Statement, name: str) -> Quantity | None:
    """The price that follows the name, if a plain price does."""
    match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", statement.text)
    if not match:
        return None
    after = next((quantity for quantity in statement.quantities if quantity.start >= match.end()), None)
    if after is None or after.unit not in MONEY or after.bound or after.start - match.end() > REACH:
        return None
    between = statement.text[match.end() : after.start]
    near = len(between.split()) <= 1 or bool(_COSTS.search(between))
    return after if near and not re.search(r"\d|\b(?:for the|of the|with|cover|spare)\b", between) else None


def _fault(statement: Statement, page: Page, stated: Quantity) -> Fault:
    said = statement.text[stated.start : stated.end]
    message = f"It gives {said} as the price of {page.title}, but the page {page.path} says {page.price}."
    remedy = "Find out which is right, or link to the product instead of naming its price."
    return Fault(statement.page.path, statement.line, "contradiction", message, remedy, fatal=False)
