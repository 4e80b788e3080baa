"""The words that questions about facts are made of: what asks for a kind, sets bounds, compares, or only pads."""

from __future__ import annotations

import re
from typing import Final

from knowledge.facts.kinds import ALPHA_SIZES, COLOURS
from knowledge.facts.measures import CURRENCIES

# The nouns of kinds, as in “least caffeine” and “longest battery life”.
NOUNS: Final = {
    "price": "price|prices|pricing|priced|cost|costs",
    "weight": "weight|weights|weigh|weighs",
    "capacity": "capacity|volume|litres|liters",
    "battery time": "battery life|battery time|run time|runtime|burning time|burn time|play time|playtime",
    "brightness": "brightness|lumen|lumens",
    "power": "power|wattage|watt|watts",
    "range": "range",
    "noise": "noise level|noise|decibels",
    "speed": "top speed|max speed|maximum speed",
    "warranty": "warranty|guarantee",
    "calories": "calories|kcal",
    "caffeine": "caffeine",
    "protein": "protein",
    "sugar": "sugar",
    "salt": "salt|sodium",
    "alcohol": "alcohol|abv",
}
KIND_OF: Final = {word: kind for kind, nouns in NOUNS.items() for word in nouns.split("|")}
# The kind of “-er” and “-est”, and whether the word means the more of it.
ENDS: Final = {
    "cheap": ("price", False),
    "light": ("weight", False),
    "heavi": ("weight", True),
    "warm": ("warmth", True),
    "bright": ("brightness", True),
    "quiet": ("noise", False),
    "loud": ("noise", True),
    "fast": ("speed", True),
}
# … of words that go with “more” and “most”.
PAIRS: Final = {
    "expensive": ("price", True),
    "affordable": ("price", False),
    "pricey": ("price", True),
    "powerful": ("power", True),
    "waterproof": ("waterproofness", True),
}
_UP: Final = "most|highest|longest|biggest|largest|more|higher|longer|bigger|larger"
_DOWN: Final = "least|lowest|fewest|shortest|smallest|less|lower|fewer|shorter|smaller"
END: Final = re.compile(
    rf"\b(?P<word>{'|'.join(ENDS)})(?P<ending>er|est)\b"
    rf"|\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})) (?:in |of )?"
    rf"(?:(?P<pair>{'|'.join(PAIRS)})|(?P<noun>{'|'.join(NOUNS.values())}))\b"
)


def compares(match: re.Match[str]) -> bool:
    """Whether what `END` found is a comparative (“lighter”), not a superlative."""
    degree = match["up"] or match["down"] or ""
    return match["ending"] == "er" or degree in ("more", "less", "fewer") or degree.endswith("er")


_DO: Final = r"(?:(?:do|does|did)\b ?)?"
_SOME: Final = r"(?:mg |grams |g )?(?:of )?"
# What asks for a kind, the longer first. Of several kinds the first that the page states will do; none: the one that
# the group `noun` names. What `between` finds is left for the product.
_ASKING: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (rf"how much {_DO}(?P<between>.*?)\b(?:weigh|weights?)\b", ("weight",)),
    (rf"how much {_DO}(?P<between>.*?)\bhold\b", ("capacity",)),
    (rf"how (?:much|many) {_SOME}(?P<noun>caffeine|calories|protein|sugar|salt|sodium|alcohol|kcal)", ()),
    (r"how (?:many|much) (?P<noun>litres|liters|watts|wattage|power|lumens)", ()),
    (r"how heavy|heavy|what weight|weight|weighs?", ("weight",)),
    (r"how (?:big|large)|what size (?:is|are)|dimensions|measurements", ("dimensions", "sizes", "capacity")),
    (r"how (?:tall|wide|high|deep)|width|height|depth|diameter|packed size", ("dimensions",)),
    (r"(?:what|which) sizes?|sizes|sizing", ("sizes", "dimensions")),
    (
        r"how (?:warm|cold)|(?:what|which) temperatures?|(?:temperature|comfort) rating|comfort temperature|warm",
        ("warmth",),
    ),
    (r"how water ?proof|water ?proof|water column|water resistant|rain ?proof|ip rating", ("waterproofness",)),
    (r"how bright|bright|lumens|brightness", ("brightness",)),
    (r"how powerful|wattage", ("power",)),
    (r"(?:how )?(?:loud|quiet|noisy)|noise level", ("noise",)),
    (r"how fast|top speed|max speed", ("speed",)),
    (r"battery life|how long (?:do|does) the battery last|burn(?:ing)? time|run ?time|play ?time", ("battery time",)),
    (r"(?:how long|how many years) (?:(?:is|are|of)\b ?)?(?:the )?(?:warranty|guarantee)", ("warranty",)),
    (r"(?:warranty|guarantee) (?:period|length)", ("warranty",)),
    (r"what age|which age|from what age|age range|how old", ("age",)),
    (r"made (?:of|from|out of)|(?:what|which) materials?|materials?|what fabric", ("material",)),
    (r"(?:what|which|how many) (?:other )?colou?rs?|colou?rs?", ("colours",)),
    (r"(?:in|out of) stock|sold out|availability|available", ("availability",)),
    (r"article number|item number|sku|ean|gtin", ("sku",)),
    (r"(?P<noun>caffeine|calories|capacity)\b", ()),
    (r"how much (?:is|are|do|does|for|to buy)\b|how expensive|prices?|pricing|costs?|how much\b", ("price",)),
)
ASKS: Final = [(re.compile(rf"\b(?:{words})", re.IGNORECASE), kinds) for words, kinds in _ASKING]
PREFERRED: Final = frozenset(kinds for _, kinds in _ASKING if len(kinds) > 1)
PRICE_WORDS: Final = re.compile(r"\b(?:costs?|prices?|priced)\b")

_COLOUR: Final = "|".join(sorted(COLOURS))
_SHADE: Final = rf"(?:(?:dark|light|other|{_COLOUR}) )?(?:{_COLOUR})"
OFFERED_COLOUR: Final = re.compile(
    rf"\bin (?:an? )?{_SHADE}\b(?: colou?r)?|\b(?:(?:an?|any|the) )?{_SHADE} (?:ones?|version)\b"
)
BARE_COLOUR: Final = re.compile(rf"\b{_SHADE}\b")
_SIZE: Final = "|".join(sorted(ALPHA_SIZES - {"s", "m", "l"}))
OFFERED_SIZE: Final = re.compile(rf"\b(?:in )?(?:an? )?(?:size )?(?:{_SIZE}|(?<=size )(?:s|m|l|\d+))\b")
OFFERING: Final = re.compile(r"\b(?:come|comes|available|have|got|do you|is there|get)\b")

_NUMBER = r"\d[\d.,]*"
_SIGNS = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True)) + r"|r(?=\d)"
_UNITS = (
    r"kilos?|kgs?|kilograms?|grams?|g|lbs?|oz|ounces|litres?|liters?|l|ml|lumens?|lm|watts?|w|hours?|mg|kcal|calories"
    r"|db|km|miles?"
)


def _amount(name: str) -> str:
    return rf"(?:(?P<{name}_sign>{_SIGNS}) ?)?(?P<{name}>{_NUMBER})(?: ?(?P<{name}_unit>{_SIGNS}|{_UNITS})(?!\w))?"


_BELOW = (
    r"(?:for )?(?:under|below|less than|cheaper than|lighter than|up ?to|max(?:imum)?(?: of)?|at most|within"
    r"|no more than|not more than)"
)
_ABOVE = r"over|above|more than|at least|from|min(?:imum)?(?: of)?|heavier than"
# “under 200”, “below 1 kg”, “between 50 and 100 euros”.
BOUND: Final = re.compile(
    rf"\b(?:between|from) {_amount('low')} ?(?:and|to|-) ?{_amount('high')}"
    rf"|\b(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE})) {_amount('only')}",
    re.IGNORECASE,
)
COMPARE: Final = re.compile(
    r"\b(?:what(?: is)? the )?differences? (?:between|of)\b|\bdifference\b|\bcompare[ds]?\b"
    r"|\bcomparison(?: of| between)?\b|\bvs\.?(?!\w)|\bversus\b|\b(?:how )?(?:do|does) (?P<between>.*?)differ\b"
    r"|\bwhich (?:one )?is better\b|\bbetter\b|\bor\b"
)
APART: Final = re.compile(r"\bor\b|\band\b|\bvs\.?(?!\w)|\bversus\b|\bthan\b|,|/(?!\d)|&")
POINTING: Final = re.compile(r"\b(?:it|its|this|that|these|those|they|them|one|ones|both|two)\b")
ANYTHING: Final = re.compile(r"\b(?:anything|something|products|things|items|(?:any|what|which) products?)\b")
_PADDING: Final = """
a about actually also am an and any anything are as at between both buy by can come comes could currently did do does
exactly for get give got has have hello hey hi how i in is it item items its just kindly know like looking me model
models much now of off offer on or our out please pls plz product products right say sell selling shall shop show so
some something still stock store tell than thank thanks that the them there these they thing things this those to us
want we what whats which with would you your yours
"""
PADDING: Final = frozenset(_PADDING.split())
# Said after a name it points (“the red one”), before it is a number (“one piece”).
ONES: Final = frozenset({"one", "ones"})
