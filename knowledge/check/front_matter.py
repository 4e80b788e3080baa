"""What the front matter of pages should say, and whether it does: dates, prices, addresses, names of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from knowledge.errors import Fault
from knowledge.page.page import KNOWN, Page
from knowledge.text.urls import parts_of

_PRICE: Final = re.compile(r"\d+(?:\.\d{1,2})? [A-Z]{3}")
# How like a known key another one is, in percent, to be taken for a slip.
LIKE_A_KEY: Final = 80.0
_URL: Final = re.compile(r"(?:https?://[^\s/]+)?/[^\s]*")


def front_faults(folder: Path, page: Page, today: date) -> Iterator[Fault]:
    """What is wrong with a page's front matter beyond what keeps it from being read."""
    front = Front(folder, page)
    if page.url and not (_URL.fullmatch(page.url) and parts_of(page.url)):
        yield front.fault("url", "bad_url", f"The url {page.url} is no address.", "Begin it with / or https://.")
    yield from _dates(front, page, today)
    yield from _price(front, page)
    for key in page.extra:
        near = process.extractOne(key, sorted(KNOWN), scorer=fuzz.ratio, score_cutoff=LIKE_A_KEY)
        if near:
            message = f"The front matter has a key that nothing reads: {key}."
            yield front.fault(key, "unknown_key", message, f"Did you mean {near[0]}?")


class Front:
    """A page's front matter, with the line of the file at which each key stands."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.page = page
        self._folder = folder

    def line(self, key: str) -> int:
        """The line of a key, from 1; 1 when it cannot be found."""
        try:
            lines = (self._folder / self.page.path).read_text("utf-8-sig", errors="replace").splitlines()
        except OSError:
            return 1
        wanted = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*:")
        return next((number for number, line in enumerate(lines, 1) if wanted.match(line)), 1)

    def fault(self, key: str, code: str, message: str, remedy: str) -> Fault:
        """A fault at the line of a key."""
        return Fault(self.page.path, self.line(key), code, message, remedy, fatal=False)


def _dates(front: Front, page: Page, today: date) -> Iterator[Fault]:
    updated = _date(page.updated)
    if page.updated and updated is None:
        yield _bad_date(front, "updated", page.updated)
    elif updated and updated > today:
        yield front.fault(
            "updated", "future_date", f"updated is in the future: {updated}.", "Write the day of the edit."
        )
    until = _date(page.valid_until)
    if page.valid_until and until is None:
        yield _bad_date(front, "valid_until", page.valid_until)
    elif until and until < today:
        message = f"The page was valid until {until}, which has passed."
        yield front.fault("valid_until", "expired", message, "Renew it, or delete the page.")


def _price(front: Front, page: Page) -> Iterator[Fault]:
    if page.price and not _PRICE.fullmatch(f"{page.price} {page.currency}" if page.currency else page.price):
        message = f"The price “{page.price}” cannot be read."
        yield front.fault("price", "bad_price", message, 'Write it as price: "189.00 EUR".')


def _bad_date(front: Front, key: str, value: str) -> Fault:
    return front.fault(key, "bad_date", f"{key} is no date: {value}.", f"Write it as {key}: 2026-11-30.")


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None
