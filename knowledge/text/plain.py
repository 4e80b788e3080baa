"""Markdown as plain words: what is embedded and matched, never what is shown."""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<(https?://[^>\s]+|[^>\s@]+@[^>\s]+)>")
_MARKS = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)")
_RULE = re.compile(r"(?m)^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$")
_EMPHASIS = re.compile(r"\*\*|__|~~|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")


def plain(markdown: str) -> str:
    """The words of a piece of Markdown, on one line, without marks, link targets and table rules."""
    text = _RULE.sub(" ", markdown)
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _MARKS.sub("", text)
    text = _EMPHASIS.sub("", text)
    return " ".join(text.replace("|", " ").split())


def cells(row: str) -> list[str]:
    """The cells of a table row, as plain words."""
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [plain(cell) for cell in re.split(r"(?<!\\)\|", inner)]


def row_words(header: list[str], row: str) -> str:
    """A table row as a sentence of its own: “Size: Queen, Price: €20”."""
    pairs = zip(header, cells(row), strict=False)
    return ", ".join(f"{name}: {value}" if name else value for name, value in pairs if value)


def is_rule(row: str) -> bool:
    """Whether this table row is only the line between the header and the body."""
    return bool(_RULE.fullmatch(row.strip()))
