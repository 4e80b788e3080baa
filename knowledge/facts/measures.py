"""Numbers with units as exact decimals: amounts of money, and all that `quantities` reads, in units that compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from knowledge.text.quantities import MONEY as READ_ELSEWHERE
from knowledge.text.quantities import Quantity, quantities

# As it is written → the currency. A bare “$” is the shop's own dollar: a shop has one.
CURRENCIES: Final[dict[str, str]] = {
    **dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£", "gbp", "quid", "pounds"), "GBP"),
    **dict.fromkeys(("$", "us$", "a$", "c$", "nz$", "s$", "hk$", "usd", "aud", "cad", "nzd", "sgd"), "$"),
    **dict.fromkeys(("dollar", "dollars", "bucks"), "$"),
    **dict.fromkeys(("₹", "inr", "rs", "rs.", "rupee", "rupees"), "INR"),
    **dict.fromkeys(("chf", "franc", "francs"), "CHF"),
    **dict.fromkeys(("₦", "ngn", "naira"), "NGN"),
    **dict.fromkeys(("zar", "rand", "rands"), "ZAR"),
    **dict.fromkeys(("aed", "dirham", "dirhams"), "AED"),
    **dict.fromkeys(("¥", "jpy", "yen"), "JPY"),
    **dict.fromkeys(("zł", "pln"), "PLN"),
    **{code: code.upper() for code in ("nok", "sek", "dkk", "czk", "huf", "ron", "try", "brl", "mxn")},
    "kr": "kr",
}
MONEY: Final = frozenset(CURRENCIES.values())

_AMOUNT = r"\d(?:[\d.,\u00a0\u202f]|[ '’](?=\d{3}(?!\d)))*"
_SIGN = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
# “R” is the rand's sign where a number follows it at once; in small letters it is nothing.
_PRICE = re.compile(
    rf"(?<![\w.,])(?:(?P<rand>R)|(?i:(?P<before>{_SIGN})))\s?(?P<one>{_AMOUNT})(?![\w%])"
    rf"|(?<![\w.,-])(?P<two>{_AMOUNT})\s?(?i:(?P<after>{_SIGN}))(?!\w)"
)
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d{1,2})?")
_COMMAS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?")
_POINTS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}")
_SPACES: Final = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?")

# What running text has beyond `quantities`: the unit as it is written, and the unit that is compared.
_FURTHER: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("oz", "oz.", "ounce", "ounces"), ("oz", "1")),
    **dict.fromkeys(("fl oz", "fl. oz", "fl oz."), ("ml", "29.5735")),
    **dict.fromkeys(("gal", "gallon", "gallons"), ("ml", "3785.41")),
    **dict.fromkeys(("quart", "quarts"), ("ml", "946.353")),
    "cl": ("ml", "10"),
    **dict.fromkeys(("in", "in.", "″", '"'), ("mm", "25.4")),
    "mg": ("mg", "1"),
    **dict.fromkeys(("kcal", "calories"), ("kcal", "1")),
    "kj": ("kJ", "1"),
    "°f": ("°F", "1"),
    "tog": ("tog", "1"),
    "wh": ("Wh", "1"),
    "db": ("dB", "1"),
    "km": ("km", "1"),
    **dict.fromkeys(("mile", "miles"), ("km", "1.60934")),
    "kw": ("W", "1000"),
    "mph": ("km/h", "1.60934"),
    **dict.fromkeys(("atm", "bar"), ("bar", "1")),
}
_NUMBER: Final = r"(?<![\w.,/])[-−]?\d+(?:,\d{3})*(?:[.,]\d+)?"
_NAMES: Final = "|".join(
    re.escape(name) for name in sorted(_FURTHER, key=len, reverse=True) if name not in ("in", "in.")
)
# “In” is an inch only where a side is named behind it.
_FURTHER_PATTERN: Final = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s?[-–]\s?(?P<high>\d[\d.,]*))?[\s-]?"
    rf"(?P<unit>{_NAMES}|in\.?(?= (?:tall|wide|high|deep|long|across)\b))(?!\w)",
    re.IGNORECASE,
)
_R_VALUE: Final = re.compile(r"\bR-value (?:of )?(?P<low>\d+(?:\.\d+)?)", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
# One unit for what can be compared, wherever it was written down in another.
_SAME: Final = {
    "lb": ("g", "453.592"),
    "inches": ("mm", "25.4"),
    "inches^2": ("mm^2", "645.16"),
    "inches^3": ("mm^3", "16387.064"),
    "minutes": ("hours", "0.0166667"),
    "USD": ("$", "1"),
}


@dataclass(frozen=True)
class Measure:
    """A number or a range in one unit: `text[start:end]`, from `low` to `high`."""

    low: Decimal
    high: Decimal
    unit: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def measures(text: str) -> tuple[Measure, ...]:
    """Every number with a unit in the text, money included, in order, none overlapping another."""
    numbers = (*prices(text), *_further(text)) if _DIGIT.search(text) else ()
    found: list[Measure] = []
    for one in sorted((*numbers, *_quantities(text)), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def prices(text: str) -> Iterator[Measure]:
    """Every amount of money that can be read in one way only."""
    for match in _PRICE.finditer(text):
        written = (match["one"] or match["two"]).rstrip(".,\u00a0\u202f ")
        if match["one"] and amount(written) is None:
            written = written.split(" ")[0].rstrip(".,")  # “€8.90 200 g”: the number behind is another
        value = amount(written)
        unit = "ZAR" if match["rand"] else CURRENCIES[(match["before"] or match["after"]).lower()]
        if value is not None:
            begin = match.start("one") if match["one"] else match.start("two")
            end = match.end("after") if match["two"] else begin + len(written)
            yield Measure(value, value, unit, match.start(), end)


def amount(written: str) -> Decimal | None:
    """The value of a number of money; None where it can be read in two ways (“1.499”) or in none."""
    digits = re.sub("[\u00a0\u202f'’]", " ", written.strip())
    if _PLAIN.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    if _COMMAS.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _POINTS.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _SPACES.fullmatch(digits):
        return Decimal(digits.replace(" ", "").replace(",", "."))
    return None


def _further(text: str) -> Iterator[Measure]:
    for match in _FURTHER_PATTERN.finditer(text):
        unit, factor = _FURTHER[match["unit"].lower()]
        low, high = _number(match["low"]), _number(match["high"] or match["low"])
        if low is not None and high is not None:
            times = Decimal(factor)
            yield Measure(min(low, high) * times, max(low, high) * times, unit, match.start(), match.end())
    for match in _R_VALUE.finditer(text):
        value = Decimal(match["low"])
        yield Measure(value, value, "R", match.start(), match.end())


def _quantities(text: str) -> Iterator[Measure]:
    for quantity in quantities(text):
        if quantity.unit not in READ_ELSEWHERE:
            yield measure_of(quantity)


def measure_of(quantity: Quantity) -> Measure:
    """A quantity in the unit that it is compared in, as exact decimals."""
    unit, factor = _SAME.get(quantity.unit, (quantity.unit, "1"))
    low, high = (Decimal(f"{value:.6f}") * Decimal(factor) for value in (quantity.low, quantity.high))
    return Measure(low.normalize(), high.normalize(), unit, quantity.start, quantity.end)


def _number(written: str) -> Decimal | None:
    plain = written.replace("−", "-").strip(".,")
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        return Decimal(plain.replace(",", ""))
    return Decimal(plain.replace(",", ".")) if re.fullmatch(r"-?\d+(?:[.,]\d+)?", plain) else None
