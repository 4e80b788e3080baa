"""Sections cut into units (sentences, list items, table rows) and passages that fit the model's window.

All of it works on spans of `Page.text`: nothing is copied, so nothing can be lost or invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.page.page import Page, Section

# all-MiniLM-L6-v2 reads 256 word pieces; title and heading go in front of each passage.
PASSAGE_TOKENS = 170
# A section this short is shown whole; of a longer one the most relevant consecutive sentences, up to EXCERPT_WORDS.
WHOLE_WORDS = 130
EXCERPT_WORDS = 80

UnitKind = Literal["sentence", "item", "row", "code"]

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_ROW = re.compile(r"[ \t]*\|")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]*_]*\s+(?=[\"'“‘(\[*_]*[^\Wa-z_])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|approx|no|nr|vs|mr|mrs|ms|dr|st|fig|tel|max|min|incl|ca|[A-Z])\.$", re.I
)
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Unit:
    """The smallest thing that is shown or scored: `page.text[start:end]`. Units of one block stand together."""

    start: int
    end: int
    kind: UnitKind
    block: int


@dataclass(frozen=True)
class Passage:
    """Consecutive units of one section that the model can read at once: `page.text[start:end]`."""

    id: str
    page: str
    anchor: str
    start: int
    end: int


def units_of(page: Page, section: Section) -> list[Unit]:
    """The section's body in units; together they hold every character of it that is not white space."""
    units: list[Unit] = []
    for number, (start, end, kind) in enumerate(_blocks(page.text, section.body_start, section.end)):
        if kind == "sentence":
            units.extend(Unit(a, b, kind, number) for a, b in sentence_spans(page.text, start, end))
        elif kind == "item":
            units.extend(Unit(a, b, kind, number) for a, b in _pieces(page.text, start, end))
        else:
            units.append(Unit(start, end, kind, number))
    return units


def passages_of(page: Page, section: Section) -> list[Passage]:
    """Cut a section into passages of at most about PASSAGE_TOKENS, at unit borders where there are any.

    A section without text under its heading is one passage: its heading line.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _fitting(page.text, units_of(page, section)):
        if spans and tokens(page.text[spans[-1][0] : end]) <= PASSAGE_TOKENS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if not spans:
        spans = [_trimmed(page.text, section.start, section.end)]
    return [Passage(passage_id(page, section, n), page.path, section.anchor, *span) for n, span in enumerate(spans)]


def passage_id(page: Page, section: Section, number: int = 0) -> str:
    """`path#anchor`, and `~2`, `~3` … for a section's later passages: stable while the heading stays."""
    base = f"{page.path}#{section.anchor}" if section.anchor else page.path
    return f"{base}~{number + 1}" if number else base


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, trimmed of white space."""
    begin = start
    for match in _END.finditer(text, start, end):
        if _ABBREVIATION.search(text[max(begin, match.start() - 12) : match.start()]):
            continue
        yield from _pieces(text, begin, match.end())
        begin = match.end()
    yield from _pieces(text, begin, end)


def tokens(text: str) -> int:
    """About how many word pieces the model will see: quick, and rather too many than too few."""
    wide = len(_WIDE.findall(text))
    return wide + sum(1 + len(word) // 6 for word in re.findall(r"\w+|[^\w\s]", text)) - wide // 2


def words(text: str) -> int:
    """The number of words, as a reader would count them."""
    return len(re.findall(r"\w+", text))


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int, UnitKind]]:
    """Paragraphs, list items, table rows and fenced code, as spans with their kind."""
    open_block: tuple[int, int, UnitKind] | None = None
    fence: str | None = None
    for line_start, line_end in _lines(text, start, end):
        line = text[line_start:line_end]
        mark = _FENCE.match(line)
        if fence or mark:
            inside = fence is not None
            if open_block and (inside or open_block[2] == "code"):
                open_block = (open_block[0], line_end, "code")
            else:
                if open_block:
                    yield _trimmed_block(text, open_block)
                open_block = (line_start, line_end, "code")
            fence = None if fence and mark and mark[1] == fence else fence or (mark[1] if mark else None)
            continue
        kind = _line_kind(line)
        if open_block and (kind is None or kind != "sentence" or open_block[2] in ("row", "code")):
            yield _trimmed_block(text, open_block)
            open_block = None
        if kind is not None:
            open_block = (open_block[0], line_end, open_block[2]) if open_block else (line_start, line_end, kind)
    if open_block:
        yield _trimmed_block(text, open_block)


def _line_kind(line: str) -> UnitKind | None:
    if not line.strip():
        return None
    if _ROW.match(line):
        return "row"
    return "item" if _ITEM.match(line) else "sentence"


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop + 1
        yield start, stop
        start = stop


def _fitting(text: str, units: list[Unit]) -> Iterator[tuple[int, int]]:
    """Units as spans, those too long for the model cut at white space, or anywhere when there is none."""
    for unit in units:
        start = unit.start
        while tokens(text[start : unit.end]) > PASSAGE_TOKENS:
            stop = _cut(text, start, unit.end)
            yield from _pieces(text, start, stop)
            start = stop
        yield from _pieces(text, start, unit.end)


def _cut(text: str, start: int, end: int) -> int:
    low, high = start + 1, min(end, start + PASSAGE_TOKENS * 8)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if tokens(text[start:middle]) <= PASSAGE_TOKENS else (low, middle - 1)
    gap = max(text.rfind(" ", start + 1, low), text.rfind("\n", start + 1, low))
    return gap if gap > start else low


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _trimmed(text, start, end)
    if start < end:
        yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _trimmed_block(text: str, block: tuple[int, int, UnitKind]) -> tuple[int, int, UnitKind]:
    return (*_trimmed(text, block[0], block[1]), block[2])
