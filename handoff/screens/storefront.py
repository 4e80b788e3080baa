"""The demo shop's pages as HTML. Raw HTML in a page is shown as text; every value is escaped on its way in.

What is this one shop's own, in words and pictures, stands here and in `handoff/shop`, and nowhere else in the code.
"""

from __future__ import annotations

import datetime
import json
import re
from html import escape
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import Any

from markdown_it import MarkdownIt

from handoff.screens.catalogue import Catalogue, ShopPage
from handoff.urls import path_of

CATEGORIES = {
    "delivery": "Delivery",
    "refunds": "Returns and refunds",
    "payment": "Payment",
    "account": "Your account",
    "company": "About us",
}
PICTURES = ("tnt", "rsk", "bag", "mat", "stv", "gas", "lmp", "jkt", "bts", "pol", "flt")
CURRENCIES = {"EUR": "€", "GBP": "£", "USD": "$"}


class Storefront:
    """Pages of one catalogue in the shop's templates (a folder of `*.html` with `$name` places)."""

    def __init__(self, catalogue: Catalogue, shop_name: str, templates: Path) -> None:
        self.catalogue = catalogue
        self.shop_name = shop_name
        self.templates = templates

    def front(self) -> str:
        cards = "\n".join(self._fill("card", **_card(page)) for page in self.catalogue.products())
        return self._frame(self.shop_name, self._fill("front", cards=cards), "Outdoor gear, mended and answered for.")

    def help(self) -> str:
        groups = self.catalogue.help()
        order = [*CATEGORIES, *sorted(set(groups) - set(CATEGORIES))]
        sections = "\n".join(_group(name, groups[name]) for name in order if name in groups)
        return self._frame("Help", self._fill("help", groups=sections), f"Help with orders from {self.shop_name}.")

    def page(self, url: str) -> str | None:
        """The page at this address, or None."""
        page = self.catalogue.page(url)
        if page is None:
            return None
        product = page.url.startswith("/products/")
        values = {**_card(page), "body": to_html(page.body), "updated": _day(page.updated), "updated_iso": page.updated}
        if product:
            body = self._fill("product", **values)
        else:
            values["category"] = escape(CATEGORIES.get(page.category, page.category.capitalize()))
            values["others"] = _links([p for p in self.catalogue.help().get(page.category, []) if p.url != page.url])
            body = self._fill("article", **values)
        data = _json_ld(page, self.shop_name) if product else ""
        return self._frame(page.title, body, page.lead, data)

    def missing(self) -> str:
        return self._frame("Page not found", self._fill("missing"), "")

    def _frame(self, title: str, body: str, lead: str, head: str = "") -> str:
        full = title if title == self.shop_name else f"{title} · {self.shop_name}"
        return self._fill(
            "frame", title=escape(full), shop=escape(self.shop_name), lead=escape(lead[:200]), body=body, head=head
        )

    def _fill(self, template: str, **values: str) -> str:
        return Template((self.templates / f"{template}.html").read_text("utf-8")).substitute(values)


def to_html(body: str) -> str:
    """A page's Markdown as HTML, without its first title; headings carry the slugs that links to them use."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(re.sub(r"\A#\s+.*\n", "", body.lstrip()))
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slug(inline.content))
        if token.type == "table_open":
            token.attrSet("tabindex", "0")
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def slug(heading: str) -> str:
    """A heading's address on its page: "Rain & wind" → "rain-wind"."""
    return re.sub(r"[^\w]+", "-", heading.lower()).strip("-")


def _card(page: ShopPage) -> dict[str, str]:
    kind = page.sku.split("-")[1].lower() if page.sku.count("-") >= 1 else ""
    return {
        "title": escape(page.title),
        "url": escape(path_of(page.url)),
        "price": escape(_price(page.price)),
        "lead": escape(page.lead),
        "sku": escape(page.sku),
        "picture": kind if kind in PICTURES else "tnt",
    }


def _price(price: str) -> str:
    amount, _, currency = price.partition(" ")
    return f"{CURRENCIES[currency]}{amount.removesuffix('.00')}" if currency in CURRENCIES else price


def _day(iso: str) -> str:
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return escape(iso)
    return f"{day.day} {day:%B %Y}"


def _group(name: str, pages: list[ShopPage]) -> str:
    title = CATEGORIES.get(name, name.capitalize())
    return f'<section><h2 id="{escape(name)}">{escape(title)}</h2><ul>{_links(pages)}</ul></section>'


def _links(pages: list[ShopPage]) -> str:
    return "".join(f'<li><a href="{escape(p.url)}">{escape(p.title)}</a></li>' for p in pages)


def _json_ld(page: ShopPage, shop: str) -> str:
    amount, _, currency = page.price.partition(" ")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.title,
        "sku": page.sku,
        "description": page.lead,
        "brand": {"@type": "Brand", "name": shop},
        "offers": {
            "@type": "Offer",
            "price": amount,
            "priceCurrency": currency,
            "availability": "https://schema.org/InStock",
        },
    }
    # "<" written as an escape, so that no text can close the script element.
    safe = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{safe}</script>'
