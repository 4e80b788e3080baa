"""A page of the shop and its sections. Offsets count characters in `Page.text`, the page's body."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import yaml
from markdown_it import MarkdownIt

from knowledge.errors import Fault, PageFaultError

FENCE = "---"
# libyaml is ten times as quick, and overflows the stack where Python raises RecursionError: it gets what cannot nest
# deeply, every level taking one of these characters.
_QUICK_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTING = "[{-?:"
_MOST_NESTING = 500
REQUIRED = ("title", "url", "category", "updated")
KNOWN = {*REQUIRED, "sku", "price", "currency", "valid_until", "audience", "asked_as"}

# Scripts and styles go with what they hold; other tags go alone. Line ends stay, so that line numbers hold.
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")


@dataclass(frozen=True)
class Section:
    """What stands under one heading: `page.text[start:end]`, its heading line included; the body from `body_start`.

    The text before the first heading is a section with an empty heading and anchor and level 0.
    `parents` are the headings above it, outermost first.
    """

    heading: str
    anchor: str
    level: int
    start: int
    body_start: int
    end: int
    parents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page: what its front matter says, its body, and the sections of that body.

    `path` is relative to the pages folder, with forward slashes. `text` has newline line ends, no byte-order mark
    and no HTML tags. `first_line` is the line of the file at which `text` begins, from 1.
    `asked_as` gives real questions by section anchor ("" = the page as a whole). `extra` keeps other front matter.
    """

    path: str
    title: str
    url: str
    category: str
    updated: str
    text: str
    sections: tuple[Section, ...]
    digest: str
    first_line: int = 1
    sku: str | None = None
    price: str | None = None
    currency: str | None = None
    valid_until: str | None = None
    audience: str | None = None
    asked_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Fault, ...] = ()

    @property
    def draft(self) -> bool:
        """Whether the page is still being written, and is not for shoppers yet."""
        return self.extra.get("draft") is True

    def line_of(self, offset: int) -> int:
        """The line of the file, from 1, at which the character `text[offset]` stands."""
        return self.first_line + self.text.count("\n", 0, offset)

    def body(self, section: Section) -> str:
        """The section's text under its heading, without surrounding blank lines."""
        return self.text[section.body_start : section.end].strip()

    def section(self, anchor: str) -> Section | None:
        """The section with this anchor, if the page has one."""
        return next((section for section in self.sections if section.anchor == anchor), None)

    def with_questions(self, questions: Mapping[str, tuple[str, ...]]) -> Page:
        """The same page with more `asked_as` questions, by section anchor."""
        merged = {anchor: tuple(found) for anchor, found in self.asked_as.items()}
        for anchor, more in questions.items():
            merged[anchor] = tuple(dict.fromkeys((*merged.get(anchor, ()), *more)))
        return self._asked_only(merged)

    def unasked(self, questions: Mapping[str, Collection[str]]) -> Page:
        """The same page without these `asked_as` questions, by section anchor."""
        kept = {
            anchor: tuple(text for text in found if text not in questions.get(anchor, ()))
            for anchor, found in self.asked_as.items()
        }
        return self._asked_only({anchor: found for anchor, found in kept.items() if found})

    def _asked_only(self, asked: Mapping[str, tuple[str, ...]]) -> Page:
        stamp = json.dumps(asked, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(f"{self.digest}{stamp}".encode()).hexdigest()
        return replace(self, asked_as=asked, digest=digest)


def slug(heading: str) -> str:
    """The heading as GitHub's anchors write it: lower case, words joined by hyphens, punctuation gone."""
    kept = "".join(
        char for char in heading.strip().lower() if char in " -_" or unicodedata.category(char)[0] in ("L", "N", "M")
    )
    return kept.replace(" ", "-")


def read_page(path: str, source: str, digest: str | None = None) -> Page:
    """Make a page of a Markdown file's text; raises `PageFaultError` where it cannot be one.

    `digest` is the SHA-256 of the file, by default of `source`.
    """
    digest = digest or hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    front, text, first_line = _front_matter(path, source)
    return page_from(path, front, without_html(text), digest, first_line)


def page_from(path: str, front: Mapping[str, Any], text: str, digest: str, first_line: int = 1) -> Page:
    """Make a page of its front matter and its body in Markdown (also the door for HTML pages and feeds)."""
    notes: list[Fault] = []
    if not text.strip():
        raise _fault(path, first_line, "empty_page", "The page has no text.", "Write its text, or delete the file.")
    fields = _fields(path, front, text, notes)
    sections = sections_of(text, fields["title"])
    if all(section.level == 0 for section in sections):
        notes.append(_no_headings(path, first_line))
    asked = _asked_as(path, front.get("asked_as"), sections, fields["title"], notes)
    extra = {key: value for key, value in front.items() if key not in KNOWN}
    return Page(
        path=path,
        text=text,
        sections=sections,
        digest=digest,
        first_line=first_line,
        asked_as=asked,
        extra=extra,
        notes=tuple(notes),
        **fields,
    )


def sections_of(text: str, title: str = "") -> tuple[Section, ...]:
    """Split a Markdown body at its headings. The sections join up: no character is in none or in two.

    A first-level heading that repeats the page's title opens the leading section instead of one of its own.
    """
    starts = _line_starts(text)
    marks = [(0, 0, 0, "")]
    for first, last, level, heading in _headings(text):
        repeats_title = level == 1 and slug(heading) == slug(title) and not text[: starts[first]].strip()
        if repeats_title:
            marks[0] = (0, starts[last], 0, "")
        else:
            marks.append((starts[first], starts[last], level, heading))
    return _joined(text, marks)


def without_html(text: str) -> str:
    """Take raw HTML out of Markdown: scripts with what they hold, other tags alone; line numbers stay."""

    def newlines(match: re.Match[str]) -> str:
        return "\n" * match.group().count("\n")

    for pattern in (_COMMENT, _SCRIPT, _TAG):
        # Taking one tag out may join the halves of another: again, until nothing changes.
        while (cleaned := pattern.sub(newlines, text)) != text:
            text = cleaned
    return text


def _joined(text: str, marks: list[tuple[int, int, int, str]]) -> tuple[Section, ...]:
    sections: list[Section] = []
    taken: dict[str, int] = {}
    above: list[tuple[int, str]] = []
    for position, (start, body_start, level, heading) in enumerate(marks):
        end = marks[position + 1][0] if position + 1 < len(marks) else len(text)
        if level == 0 and not text[body_start:end].strip() and len(marks) > 1:
            # Blank lines (or the repeated title) above the first heading belong to the first section.
            marks[position + 1] = (start, *marks[position + 1][1:])
            continue
        above = [(depth, words) for depth, words in above if depth < level]
        anchor = _free(slug(heading), taken) if level else ""
        parents = tuple(words for _, words in above)
        sections.append(Section(heading, anchor, level, start, body_start, end, parents))
        if level:
            above.append((level, heading))
    return tuple(sections)


def _free(anchor: str, taken: dict[str, int]) -> str:
    anchor = anchor or "section"
    count = taken.get(anchor, 0)
    taken[anchor] = count + 1
    return f"{anchor}-{count}" if count else anchor


def _headings(text: str) -> list[tuple[int, int, int, str]]:
    """(first line, line after, level, words) of each top-level heading, lines from 0."""
    tokens = _markdown().parse(text)
    found = []
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            words = "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))
            found.append((token.map[0], token.map[1], int(token.tag[1]), " ".join(words.split())))
    return found


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _line_starts(text: str) -> list[int]:
    # The line ends that the Markdown parser knows.
    return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text)), len(text)]


def _front_matter(path: str, source: str) -> tuple[Mapping[str, Any], str, int]:
    lines = source.split("\n")
    if not source.strip():
        raise _fault(path, 1, "empty_page", "The file is empty.", "Write the page, or delete the file.")
    if lines[0].rstrip() != FENCE:
        raise _fault(
            path, 1, "no_front_matter", "The page does not begin with front matter.", "Begin it with a line of ---."
        )
    close = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if close is None:
        raise _fault(
            path, 1, "open_front_matter", "The front matter is not closed.", "Close it with a line of --- of its own."
        )
    front = _yaml(path, "\n".join(lines[1:close]))
    return front, "\n".join(lines[close + 1 :]), close + 2


def _yaml(path: str, source: str) -> Mapping[str, Any]:
    try:
        quick = sum(map(source.count, _NESTING)) <= _MOST_NESTING
        front = yaml.load(source, Loader=_QUICK_LOADER if quick else yaml.SafeLoader)  # noqa: S506 (both are safe)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 2 if mark else 1
        raise _fault(
            path, line, "bad_front_matter", f"The front matter is not YAML: {problem}.", "Put texts with : in quotes."
        ) from None
    except (ValueError, RecursionError) as error:
        raise _fault(
            path, 1, "bad_front_matter", f"The front matter cannot be read: {error}.", "Write it as key: value lines."
        ) from None
    if not isinstance(front, dict):
        raise _fault(
            path, 1, "bad_front_matter", "The front matter is not a list of key: value lines.", "Write title: … first."
        )
    return {str(key): value for key, value in front.items()}


def _fields(path: str, front: Mapping[str, Any], text: str, notes: list[Fault]) -> dict[str, Any]:
    title = _text(front.get("title"))
    if not title:
        title = next((words for _, _, level, words in _headings(text) if level == 1), None)
    if not title:
        raise _fault(path, 1, "no_title", "The page has no title.", "Add a line title: … to the front matter.")
    given = {key: _text(front.get(key)) for key in KNOWN - {"title", "asked_as"}}
    fallback = {
        "url": "/" + path.rsplit(".", 1)[0],
        "category": path.split("/")[0] if "/" in path else "",
        "updated": "",
    }
    for key, instead in fallback.items():
        if not given[key]:
            given[key] = instead
            notes.append(
                Fault(
                    path, 1, f"no_{key}", f"The front matter has no {key}.", f"Add a line {key}: … to it.", fatal=False
                )
            )
    return {"title": title, **given}


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split()) or None


def _asked_as(
    path: str, given: Any, sections: tuple[Section, ...], title: str, notes: list[Fault]
) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise _fault(
            path, 1, "bad_asked_as", "asked_as is not a list of headings.", "Write asked_as: {heading: [questions]}."
        )
    anchors = {section.anchor for section in sections} | {""}
    asked: dict[str, tuple[str, ...]] = {}
    for heading, questions in given.items():
        anchor = slug(str(heading or ""))
        anchor = "" if anchor == slug(title) and anchor not in anchors else anchor
        if anchor not in anchors:
            notes.append(_no_such_heading(path, str(heading)))
            continue
        questions = questions if isinstance(questions, list) else [questions]
        asked[anchor] = tuple(dict.fromkeys(text for text in map(_text, questions) if text))
    return asked


def _no_such_heading(path: str, heading: str) -> Fault:
    return Fault(
        path,
        1,
        "asked_as_heading",
        f"asked_as names the heading “{heading}”, which the page does not have.",
        "Write the heading as it stands in the page.",
        fatal=False,
    )


def _no_headings(path: str, line: int) -> Fault:
    return Fault(
        path,
        line,
        "no_headings",
        "The page has no headings, so all of it is one section.",
        "Add a ## heading for each thing a shopper may ask.",
        fatal=False,
    )


def _fault(path: str, line: int, code: str, message: str, remedy: str) -> PageFaultError:
    return PageFaultError(Fault(path, line, code, message, remedy))
