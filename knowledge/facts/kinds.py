"""The kinds of facts: how pages word each, and in which units. No one trade is meant: a kind more is a line more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from knowledge.facts.measures import MONEY, Measure


@dataclass(frozen=True)
class FactKind:
    """How pages state one kind of property.

    `labels` are what a table's row or column, a list item or a heading calls it. `units` are those it is measured in,
    each with the unit and factor that it is compared in. A sentence states it where one of the `before` words stands
    ahead of the number or one of the `after` words behind it, where the unit is `telling`, or where `says` is found.
    In units of `turned` less is more: a bag for −7 °C is warmer than one for 4 °C.
    """

    name: str
    labels: tuple[str, ...]
    units: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    telling: frozenset[str] = frozenset()
    says: str = ""
    turned: frozenset[str] = frozenset()

    @cached_property
    def label(self) -> re.Pattern[str]:
        """Finds the kind in a label."""
        return re.compile(rf"\b(?:{'|'.join(self.labels)})\b", re.IGNORECASE)

    @cached_property
    def sentence(self) -> re.Pattern[str] | None:
        """Finds what states the kind without a number."""
        return re.compile(self.says, re.IGNORECASE) if self.says else None

    def fitting(self, found: Iterable[Measure]) -> tuple[Measure, ...]:
        """The measures in one of the kind's units, in what they are compared in."""
        return tuple(self._turned(one) for one in found if one.unit in self.units)

    def leads(self, text: str, measure: Measure) -> bool:
        """Whether the words around a number, or its unit alone, say that it is of this kind."""
        if measure.unit in self.telling:
            return True
        ahead, behind = text[max(0, measure.start - 40) : measure.start], text[measure.end : measure.end + 30]
        return bool((self._before and self._before.search(ahead)) or (self._after and self._after.match(behind)))

    def _turned(self, one: Measure) -> Measure:
        unit, factor = self.units[one.unit]
        return Measure(one.low * Decimal(factor), one.high * Decimal(factor), unit, one.start, one.end)

    @cached_property
    def _before(self) -> re.Pattern[str] | None:
        about = r"(?:\s+(?:is|are|of|only|just|about|around|approx\.?|roughly|under|at|to|a|an))*[\s:]*"
        return re.compile(rf"\b(?:{self.before}){about}$", re.IGNORECASE) if self.before else None

    @cached_property
    def _after(self) -> re.Pattern[str] | None:
        return re.compile(rf"[\s-]*(?:{self.after})\b", re.IGNORECASE) if self.after else None


def _same(*units: str) -> dict[str, tuple[str, str]]:
    return {unit: (unit, "1") for unit in units}


_SPACES: Final = _same("mm", "mm^2", "mm^3")
_COLOURS: Final = """
black white grey gray red green blue yellow orange purple violet pink brown beige cream ivory navy teal turquoise olive
khaki sand charcoal graphite anthracite burgundy maroon mustard ochre terracotta rust moss sage mint lime lilac lavender
magenta indigo bronze copper gold golden silver champagne rose coral salmon peach apricot plum aubergine mauve taupe
stone slate ecru natural walnut oak tan chocolate cognac camel petrol aqua emerald scarlet crimson cherry denim clay
chalk pine ink brick multicolour multicolor
"""
COLOURS: Final = frozenset(_COLOURS.split())
_COLOUR = "|".join(sorted(COLOURS))
_SHADE = rf"(?:(?:light|dark|pale|bright|deep|matte?|[a-z]+) )?(?:{_COLOUR})"
_STUFFS: Final = (
    "cotton|linen|wool|merino|silk|cashmere|polyester|polyamide|nylon|elastane|spandex|viscose|acrylic|fleece|down|leather"
    "|suede|rubber|latex|silicone|steel|aluminium|aluminum|titanium|brass|copper|bronze|gold|silver|platinum|zinc|iron|oak"
    "|beech|birch|ash|pine|walnut|maple|willow|bamboo|plywood|mdf|cork|glass|ceramic|porcelain|stoneware|plastic|pp|abs"
    "|polypropylene|polycarbonate|carbon|fibreglass|fiberglass|foam|velvet|canvas|denim|hemp|jute|paper|cardboard|wood"
)
_STOCK: Final = (
    r"(?:is|are|currently|now|still|availability:?)\s+(?:\w+\s+)?(?:in stock|out of stock|sold out|on back-?order"
    r"|available for pre-?order|made to order|discontinued)|^\W*(?:in stock|out of stock|sold out|made to order)\b"
    r"|\b(?:only )?built to order\b"
)
_PROOF: Final = (
    r"\bwater ?proof\b|\bwater[- ]resistant\b|\bwater column\b|\bIPX?\d{1,2}\b|\bsplash[- ]?proof\b"
    r"|\bholds off showers\b"
)
_AGES: Final = (
    r"\bages? (?:from )?\d+\+?|\bfrom \d+ (?:months|years)\b"
    r"|\b\d+\s?(?:years?|months?)\s?(?:\+|and (?:up|over|older))"
)
_COLOURED: Final = (
    rf"\bcolou?rs?\b.*?\b(?:{_COLOUR})\b|\b{_SHADE}(?:, {_SHADE})*,? (?:or|and) {_SHADE}\b"
    rf"|\b{_SHADE}(?:, {_SHADE}){{2,}}\b|^\W*{_SHADE}(?:, {_SHADE})+\W*$|\b(?:comes? |available )in {_SHADE}\b"
)
_SIZES: Final = (
    r"\bsizes (?:are |from )?(?:XX?S|S|M|\d)|\b(?:XX?S|S|M) (?:to|[-–]) \d?X*L\b"
    r"|\b(?:UK|EU|US) \d+(?:\.5)? (?:to|[-–]) \d+|\bXX?S, S\b|\bS, M\b|\bM, L\b"
)

KINDS: Final[tuple[FactKind, ...]] = (
    FactKind(
        "price", ("prices?", "costs?", "rrp", "per yard", "per metre"), _same(*MONEY), before="costs?|priced|price"
    ),
    FactKind("availability", ("availability", "stock", "in stock"), says=_STOCK),
    FactKind("sku", ("sku", "gtin", "ean", "article number", "item number", "maker's number", "part number")),
    FactKind(
        "weight",
        ("weight", "weights", "weighs"),
        {**_same("g"), "oz": ("g", "28.3495")},
        before="weighs?|weighing|weight|net",
        after="in weight|heavy",
    ),
    FactKind(
        "dimensions",
        (
            "dimensions?",
            "measures",
            "measurements",
            "height",
            "width",
            "depth",
            "length",
            "diameter",
            "packed (?:size|length)",
            "inner height",
            "size",
        ),
        _SPACES,
        before="measures?|measuring|width|height|depth|length|diameter",
        after="wide|tall|high|deep|long|across|thick|in diameter",
        telling=frozenset({"mm^2", "mm^3"}),
    ),
    FactKind("sizes", ("sizes?", "frame sizes?"), says=_SIZES),
    FactKind(
        "capacity",
        ("capacity", "volume", "litres", "liters", "tank"),
        {**_same("ml"), "oz": ("ml", "29.5735")},
        before="holds?|holding|capacity|volume",
        after="tank|capacity|kettle|jug",
    ),
    FactKind(
        "warmth",
        ("comfort", "limit", "extreme", "comfort temperature", "temperature rating", "tog", "r-value", "warmth"),
        {**_same("°C", "tog", "R"), "°F": ("°F", "1")},
        before="comfort(?: temperature)?|limit|rated(?: to)?|rating",
        after="comfort|limit",
        telling=frozenset({"tog", "R"}),
        turned=frozenset({"°C", "°F"}),
    ),
    FactKind(
        "waterproofness",
        (
            "water column",
            "waterproof(?:ness)?",
            "water resistance",
            "ip rating",
            "ingress protection",
            "hydrostatic head",
        ),
        _same("mm", "bar"),
        before="water column|hydrostatic head|tight to|water[- ]resistant to",
        says=_PROOF,
    ),
    FactKind("brightness", ("brightness", "light", "luminous flux", "lumens"), _same("lm"), telling=frozenset({"lm"})),
    FactKind("power", ("power", "wattage", "watts?", "motor"), _same("W"), telling=frozenset({"W"})),
    FactKind(
        "battery time",
        ("battery life", "burning time", "burn time", "run ?time", "play ?time", "power reserve"),
        _same("hours", "mAh", "Wh"),
        before="battery (?:lasts|holds|life)|runs?(?: for)?|burning time|power reserve|lasts",
        after="(?:of )?(?:battery|playback|burning|run ?time)",
    ),
    FactKind("range", ("range",), _same("km"), before="range|up to", after="(?:of )?range|on a charge"),
    FactKind("speed", ("speed", "top speed", "max speed"), _same("km/h"), before="speed|up to|tops out at"),
    FactKind("noise", ("noise", "sound level", "loudness"), _same("dB"), telling=frozenset({"dB"})),
    FactKind(
        "warranty",
        ("warranty", "guarantee"),
        _same("months"),
        before="warranty|guaranteed?|guaranteed? for|warranty for",
        after="(?:[\\w-]+ ){0,4}(?:warranty|guarantee)",
    ),
    FactKind(
        "age",
        ("ages?", "age range", "age group", "recommended age"),
        _same("months"),
        before="ages?|from age|aged|children from|suitable from",
        after="and (?:up|over|older)|plus",
        says=_AGES,
    ),
    FactKind("calories", ("calories", "energy", "kcal"), _same("kcal", "kJ"), telling=frozenset({"kcal"})),
    *(
        FactKind(
            name, labels, units, before=f"(?:{'|'.join(labels)})(?: content)?", after=f"(?:of )?(?:{'|'.join(labels)})"
        )
        for name, labels, units in (
            ("caffeine", ("caffeine",), _same("mg")),
            ("protein", ("protein",), _same("g")),
            ("sugar", ("sugars?",), _same("g")),
            ("salt", ("salt", "sodium"), {**_same("g"), "mg": ("g", "0.001")}),
            ("alcohol", ("alcohol", "abv", "vol"), _same("%")),
        )
    ),
    FactKind(
        "material",
        (
            "materials?",
            "fabric",
            "filling",
            "fill",
            "shell",
            "lining",
            "composition",
            "made of",
            "upper",
            "sole",
            "frame",
        ),
        says=rf"\bmade (?:of|from|in) (?:[\w-]+ ){{0,3}}(?:{_STUFFS})\b|\b\d+\s?% (?:[\w-]+ ){{0,2}}(?:{_STUFFS})\b"
        rf"|\b(?:fabric|filling|shell|lining|frame|body|upper|case) (?:is|are|of) (?:[\w-]+ ){{0,4}}(?:{_STUFFS})\b"
        rf"|^\W*(?!never|no\b|not\b|with)(?:[A-Z][\w-]+ )?(?:[\w-]+ )?(?:{_STUFFS})(?=[,.;])",
    ),
    FactKind(
        "colours",
        ("colou?rs?", "shades?"),
        says=_COLOURED,
    ),
)
BY_NAME: Final[dict[str, FactKind]] = {kind.name: kind for kind in KINDS}
_ALPHA: Final = "xxs xs s m l xl xxl xxxl 2xl 3xl 4xl 5xl"
ALPHA_SIZES: Final = frozenset(_ALPHA.split())
