"""Adding a shopper's question to a page's `asked_as`, leaving the rest of the file as its editor wrote it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import yaml

from knowledge.errors import KnowledgeError, PageFaultError
from knowledge.page.page import FENCE, Page, read_page, slug
from knowledge.page.sources.draft import one_line


class NoSuchPageError(KnowledgeError):
    """There is no page file, or no section, of this name in the folder."""

    code = "no_such_page"


class AddQuestionError(KnowledgeError):
    """The question cannot be added to this file without spoiling it."""

    code = "cannot_add_question"


def add_question(folder: Path, passage_id: str, question: str) -> str:
    """Add a question to the section of a passage (`path.md#anchor`) and give the page's path.

    A question that is listed there already changes nothing. Raises `NoSuchPageError` or `AddQuestionError`.
    """
    path, anchor = place_of(passage_id)
    question = one_line(question)
    file = page_file(folder, path)
    source = file.read_bytes().decode("utf-8")
    before = read_for_edit(path, source)
    section = before.section(anchor)
    if section is None and anchor:
        raise NoSuchPageError(f"The page {path} has no section {anchor} any more. Search again.")
    if not question:
        raise AddQuestionError("There is no question to add.")
    if question in before.asked_as.get(anchor, ()):
        return path
    after = _with_question(source, section.heading if section and anchor else before.title, anchor, question)
    check_edit(path, after, before, before.with_questions({anchor: (question,)}))
    put_in_place(file, after)
    return path


def place_of(passage_id: str) -> tuple[str, str]:
    """The page's path and the section's anchor of a passage; the anchor is empty for the page as a whole."""
    path, _, anchor = re.sub(r"~\d+$", "", passage_id).partition("#")
    return path, anchor


def page_file(folder: Path, path: str) -> Path:
    """The Markdown file of a page inside the folder; nothing outside it can be named."""
    file = folder / path
    inside = file.resolve().is_relative_to(folder.resolve())
    if not inside or file.suffix.lower() not in (".md", ".markdown") or not file.is_file():
        raise NoSuchPageError(f"There is no Markdown page {path[:200]} in the folder.")
    return file


def front_block(lines: list[str]) -> tuple[int | None, int, int]:
    """The line of `asked_as:` (None without one), the line after its block, and the line that closes front matter."""
    close = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    top = next((number for number in range(1, close) if re.match(r"asked_as\s*:", lines[number])), None)
    if top is None:
        return None, close, close
    end = next((number for number in range(top + 1, close) if re.match(r"[^\s#-]", lines[number])), close)
    return top, end, close


def _with_question(source: str, heading: str, anchor: str, question: str) -> str:
    """The file's text with one line more (or three, when the page has no `asked_as` yet)."""
    ending = "\r\n" if "\r\n" in source else "\n"
    lines = source.split(ending)
    top, end, close = front_block(lines)
    if top is None:
        lines[close:close] = ["asked_as:", f"  {_scalar(heading)}:", f"    - {_scalar(question)}"]
        return ending.join(lines)
    if lines[top].split(":", 1)[1].split("#")[0].strip():
        lines[top:end] = _in_blocks("\n".join(lines[top:end]), anchor, heading, question)
    else:
        _insert(lines, top, end, anchor, heading, question)
    return ending.join(lines)


def _insert(lines: list[str], top: int, end: int, anchor: str, heading: str, question: str) -> None:
    """Put the question behind the last one of its heading, or the heading behind the last heading."""
    keys = [number for number in range(top + 1, end) if re.match(r"\s+[^\s#-].*:\s*(?:#.*)?$", lines[number])]
    indent = re.match(r"\s*", lines[keys[0]]).group() if keys else "  "  # type: ignore[union-attr]
    keys = [number for number in keys if len(lines[number]) - len(lines[number].lstrip()) == len(indent)]
    mine = next((number for number in keys if _key(lines[number]) == anchor), None)
    if mine is None:
        while lines[end - 1].strip() == "":
            end -= 1
        lines[end:end] = [f"{indent}{_scalar(heading)}:", f"{indent}  - {_scalar(question)}"]
        return
    last = next((number for number in keys if number > mine), end)
    items = [number for number in range(mine + 1, last) if re.match(r"\s*-\s", lines[number])]
    inner = re.match(r"\s*", lines[items[0]]).group() if items else f"{indent}  "  # type: ignore[union-attr]
    while lines[last - 1].strip() == "" or lines[last - 1].lstrip().startswith("#"):
        last -= 1
    lines[last:last] = [f"{inner}- {_scalar(question)}"]


def _in_blocks(block: str, anchor: str, heading: str, question: str) -> list[str]:
    """An `asked_as` written on one line (or in another unusual way), written out as a list."""
    given = yaml.safe_load(block)["asked_as"]
    given = {str(key): value if isinstance(value, list) else [value] for key, value in given.items()}
    mine = next((key for key in given if slug(key) == anchor), heading)
    given.setdefault(mine, []).append(question)
    made = yaml.safe_dump({"asked_as": given}, sort_keys=False, allow_unicode=True, width=1000)
    return str(made).rstrip("\n").split("\n")


def _key(line: str) -> str:
    try:
        [key] = yaml.safe_load(line.strip() + " null").keys()
    except (yaml.YAMLError, AttributeError, ValueError):
        return ""
    return slug(str(key))


def _scalar(text: str) -> str:
    """The text as YAML reads it back: plain where that works, else in quotes."""
    try:
        plain = yaml.safe_load(f"- {text}: 1\n- {text}\n") == [{text: 1}, text]
    except yaml.YAMLError:
        plain = False
    return text if plain and text.isprintable() else json.dumps(text, ensure_ascii=not text.isprintable())


def read_for_edit(path: str, source: str) -> Page:
    """The page as it is in its file; raises `AddQuestionError` where it cannot be read."""
    try:
        return read_page(path, source)
    except PageFaultError as error:
        raise AddQuestionError(f"The page cannot be read as it is. {error.message}") from None


def check_edit(path: str, source: str, before: Page, expected: Page) -> None:
    """Make sure that an edit made the questions those of `expected` and changed nothing else, or raise."""
    after = read_for_edit(path, source)
    bare = [replace(page, asked_as={}, digest="", first_line=0, notes=()) for page in (before, after)]
    if bare[0] != bare[1] or _sets(after) != _sets(expected):
        raise AddQuestionError(
            f"The front matter of {path} (above line {after.first_line}) is written so that it must be edited by hand."
        )


def put_in_place(file: Path, text: str) -> None:
    """Write a file so that whoever reads it meanwhile has all of the old text or all of the new."""
    passing = file.with_name(f".{file.name}.new")
    passing.write_bytes(text.encode("utf-8"))
    passing.replace(file)


def _sets(page: Page) -> dict[str, set[str]]:
    return {anchor: set(questions) for anchor, questions in page.asked_as.items() if questions}
