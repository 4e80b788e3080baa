"""A product feed in Google Merchant column names (CSV or TSV): one page a product, its variants together."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from knowledge.errors import Fault, KnowledgeError
from knowledge.page.sources.draft import Draft, one_line
from knowledge.page.sources.product import Row, price_of, product_draft

REQUIRED: Final = ("id", "title", "link")
MAX_FIELD_CHARS: Final = 200_000
MAX_FEED_BYTES: Final = 500_000_000
MAX_ROW_FAULTS: Final = 200


class FeedError(KnowledgeError):
    """The feed cannot be read at all."""

    code = "bad_feed"


@dataclass
class Feed:
    """What a feed held: rows that can be used, by product, and the faults of those that cannot.

    At most `MAX_ROW_FAULTS` faults are kept; `faulty` counts them all.
    """

    path: str
    products: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    rows: int = 0

    def fault(self, line: int, code: str, message: str, remedy: str) -> None:
        """Note that a row cannot be used."""
        self.faulty += 1
        if len(self.faults) < MAX_ROW_FAULTS:
            self.faults.append(Fault(self.path, line, code, message, remedy, fatal=False))

    def drafts(self, updated: str) -> Iterator[Draft]:
        """A page for each product, in the feed's order; `updated` is the date that they bear."""
        for rows in self.products.values():
            yield product_draft(rows, updated, f"{self.path}#{rows[0]['id']}")


def read_feed(file: Path, currency: str | None = None, name: str | None = None) -> Feed:
    """Read a feed; rows that cannot be used become faults. `currency` (ISO 4217): other prices are refused.

    Raises `FeedError` when the file, or a column that every feed has, is missing.
    """
    try:
        if file.stat().st_size > MAX_FEED_BYTES:
            raise FeedError(f"The feed {file} is larger than {MAX_FEED_BYTES // 10**6} MB. Split it into several.")
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return feed_of(stream, name or file.name, currency)
    except UnicodeDecodeError as error:
        raise FeedError(f"The feed {file} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from None
    except OSError as error:
        raise FeedError(f"The feed {file} cannot be read: {error.strerror}. Check its name and its rights.") from None


def feed_of(stream: TextIO, name: str, currency: str | None = None) -> Feed:
    """Read a feed from an open text file; see `read_feed`."""
    feed = Feed(name)
    seen: dict[str, int] = {}
    for row in _rows(stream, feed):
        feed.rows += 1
        if _usable(row, feed, seen, currency):
            seen[row["id"]] = row.line
            feed.products.setdefault(row["item_group_id"] or row["id"], []).append(row)
    if not feed.rows and not feed.faulty:
        raise FeedError(f"The feed {name} has no products: only a header line, or nothing. Export it again.")
    return feed


def _rows(stream: TextIO, feed: Feed) -> Iterator[Row]:
    csv.field_size_limit(MAX_FIELD_CHARS)
    header_line = stream.readline()
    if "\x00" in header_line:
        raise FeedError(f"The feed {feed.path} is binary, not text. Save it as CSV in UTF-8.")
    delimiter = max("\t;,|", key=header_line.count)
    header = [_column(name) for name in next(csv.reader([header_line], delimiter=delimiter), [])]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        has = ", ".join(name for name in header if name) or "none"
        raise FeedError(
            f"The feed {feed.path} has no column {', '.join(missing)} (it has: {has}). Name it as Google does."
        )
    reader = csv.reader((line.replace("\x00", "") for line in stream), delimiter=delimiter)
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            feed.fault(line, "bad_row", f"The row cannot be read: {error}.", "Put texts in quotes, and close them.")
            continue
        if any(cell.strip() for cell in cells):
            yield from _row(line, header, cells, feed)


def _row(line: int, header: list[str], cells: list[str], feed: Feed) -> Iterator[Row]:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        message = f"The row has {len(cells)} cells, the header {len(header)}."
        feed.fault(line, "bad_row", message, "Put texts that hold the separator in quotes.")
        return
    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()}
    texts = {name: value if name == "description" else one_line(value) for name, value in named.items()}
    yield Row(line, texts)


def _usable(row: Row, feed: Feed, seen: Mapping[str, int], currency: str | None) -> bool:
    for column in REQUIRED:
        if not row[column]:
            feed.fault(row.line, f"no_{column}", f"The row has no {column}.", f"Fill in the column {column}.")
            return False
    if row["id"] in seen:
        message = f"The id {row['id']} already stands on line {seen[row['id']]}."
        feed.fault(row.line, "duplicate_id", message, "Give each product an id of its own.")
        return False
    if not re.match(r"https?://[^/\s]+|/", row["link"]):
        feed.fault(row.line, "bad_link", f"The link {row['link'][:80]} is no address.", "Begin it with https://.")
        return False
    return _prices_usable(row, feed, currency)


def _prices_usable(row: Row, feed: Feed, currency: str | None) -> bool:
    for column in ("price", "sale_price"):
        given, price = row[column], price_of(row[column])
        if given and price is None:
            message = f"The {column} “{given[:40]}” cannot be read."
            feed.fault(row.line, "bad_price", message, "Write it as 189.00 EUR.")
            return False
        if price and currency and not price.endswith(f" {currency.upper()}"):
            message = f"The {column} is {price}, not in {currency.upper()}."
            feed.fault(row.line, "wrong_currency", message, "Export the feed for this shop's country.")
            return False
    return True


def _column(name: str) -> str:
    """“Sale Price”, “sale_price” and “g:sale_price” are one column."""
    return re.sub(r"[\s-]+", "_", name.strip().lower().removeprefix("g:")).strip("_")
