"""The page of one product, from its rows in a feed. The few words put around the cells are English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.page.sources.draft import Draft, clean

_PRICE: Final = re.compile(
    r"(?:(?P<before>[A-Z]{3})\s*)?(?P<amount>\d[\d.,\s]*?)\s*(?P<after>[A-Z]{3})?", re.IGNORECASE
)
_STOCK: Final = {
    "in_stock": "in stock",
    "out_of_stock": "out of stock at the moment",
    "preorder": "available for pre-order",
    "backorder": "on back-order",
}
# Columns that tell something of the product, with the words a page uses for them.
_ATTRIBUTES: Final = {
    "brand": "Brand",
    "color": "Colour",
    "size": "Size",
    "material": "Material",
    "pattern": "Pattern",
    "gender": "For",
    "age_group": "Age group",
    "condition": "Condition",
    "product_length": "Length",
    "product_width": "Width",
    "product_height": "Height",
    "product_weight": "Weight",
    "energy_efficiency_class": "Energy efficiency class",
    "multipack": "Pieces in a pack",
    "gtin": "GTIN",
    "mpn": "Maker's number",
}
_VARYING: Final = ("color", "size", "material", "pattern")


@dataclass(frozen=True)
class Row:
    """One product or variant: the line of the file, and its cells by column name."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def product_draft(rows: list[Row], updated: str, source: str) -> Draft:
    """The page of one product; several rows are its variants."""
    first = rows[0]
    title = _group_title(rows)
    prices = {price_of(row["sale_price"]) or price_of(row["price"]) for row in rows}
    front = {
        "title": title,
        "url": first["link"],
        "category": "products",
        "updated": updated,
        "sku": first["id"] if len(rows) == 1 else first["item_group_id"],
        "price": prices.pop() if len(prices) == 1 else None,
    }
    parts = [clean(first["description"]), *_costs(title, rows), *_highlights(title, first), *_attributes(title, rows)]
    return Draft(front, "\n\n".join(part for part in parts if part) or title, source)


def price_of(given: str) -> str | None:
    """“15.00 EUR”, “EUR 15” and “1.234,50 EUR” in one form; None when it is no price with a currency."""
    match = _PRICE.fullmatch(given.strip())
    currency = (match["before"] or match["after"]) if match else None
    if not match or not currency:
        return None
    digits = re.sub(r"\s", "", match["amount"])
    if re.search(r",\d{1,2}$", digits):
        digits = digits.replace(".", "").replace(",", ".")
    try:
        return f"{float(digits.replace(',', '')):.2f} {currency.upper()}"
    except ValueError:
        return None


def _costs(title: str, rows: list[Row]) -> Iterator[str]:
    lines = [line for row in rows if (line := _cost(row, title if len(rows) == 1 else _variant(row)))]
    if lines:
        body = lines[0] if len(rows) == 1 else "\n".join(f"- {line}" for line in lines)
        yield f"## Price and availability of the {title}\n\n{body}"


def _cost(row: Row, name: str) -> str:
    """“Heron 2 costs 249.00 EUR instead of 289.00 EUR and is in stock.”, or as much of it as is known."""
    price, sale = price_of(row["price"]), price_of(row["sale_price"])
    instead = f" instead of {price}" if sale and price else ""
    stock = _STOCK.get(row["availability"].lower().replace(" ", "_"))
    said = [f"costs {sale or price}{instead}"] if sale or price else []
    said += [f"is {stock}"] if stock else []
    return f"{name[0].upper()}{name[1:]} {' and '.join(said)}." if said else ""


def _highlights(title: str, row: Row) -> Iterator[str]:
    items = [item.strip(" \"'") for item in re.split(r"[,;|](?=\s*[\"A-Z])", row["product_highlight"]) if item.strip()]
    if items:
        yield f"## What speaks for the {title}\n\n" + "\n".join(f"- {item}" for item in items)


def _attributes(title: str, rows: list[Row]) -> Iterator[str]:
    items = []
    for column, words in _ATTRIBUTES.items():
        values = dict.fromkeys(row[column].lower() if column == "condition" else row[column] for row in rows)
        listed = ", ".join(value for value in values if value)
        if listed and not (column in ("gtin", "mpn") and len(rows) > 1):
            items.append(f"- {words}: {listed}")
    for detail in re.split(r",(?=[^,:]*:[^,:]+:)", rows[0]["product_detail"]):
        parts = [part.strip() for part in detail.split(":")]
        if len(parts) >= 3 and all(parts[1:3]):
            items.append(f"- {parts[1]}: {':'.join(parts[2:])}")
    if items:
        yield f"## Properties of the {title}\n\n" + "\n".join(items)


def _variant(row: Row) -> str:
    return ", ".join(row[column] for column in _VARYING if row[column]) or row["title"]


def _group_title(rows: list[Row]) -> str:
    """The product's title; of several variants, without the colour or size that makes each one."""
    title = rows[0]["title"]
    varying = [column for column in _VARYING if len({row[column] for row in rows}) > 1]
    for column in varying * 2:  # twice, since a colour may stand before a size
        if value := rows[0][column]:
            title = re.sub(rf"[\s,–—/(-]*{re.escape(value)}\)?\s*$", "", title)
    return title or rows[0]["title"]
