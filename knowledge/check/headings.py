"""Headings that say nothing, sections that hold nothing, and sections too long to be read whole by the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from knowledge.errors import Fault
from knowledge.page.page import Page, Section
from knowledge.page.passage import PASSAGE_TOKENS, passages_of, tokens
from knowledge.text.plain import plain

_NOTHING: Final = re.compile(
    r"(?:(?:some |any )?(?:more|further|other|additional|general|important|useful|extra|misc(?:ellaneous)?|basic)"
    r"(?: (?:info(?:rmation)?|details?|notes?|things?|points?|questions?|stuff|topics?|facts?))?"
    r"|info(?:rmation)?|details?|notes?|introduction|intro|overview|summary|content|text|section|part|chapter"
    r"|read more|learn more|see more|click here|see below|faqs?|questions?|answers?|q ?& ?a|good to know"
    r"|untitled|new (?:section|page|heading)|heading|title|todo|tbd|test|lorem ipsum|etc)",
    re.IGNORECASE,
)


def heading_faults(page: Page) -> Iterator[Fault]:
    """What is wrong with a page's headings and with the size of what stands under them."""
    seen: dict[str, int] = {}
    for position, section in enumerate(page.sections):
        line = page.line_of(section.start + _blank(page, section))
        if section.level:
            yield from _saying(page, section, line, seen)
            yield from _holding(page, section, line, position)
        yield from _length(page, section, line)


def says_nothing(heading: str) -> bool:
    """Whether a heading could stand above anything: “More info”, “2. Details”, “Part 3”."""
    words = re.sub(r"[\W_\d]+$|^[\W_\d]+", "", heading)
    return not words or bool(_NOTHING.fullmatch(words))


def _saying(page: Page, section: Section, line: int, seen: dict[str, int]) -> Iterator[Fault]:
    if says_nothing(section.heading):
        message = f"The heading “{section.heading}” says nothing about what stands under it."
        yield _fault(page, line, "vague_heading", message, "Name the thing that a shopper would ask for.")
    before = seen.setdefault(section.heading.casefold(), line)
    if before != line:
        message = f"The heading “{section.heading}” stands on line {before} too."
        yield _fault(page, line, "duplicate_heading", message, "Give each section a heading of its own.")


def _holding(page: Page, section: Section, line: int, position: int) -> Iterator[Fault]:
    after = page.sections[position + 1] if position + 1 < len(page.sections) else None
    if not plain(page.body(section)) and (after is None or after.level <= section.level):
        message = f"Nothing stands under the heading “{section.heading}”."
        yield _fault(page, line, "empty_section", message, "Write the section, or take the heading out.")


def _length(page: Page, section: Section, line: int) -> Iterator[Fault]:
    parts = len(passages_of(page, section))
    body = plain(page.body(section))
    if parts > 1 and tokens(body) > PASSAGE_TOKENS:
        words = len(body.split())
        message = f"The section has {words} words and is read in {parts} parts, not whole."
        remedy = f"Divide it with {'headings' if parts > 2 else 'a heading'}: about 120 words fit."
        yield _fault(page, line, "long_section", message, remedy)


def _blank(page: Page, section: Section) -> int:
    part = page.text[section.start : section.end]
    return len(part) - len(part.lstrip()) if part.strip() else 0


def _fault(page: Page, line: int, code: str, message: str, remedy: str) -> Fault:
    return Fault(page.path, line, code, message, remedy, fatal=False)
