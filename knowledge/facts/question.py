"""Reads a question about facts: what is asked, how products are picked, and the words that must name products.

It is shy: every word has to be understood, as asking, as padding, or as a product's name (which `names` decides).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from knowledge.facts.measures import amount, measures
from knowledge.facts.question_words import (
    ANYTHING,
    APART,
    ASKS,
    BARE_COLOUR,
    BOUND,
    COMPARE,
    END,
    ENDS,
    KIND_OF,
    OFFERED_COLOUR,
    OFFERED_SIZE,
    OFFERING,
    ONES,
    PADDING,
    PAIRS,
    POINTING,
    PREFERRED,
    PRICE_WORDS,
    compares,
)

# tell: what a product's page says; rank: the most or the least of a kind; within: what lies between two bounds;
# beyond: more or less of a kind than another product; compare: several products side by side.
Form = Literal["tell", "rank", "within", "beyond", "compare"]
MOST_WORDS: Final = 16

_CONTRACTIONS: Final = (
    (r"\b(what|how|which|it|that|there)'?s\b", r"\1 is"),
    (r"\bi'?m\b", "i am"),
    (r"[“”\"?!…;:()]|\.(?=\s|$)", " "),
)
_NUMBER: Final = re.compile(r"\d[\d./]*")
_WORD: Final = re.compile(r"[^\W_]+(?:['./-][^\W_]+)*")


@dataclass(frozen=True)
class FactQuestion:
    """A question about facts.

    All `kinds` are asked for, or with `either` the first of them that a page states. `rest` are the words that have to
    name products, one group a product or a set; without any the question is about what was spoken of. `more` says which
    end is meant: the warmest has the most warmth. `low` and `high` are bounds in `unit`; an empty unit is the shop's
    currency. `pointing` tells that words such as “this” and “they” stand in it, `it` that “it” does, `anything` that
    any product will do, `length` how many words it has.
    """

    form: Form
    kinds: tuple[str, ...]
    rest: tuple[tuple[str, ...], ...] = ()
    more: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    either: bool = False
    it: bool = False
    pointing: bool = False
    anything: bool = False
    length: int = 0


def read_question(question: str) -> FactQuestion | None:
    """What a question asks of facts, or None where any other way of answering is better."""
    text = _plain(question)
    if not text or len(text.split()) > MOST_WORDS:
        return None
    if bound := BOUND.search(text):
        return _within(text, bound)
    if end := END.search(text):
        return _ranked(text, end)
    kinds, rest = _kinds(text)
    if kinds:
        return _told(text, kinds, rest)
    return _compared(text) if COMPARE.search(text) else None


def _plain(question: str) -> str:
    text = question.lower().replace("’", "'").strip()
    for pattern, instead in _CONTRACTIONS:
        text = re.sub(pattern, instead, text)
    return " ".join(text.split())


def _told(text: str, kinds: tuple[str, ...], rest: str) -> FactQuestion | None:
    if "availability" in kinds and re.search(r"\b(?:what|which)\b", text):
        return None  # “what is in stock” asks for a list of the shop
    return FactQuestion(
        "tell",
        kinds,
        _groups(rest),
        either=kinds in PREFERRED,
        it=bool(re.search(r"\bit\b", text)),
        pointing=bool(POINTING.search(text)),
        length=len(text.split()),
    )


def _compared(text: str) -> FactQuestion:
    rest = COMPARE.sub(lambda match: f" , {match['between'] or ''} ", text)
    return FactQuestion("compare", (), _groups(rest), pointing=bool(POINTING.search(text)))


def _ranked(text: str, match: re.Match[str]) -> FactQuestion | None:
    kind, more = _end(match)
    others, rest = _kinds(f"{text[: match.start()]} {text[match.end() :]}")
    if others and others[0] != kind:
        return None
    form: Form = "beyond" if compares(match) else "rank"
    pointing, anything = bool(POINTING.search(text)), bool(ANYTHING.search(text))
    return FactQuestion(form, (kind,), _groups(rest), more, pointing=pointing, anything=anything)


def _end(match: re.Match[str]) -> tuple[str, bool]:
    """The kind that a superlative or comparative is of, and whether it means the more of it."""
    if match["word"]:
        return ENDS[match["word"]]
    up = match["up"] is not None
    if match["pair"]:
        kind, more = PAIRS[match["pair"]]
        return kind, more == up
    return KIND_OF[match["noun"]], up


def _within(text: str, match: re.Match[str]) -> FactQuestion | None:
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    bounds = _bounds(match)
    if bounds is None or END.search(rest):
        return None
    others, rest = _kinds(rest)
    low, high, unit = bounds
    kind = others[0] if others else ""
    return FactQuestion("within", (kind,), _groups(rest), False, low, high, unit, anything=bool(ANYTHING.search(text)))


def _bounds(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str] | None:
    """The lower and the upper bound, and the unit of both, empty where none is written; None where they do not fit."""
    names = ("low", "high") if match["low"] else ("only",)
    units = {match[f"{name}_sign"] or match[f"{name}_unit"] for name in names} - {None}
    values = [_in_unit(match[name].rstrip(".,"), next(iter(units), "") or "") for name in names]
    if len(units) > 1 or None in values:
        return None
    numbers = [value for value, _ in filter(None, values)]
    unit = next(unit for _, unit in filter(None, values))
    if match["low"]:
        return min(numbers), max(numbers), unit
    return (None, numbers[0], unit) if match["below"] else (numbers[0], None, unit)


def _in_unit(number: str, unit: str) -> tuple[Decimal, str] | None:
    value = amount(number)
    if value is None or not unit:
        return None if value is None else (value, "")
    found = measures(f"{unit.upper()}{value}" if unit == "r" else f"{value} {unit}")
    return (found[0].low, found[0].unit) if len(found) == 1 else None


def _kinds(text: str) -> tuple[tuple[str, ...], str]:
    """The kinds that are asked for, and the text without what asks for them; none where two askings contradict."""
    found: list[tuple[str, ...]] = []
    rest = text
    for pattern, kinds in ASKS:
        match = pattern.search(rest)
        groups = match.groupdict() if match else {}
        taken = kinds or (KIND_OF.get(groups.get("noun") or "", ""),)
        if match is None or any(set(taken) & set(one) for one in found):
            continue
        if found and taken == ("price",) and match.group().startswith("how much") and " and " not in text:
            return (), text  # “how much is the capacity upgrade”: the price of something that no fact is of
        if not (found and match.group() == "available"):
            found.append(taken)
        rest = f"{rest[: match.start()]} {groups.get('between') or ''} {rest[match.end() :]}"
    if ("price",) in found:
        rest = PRICE_WORDS.sub(" ", rest)
    found, rest = _offered(text, found, rest)
    return (found[0] if len(found) == 1 else tuple(kinds[0] for kinds in found)), rest


def _offered(text: str, found: list[tuple[str, ...]], rest: str) -> tuple[list[tuple[str, ...]], str]:
    """“In green” and “in XL” ask for the colours and sizes that there are."""
    for pattern, kind in ((OFFERED_COLOUR, "colours"), (BARE_COLOUR, "colours"), (OFFERED_SIZE, "sizes")):
        match = pattern.search(rest)
        asked = found in ([(kind,)], [("availability",)]) or (found and kind in found[0])
        if match and (asked or (not found and pattern is not BARE_COLOUR and OFFERING.search(text))):
            return [(kind,)], f"{rest[: match.start()]} {rest[match.end() :]}"
    return found, rest


def _groups(text: str) -> tuple[tuple[str, ...], ...]:
    """The words that are left, in groups that each have to name a product or a set of products."""
    groups: list[tuple[str, ...]] = []
    for part in APART.split(text):
        words = [word for word in _WORD.findall(part) if word not in PADDING]
        while words and words[-1] in ONES:
            words.pop()
        if groups and len(words) == 1 and _NUMBER.fullmatch(words[0]) and _NUMBER.fullmatch(groups[-1][-1]):
            words = [*groups[-1][:-1], *words]  # “the heron 2 or 4”
        if words:
            groups.append(tuple(words))
    return tuple(groups)
