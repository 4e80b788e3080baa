"""JSON-LD in HTML pages: products and questions with answers, as schema.org words them.

The blocks are found here and not by extruct (0.18), which gives up all blocks of a page at the first that is not JSON,
passes over types with a charset or in capitals and blocks inside an HTML comment's marks, and brings eleven packages
more, an RDF store among them. What a product or a question is would be ours in either case.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.page.sources.draft import clean, one_line

_SCRIPT = re.compile(
    r"<script\b[^>]*type\s*=\s*[\"']?application/ld\+json[\"']?[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(r"<(?:br|/p|/li|/div)\b[^>]*>", re.IGNORECASE)
MAX_DEPTH = 24


@dataclass(frozen=True)
class FaqEntry:
    """One entry of an FAQPage, in plain words and Markdown."""

    name: str
    answer: str


@dataclass(frozen=True)
class Product:
    """What a page says of its product. `price` is “189.00 EUR”; `properties` are further names and values."""

    name: str
    sku: str | None
    price: str | None
    description: str
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class JsonLd:
    """All that a page's JSON-LD gives. `broken` is how many of its blocks are not JSON."""

    products: tuple[Product, ...]
    questions: tuple[FaqEntry, ...]
    modified: str | None
    broken: int


def read_json_ld(source: str) -> JsonLd:
    """Read the JSON-LD blocks of an HTML page; what cannot be read is counted and left out."""
    nodes: list[dict[str, Any]] = []
    broken = 0
    for block in _SCRIPT.findall(source):
        try:
            nodes += _nodes(json.loads(block.strip().removeprefix("<!--").removesuffix("-->"), strict=False))
        except (ValueError, RecursionError):
            broken += 1
    products = [product for node in nodes if _is(node, "Product", "ProductGroup") for product in _product(node)]
    questions = [entry for node in nodes if _is(node, "Question") for entry in _question(node)]
    dates = [node["dateModified"] for node in nodes if isinstance(node.get("dateModified"), str)]
    return JsonLd(tuple(products), tuple(dict.fromkeys(questions)), max(dates)[:10] if dates else None, broken)


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, outer ones first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, item in value.items():
            # Offers and the like are read with the thing they belong to.
            if key in ("@graph", "mainEntity", "hasPart", "itemListElement", "item", "mainEntityOfPage"):
                yield from _nodes(item, depth + 1)


def _is(node: dict[str, Any], *kinds: str) -> bool:
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return any(str(name).rsplit("/", 1)[-1] in kinds for name in names)


def _question(node: dict[str, Any]) -> Iterator[FaqEntry]:
    answer = node.get("acceptedAnswer") or node.get("suggestedAnswer")
    answer = answer[0] if isinstance(answer, list) and answer else answer
    text = answer.get("text") if isinstance(answer, dict) else answer
    name = _words(node.get("name") or node.get("text"))
    if name and isinstance(text, str) and _markdown(text):
        yield FaqEntry(name, _markdown(text))


def _product(node: dict[str, Any]) -> Iterator[Product]:
    name = _words(node.get("name"))
    if not name:
        return
    properties = [(_words(item.get("name")), _words(item.get("value"))) for item in _list(node, "additionalProperty")]
    properties += [(key, _named(node.get(key))) for key in ("brand", "color", "material", "size", "weight")]
    yield Product(
        name=name,
        sku=_words(node.get("sku") or node.get("mpn")) or None,
        price=_price(node),
        description=_markdown(str(node.get("description") or "")),
        properties=tuple((key, value) for key, value in properties if key and value),
    )


def _price(node: dict[str, Any]) -> str | None:
    for offer in _list(node, "offers"):
        inner = offer.get("priceSpecification")
        source = inner if isinstance(inner, dict) and "price" in inner else offer
        amount = source.get("price") or source.get("lowPrice")
        currency = source.get("priceCurrency") or offer.get("priceCurrency")
        try:
            return f"{float(str(amount).replace(',', '')):.2f} {str(currency).upper()}" if currency else None
        except ValueError:
            continue
    return None


def _list(node: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = node.get(key)
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def _named(value: Any) -> str:
    if isinstance(value, dict):
        unit = value.get("unitText") or value.get("unitCode") or ""
        return _words(f"{value.get('name') or value.get('value') or ''} {unit}")
    return _words(value)


def _words(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return one_line(html.unescape(str(value)))


def _markdown(text: str) -> str:
    """An answer's HTML as paragraphs of plain words."""
    return clean(html.unescape(clean(_BREAK.sub("\n\n", text))))
