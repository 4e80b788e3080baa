"""Numbers with units, found in running text: what two passages can disagree about."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Bound = Literal["", "least", "most"]

# Spans of time in French, German, Dutch, Spanish, Italian and Portuguese; signs and measures are the same in all.
_SPANS_ABROAD: Final[dict[tuple[str, float], str]] = {
    ("hours", 1.0): "heure heures stunde stunden uur uren hora horas ora",
    ("days", 1.0): "jour jours tag tage tagen dag dagen día días dia dias giorno giorni",
    ("days", 7.0): "semaine semaines woche wochen weken semana semanas settimana settimane",
    ("months", 1.0): "mois monat monate monaten maand maanden mes meses mês mese mesi",
    ("months", 12.0): "ans années jahr jahre jahren jaar año años anos anno anni",
}
# word in the text → (unit that is compared, how many of that unit it is)
_UNITS: Final[dict[str, tuple[str, float]]] = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), ("seconds", 1.0)),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), ("minutes", 1.0)),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), ("hours", 1.0)),
    **dict.fromkeys(("day", "days"), ("days", 1.0)),
    **dict.fromkeys(("week", "weeks"), ("days", 7.0)),
    **dict.fromkeys(("month", "months"), ("months", 1.0)),
    **dict.fromkeys(("year", "years"), ("months", 12.0)),
    **{word: unit for unit, words in _SPANS_ABROAD.items() for word in words.split()},
    **dict.fromkeys(("night", "nights"), ("nights", 1.0)),
    **dict.fromkeys(("eur", "euro", "euros", "€"), ("EUR", 1.0)),
    **dict.fromkeys(("gbp", "pound sterling", "£"), ("GBP", 1.0)),
    **dict.fromkeys(("usd", "dollar", "dollars", "$"), ("USD", 1.0)),
    **dict.fromkeys(("chf", "francs"), ("CHF", 1.0)),
    **dict.fromkeys(("inr", "rs", "rs.", "rupees", "₹"), ("INR", 1.0)),
    **dict.fromkeys(("nok", "sek", "dkk", "kroner", "kronor"), ("kroner", 1.0)),
    **dict.fromkeys(("%", "percent", "per cent"), ("%", 1.0)),
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeters"), ("mm", 1.0)),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeters"), ("mm", 10.0)),
    **dict.fromkeys(("m", "metre", "metres", "meters"), ("mm", 1000.0)),
    **dict.fromkeys(("inch", "inches", "″"), ("inches", 1.0)),
    **dict.fromkeys(("feet", "ft"), ("inches", 12.0)),
    **dict.fromkeys(("g", "gram", "grams", "grammes"), ("g", 1.0)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("g", 1000.0)),
    **dict.fromkeys(("lb", "lbs", "pounds"), ("lb", 1.0)),
    **dict.fromkeys(("ml", "millilitre", "millilitres"), ("ml", 1.0)),
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), ("ml", 1000.0)),
    **dict.fromkeys(("°c", "° c", "degrees"), ("°C", 1.0)),
    **dict.fromkeys(("lm", "lumen", "lumens"), ("lm", 1.0)),
    **dict.fromkeys(("w", "watt", "watts"), ("W", 1.0)),
    **dict.fromkeys(("mah",), ("mAh", 1.0)),
    **dict.fromkeys(("km/h", "kmh"), ("km/h", 1.0)),
    **dict.fromkeys(("people", "persons", "person"), ("people", 1.0)),
    **dict.fromkeys(("piece", "pieces", "pcs", "item", "items"), ("pieces", 1.0)),
    **dict.fromkeys(("attempt", "attempts", "tries", "times"), ("tries", 1.0)),
    **dict.fromkeys(("instalment", "instalments", "installments"), ("instalments", 1.0)),
    **dict.fromkeys(("wash", "washes"), ("washes", 1.0)),
}
MONEY: Final = frozenset({"EUR", "GBP", "USD", "CHF", "INR", "kroner"})
_BEFORE: Final = ("€", "£", "$", "₹", "eur", "gbp", "usd", "chf", "inr", "rs", "rs.")
_WORDS: Final = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
} | {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "ninety": 90.0, "hundred": 100.0}
_WORKING: Final = re.compile(r"(?:working|business|week)[ -]?", re.IGNORECASE)

_DIGITS = r"[−-]?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|[−-]?\d+(?:[.,]\d+)?"
_SPELLED = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = rf"(?<![\w.,/])(?:{_DIGITS}|(?:{_SPELLED})(?![\w]))"
_NAMES = "|".join(re.escape(word) for word in sorted(_UNITS, key=len, reverse=True))
_PREFIX = "|".join(re.escape(word) for word in sorted(_BEFORE, key=len, reverse=True))
_WITH_UNIT = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*(?:-|–|—|to|or|and)\s*(?P<high>{_DIGITS}|(?:{_SPELLED})\b))?"
    rf"(?P<times>(?:\s*[×x]\s*(?:{_DIGITS}))*)"
    rf"[\s\u00a0-]*(?P<work>(?:(?:working|business)[ -]|week(?=days?))?)(?:calendar )?(?P<unit>{_NAMES})(?![\w/²³])",
    re.IGNORECASE,
)
_WITH_SIGN = re.compile(
    rf"(?<!\w)(?P<unit>{_PREFIX})\s?(?P<low>{_DIGITS})(?:\s*(?:-|–|—|to)\s*(?:{_PREFIX})?\s?(?P<high>{_DIGITS}))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)"
    r"|(?<![\d:.])(?P<h2>[01]?\d|2[0-4]):(?P<m2>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)
# “Twice a week”, but not “twice as long”.
_TWICE = re.compile(r"\b(?:twice|thrice)\b(?! (?:as|the|that)\b)", re.IGNORECASE)
_MOST = re.compile(
    r"\b(within|up to|at most|no more than|not more than|less than|below|under|max(?:imum)?(?: of)?|until|before"
    r"|at the latest after)\s+(?:\w+\s+)?$",
    re.I,
)
_LEAST = re.compile(
    r"\b(from|at least|more than|over|above|min(?:imum)?(?: of)?|starting at|after|exceeds?)\s+(?:\w+\s+)?$", re.I
)


@dataclass(frozen=True)
class Quantity:
    """A number or range in one unit: `text[start:end]`, from `low` to `high` (equal when it is one number)."""

    unit: str
    low: float
    high: float
    start: int
    end: int
    bound: Bound = ""

    def agrees(self, other: Quantity) -> bool:
        """Whether both can be true of one thing: equal, one inside the other's range, or bounds of two sides."""
        if self.unit != other.unit or {self.bound, other.bound} == {"least", "most"}:
            return True
        mine_in = other.low <= self.low and self.high <= other.high
        theirs_in = self.low <= other.low and other.high <= self.high
        return mine_in or theirs_in


def quantities(text: str) -> list[Quantity]:
    """Every number with a unit in the text, in order, none overlapping another."""
    found: list[Quantity] = []
    for quantity in sorted(
        (*_signed(text), *_plain(text), *_clock(text), *_often(text)), key=lambda q: (q.start, -q.end)
    ):
        if not found or quantity.start >= found[-1].end:
            found.append(quantity)
    return found


def unit_in(words: str) -> tuple[str, float] | None:
    """The unit that a table's column is in, by its header, such as “Working days” or “Price (EUR)”."""
    for word in reversed(re.findall(r"[^\W\d_]+|[%€£$₹]|°C", words.lower().replace("°c", "°C"))):
        unit = _UNITS.get(word.lower())
        if (unit and len(word) > 1) or word in "%€£$₹":
            assert unit is not None
            return _working(words) if unit[0] == "days" and _WORKING.search(words) else unit
    return None


def bare(cell: str, unit: tuple[str, float]) -> Quantity | None:
    """A table cell that is only a number or a range, read in its column's unit."""
    match = re.fullmatch(rf"\s*({_DIGITS})(?:\s*(?:-|–|—|to)\s*({_DIGITS}))?\s*", cell)
    if not match:
        return None
    low, high = number(match[1]), number(match[2] or match[1])
    return Quantity(unit[0], low * unit[1], high * unit[1], 0, len(cell))


def number(text: str) -> float:
    """The value of a number in digits or words; thousands may be set off by commas or spaces."""
    word = text.strip().lower()
    if word in _WORDS:
        return _WORDS[word]
    word = word.replace("−", "-").replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", word):
        return float(word.replace(",", ""))
    return float(word.replace(",", "."))


def _plain(text: str) -> Iterator[Quantity]:
    for match in _WITH_UNIT.finditer(text):
        unit, factor = _UNITS[match["unit"].lower()]
        if match["work"] and unit == "days":
            unit = "working days"
        low, high = number(match["low"]), number(match["high"] or match["low"])
        if match["times"]:
            sides = [number(side) for side in re.findall(_DIGITS, match["times"])]
            product = math.prod((low, *sides)) * factor ** (1 + len(sides))
            yield Quantity(f"{unit}^{1 + len(sides)}", product, product, match.start(), match.end())
            continue
        yield _made(text, match, unit, low * factor, high * factor)


def _signed(text: str) -> Iterator[Quantity]:
    for match in _WITH_SIGN.finditer(text):
        unit, factor = _UNITS[match["unit"].lower()]
        low, high = number(match["low"]), number(match["high"] or match["low"])
        yield _made(text, match, unit, low * factor, high * factor)


def _clock(text: str) -> Iterator[Quantity]:
    for match in _CLOCK.finditer(text):
        hour, minute = int(match["h"] or match["h2"]), int(match["m"] or match["m2"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
        time = float(hour * 60 + minute)
        yield _made(text, match, "o'clock", time, time)


def _often(text: str) -> Iterator[Quantity]:
    for match in _TWICE.finditer(text):
        yield _made(text, match, "tries", *((2.0, 2.0) if match.group().lower() == "twice" else (3.0, 3.0)))


def _made(text: str, match: re.Match[str], unit: str, low: float, high: float) -> Quantity:
    before = text[max(0, match.start() - 40) : match.start()]
    bound: Bound = "most" if _MOST.search(before) else "least" if _LEAST.search(before) else ""
    return Quantity(unit, min(low, high), max(low, high), match.start(), match.end(), bound)


def _working(words: str) -> tuple[str, float]:
    return ("working days", 1.0)
