"""The ways to a section: each text whose nearness to a question speaks for that section."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from knowledge.facts.reading import front_facts
from knowledge.page.page import Page, Section
from knowledge.page.passage import Unit, passages_of, units_of
from knowledge.text.plain import cells, is_rule, plain, row_words


class Kind(IntEnum):
    """What a way is made of."""

    PASSAGE = 0
    HEADING = 1
    SENTENCE = 2
    ASKED = 3


@dataclass(frozen=True)
class Way:
    """A text to embed. `page.text[start:end]` is where it stands; both 0 when it is no part of the body."""

    kind: Kind
    text: str
    start: int = 0
    end: int = 0

    @property
    def key(self) -> str:
        """The text's hash: equal texts are embedded once, also from one build to the next."""
        return hashlib.blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def ways_of(page: Page, section: Section) -> list[Way]:
    """Every way to one section of a page: passages, headings, sentences, and the questions it is asked as."""
    heading = section.heading or page.title
    named = page.title if heading == page.title else f"{page.title}: {heading}"
    ways = [
        Way(Kind.PASSAGE, f"{named}. {plain(page.text[passage.start : passage.end])}", passage.start, passage.end)
        for passage in passages_of(page, section)
    ]
    if front := front_words(page, section):
        ways[0] = replace(ways[0], text=f"{named}. {front} {ways[0].text.removeprefix(f'{named}. ')}")
    ways += [Way(Kind.HEADING, text) for text in dict.fromkeys((heading, named))]
    ways += list(_sentences(page, section, heading))
    ways += [Way(Kind.ASKED, question) for question in asked_of(page, section)]
    return ways


def front_words(page: Page, section: Section) -> str:
    """What a product's front matter says of it (“Price: 289.00 EUR.”), for the first section: there its page begins."""
    if section != page.sections[0]:
        return ""
    return " ".join(f"{fact.label.capitalize()}: {fact.words}." for fact in front_facts(page))


def asked_of(page: Page, section: Section) -> tuple[str, ...]:
    """The questions that lead to a section; those asked of the page as a whole lead to its first."""
    own = page.asked_as.get(section.anchor, ())
    if section == page.sections[0] and section.anchor:
        return (*own, *page.asked_as.get("", ()))
    return own


def _sentences(page: Page, section: Section, heading: str) -> Iterator[Way]:
    """Each sentence under its heading: “Both are cheaper in a pair” says little without “Pillows”."""
    header: list[str] = []
    for unit in units_of(page, section):
        text = _words(page, unit, header)
        if unit.kind == "row" and not header:
            header = cells(page.text[unit.start : unit.end])
        elif unit.kind != "row":
            header = []
        if any(char.isalnum() for char in text):
            yield Way(Kind.SENTENCE, f"{heading}: {text}", unit.start, unit.end)


def _words(page: Page, unit: Unit, header: list[str]) -> str:
    source = page.text[unit.start : unit.end]
    if unit.kind != "row":
        return plain(source)
    if is_rule(source):
        return ""
    return row_words(header, source) if header else plain(source)
