"""Reads a product's page: the facts that its front matter, tables, lists, headings and sentences state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from knowledge.facts.fact import BARE, FRONT, LABELLED, SAID, Fact, Standing
from knowledge.facts.kinds import BY_NAME, COLOURS, KINDS, FactKind
from knowledge.facts.labels import kind_of, kinds_headed
from knowledge.facts.measures import Measure, measures
from knowledge.facts.page_parts import Line, SectionParts, parts_of
from knowledge.facts.spec_table import Cell
from knowledge.page.page import Page

PRODUCT_CATEGORIES: Final = ("product", "products")
MOST_UNDER_A_HEADING: Final = 3

_NAMED = re.compile(r"\s*(?:\*\*)?(?P<label>[^\W\d][^:|.!?*]{1,40}?)(?:\*\*)?:(?:\*\*)?[ \t]+(?=\S)")
# A sentence that links is about what it links to.
_LINK: Final = "]("
_WEIGHED_OTHERS = re.compile(
    r"\b(?:up to|max\w*|rider|riders|people|anyone|child\w*|dogs?|bodies|you)\b[^.;]{0,25}$", re.IGNORECASE
)
_CARRIES = re.compile(
    r"\b(?:max\w*|holds?|carr(?:y|ies)|takes?|load|rider|for (?:people|dogs|children))\b", re.IGNORECASE
)
_IF = re.compile(r"\b(?:if|when|once|until|unless|whether)\b", re.IGNORECASE)
# A number between two marks says what the thing itself has: “…, 57 lb, …”.
_ALONE_BEFORE = re.compile(r"(?:^|[,;(:]|\band|\bis|\bin)\s*$", re.IGNORECASE)
_ALONE_AFTER = re.compile(r"\s*(?:[,;.)]|$|dry\b|each\b|the pair\b)")
_COLOURED = re.compile(rf"\b(?:{'|'.join(sorted(COLOURS))}|colou?rs?)\b", re.IGNORECASE)
_BARE_KINDS: Final = ("weight", "capacity")


def is_product(page: Page) -> bool:
    """Whether a page is about something that the shop sells."""
    return bool(page.sku or page.price) or page.category.strip().lower() in PRODUCT_CATEGORIES


def facts_of(
    page: Page, kinds: Sequence[FactKind] = KINDS, parts: Iterable[SectionParts] | None = None
) -> tuple[Fact, ...]:
    """The facts of these kinds that a product's page states, in the order of the page; none of a page of another kind.

    `parts` are the page's, where they are at hand.
    """
    if not is_product(page):
        return ()
    wanted = {kind.name for kind in kinds}
    found = [fact for fact in front_facts(page) if fact.kind in wanted]
    for part in parts if parts is not None else parts_of(page):
        found += [fact for fact in _of_section(page, part, kinds) if fact.kind in wanted]
    if any(fact.kind == "price" and fact.standing == FRONT for fact in found):
        # What else costs something on a product's page is seldom the product.
        found = [fact for fact in found if fact.kind != "price" or fact.standing <= LABELLED]
    best: dict[tuple[str, int | None, str], Fact] = {}
    for fact in found:
        key = (fact.kind, fact.start, fact.words if fact.start is None else "")
        if key not in best or fact.standing < best[key].standing:
            best[key] = fact
    return tuple(best.values())


def front_facts(page: Page) -> Iterator[Fact]:
    """What the front matter says: price, SKU, availability, and whatever else it names by a kind's label."""
    price = " ".join(part for part in (page.price, page.currency) if part) if page.price else ""
    further = {key: str(value) for key, value in page.extra.items() if isinstance(value, (str, int, float))}
    for key, words in {"price": price, "sku": page.sku or "", **further}.items():
        label = key.replace("_", " ")
        kind = kind_of(label)
        if kind and words:
            yield Fact(page, kind.name, words, FRONT, label, measures=kind.fitting(measures(words)))


def _of_section(page: Page, part: SectionParts, kinds: Sequence[FactKind]) -> Iterator[Fact]:
    for cell in part.cells:
        yield from _cell(page, part, cell)
    for line in part.lines:
        yield from _line(page, part, line, kinds)
    headed = kinds_headed(part.section.heading)
    for kind in kinds:
        if kind.name in headed:
            yield from _under(page, part, kind)


def _cell(page: Page, part: SectionParts, cell: Cell) -> Iterator[Fact]:
    kind = BY_NAME["sizes"] if cell.listed else kind_of(cell.label, cell.measures)
    if kind is None:
        return
    found = kind.fitting(cell.measures)
    # A cell holds what its label promises: a weight is no number of something else.
    if found or not kind.units or not cell.measures:
        yield Fact(page, kind.name, cell.words, LABELLED, cell.label, cell.variant, found, part.section, cell.start)


def _line(page: Page, part: SectionParts, line: Line, kinds: Sequence[FactKind]) -> Iterator[Fact]:
    named = _NAMED.match(line.words)
    if named:
        rest = line.words[named.end() :]
        kind = kind_of(named["label"], measures(rest))
        found = kind.fitting(measures(rest)) if kind else ()
        if kind and (found or not kind.units):
            start = line.start + named.end()
            yield Fact(page, kind.name, rest, LABELLED, named["label"], "", found, part.section, start)
            return
    if _LINK not in line.words:
        for kind in kinds:
            yield from _said(page, part, line, kind)


def _said(page: Page, part: SectionParts, line: Line, kind: FactKind) -> Iterator[Fact]:
    """What a sentence says of a kind, if it does."""
    words = line.words
    found = [one for one in measures(words) if one.unit in kind.units] if kind.units else []
    led = [one for one in found if kind.leads(words, one) and not _of_another(kind, words, one)]
    standing: Standing = SAID
    if not led and not _tells(kind, words):
        if kind.name not in _BARE_KINDS or not (found and (part.first or _about_measures(part, words))):
            return
        led = [one for one in found if one.unit != "oz" and _stands_alone(words, one)]
        standing = BARE
        if not led:
            return
    yield Fact(page, kind.name, words, standing, "", "", kind.fitting(led), part.section, line.start)


def _tells(kind: FactKind, words: str) -> bool:
    """Whether a sentence states the kind without a number."""
    if kind.sentence is None or (kind.name == "availability" and _IF.search(words)):
        return False
    return bool(kind.sentence.search(words))


def _about_measures(part: SectionParts, words: str) -> bool:
    """Whether measures are what a section or a sentence is about."""
    sided = any(one.unit in ("mm^2", "mm^3") for one in measures(words))
    return sided or not kinds_headed(part.section.heading).isdisjoint(("weight", "dimensions"))


def _under(page: Page, part: SectionParts, kind: FactKind) -> Iterator[Fact]:
    """The first sentences under a heading that names the kind: “Colours: Navy, cream.”"""
    heading = part.section.heading
    told = [line for line in part.lines if _LINK not in line.words and _told_under(kind, heading, line.words)]
    for line in told[:MOST_UNDER_A_HEADING]:
        found = kind.fitting(measures(line.words))
        yield Fact(page, kind.name, line.words, LABELLED, heading, "", found, part.section, line.start)


def _told_under(kind: FactKind, heading: str, words: str) -> bool:
    """Whether a sentence under a kind's heading is about the kind."""
    if kind.units:
        return bool(kind.fitting(measures(words))) and not (kind.name == "weight" and _CARRIES.search(words))
    if kind.name == "colours":
        return bool(_COLOURED.search(words))
    alone = kind.name == "sizes" and kind.label.fullmatch(heading.strip()) is not None
    return alone or _tells(kind, words)


def _of_another(kind: FactKind, words: str, one: Measure) -> bool:
    """Whether the number is what something else weighs: the rider, a dog, what goes in."""
    return kind.name == "weight" and bool(_WEIGHED_OTHERS.search(words[: one.start]))


def _stands_alone(words: str, one: Measure) -> bool:
    return bool(_ALONE_BEFORE.search(words[: one.start]) and _ALONE_AFTER.match(words[one.end :]))
