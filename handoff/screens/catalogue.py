"""The demo shop's pages, read from the content team's folder. A page that cannot be read is left out here:
`knowledge check` is where faults are told by file and line."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

MAX_PAGE_BYTES = 1_000_000


@dataclass(frozen=True)
class ShopPage:
    """One page for people. `body` is Markdown; `price` as written, "289.00 EUR"; `updated` an ISO date or empty."""

    title: str
    url: str
    category: str
    body: str
    updated: str = ""
    price: str = ""
    sku: str = ""

    @property
    def lead(self) -> str:
        """Its first paragraph, for a card or a description."""
        blocks = (block.strip() for block in self.body.split("\n\n"))
        return next((block for block in blocks if block and not block.startswith(("#", "|", "-", "*", ">"))), "")


class Catalogue:
    """The pages of a folder by their address, as they are on disk now."""

    def __init__(self, folder: Path) -> None:
        self.pages = {page.url: page for page in _read_all(folder)}

    def page(self, url: str) -> ShopPage | None:
        return self.pages.get(url)

    def products(self) -> list[ShopPage]:
        return [page for page in self.pages.values() if page.url.startswith("/products/")]

    def help(self) -> dict[str, list[ShopPage]]:
        """Pages that are not products, by category, in the order of their files."""
        groups: dict[str, list[ShopPage]] = {}
        for page in self.pages.values():
            if page.url.startswith("/help/"):
                groups.setdefault(page.category, []).append(page)
        return groups


def _read_all(folder: Path) -> Iterator[ShopPage]:
    for path in sorted(folder.rglob("*.md")):
        if path.is_file() and path.stat().st_size <= MAX_PAGE_BYTES:
            page = read_page(path.read_bytes())
            if page is not None:
                yield page


def read_page(data: bytes) -> ShopPage | None:
    """A page from its file's bytes, or None when its front matter cannot be used or it is not for shoppers."""
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    if not text.startswith("---\n") or "\n---\n" not in text:
        return None
    head, body = text[4:].split("\n---\n", 1)
    try:
        fields = yaml.safe_load(head)
    except yaml.YAMLError:
        return None
    if not isinstance(fields, dict) or not fields.get("title") or not str(fields.get("url", "")).startswith("/"):
        return None
    if fields.get("audience") not in (None, "shoppers", "everyone", "public"):
        return None
    return _page(fields, body)


def _page(fields: dict[str, Any], body: str) -> ShopPage:
    updated = fields.get("updated", "")
    return ShopPage(
        title=str(fields["title"]),
        url=str(fields["url"]),
        category=str(fields.get("category") or "help"),
        body=body.strip(),
        updated=updated.isoformat() if isinstance(updated, datetime.date) else str(updated or ""),
        price=str(fields.get("price") or ""),
        sku=str(fields.get("sku") or ""),
    )
