"""Taking a question back out of a page's `asked_as`, leaving the rest of the file as its editor wrote it."""

from __future__ import annotations

from pathlib import Path

import yaml

from knowledge.page.add_question import check_edit, front_block, page_file, place_of, put_in_place, read_for_edit
from knowledge.page.page import slug
from knowledge.page.sources.draft import one_line


def remove_question(folder: Path, passage_id: str, question: str) -> str:
    """Take a question from the section of a passage (`path.md#anchor`) and give the page's path.

    One that is not listed there changes nothing. Raises `NoSuchPageError` or `AddQuestionError`.
    """
    path, anchor = place_of(passage_id)
    question = one_line(question)
    file = page_file(folder, path)
    source = file.read_bytes().decode("utf-8")
    before = read_for_edit(path, source)
    if question not in before.asked_as.get(anchor, ()):
        return path
    expected = before.unasked({anchor: (question,)})
    after = _without_line(source, question, len(before.asked_as[anchor]))
    if after is None or read_for_edit(path, after).asked_as != expected.asked_as:
        after = _written_out(source, {anchor} if anchor else {"", slug(before.title)}, question)
    check_edit(path, after, before, expected)
    put_in_place(file, after)
    return path


def _without_line(source: str, question: str, listed: int) -> str | None:
    """The text without the one line that is the question's; None where it is written otherwise or leaves a bare key."""
    ending, lines = _lines(source)
    top, end, _ = front_block(lines)
    mine = [number for number in range((top or 0) + 1, end) if _item(lines[number]) == question]
    if len(mine) != 1 or listed == 1:
        return None
    del lines[mine[0]]
    return ending.join(lines)


def _written_out(source: str, headings: set[str], question: str) -> str:
    """The text with its `asked_as` written out as a list without the question; headings without questions go."""
    ending, lines = _lines(source)
    top, end, _ = front_block(lines)
    if top is None:
        return source
    given = yaml.safe_load("\n".join(lines[top:end]))["asked_as"]
    kept = {}
    for heading, texts in given.items():
        texts = texts if isinstance(texts, list) else [texts]
        mine = slug(str(heading or "")) in headings
        kept[heading] = [text for text in texts if not mine or one_line(str(text)) != question]
    kept = {heading: texts for heading, texts in kept.items() if texts}
    made = yaml.safe_dump({"asked_as": kept}, sort_keys=False, allow_unicode=True, width=1000) if kept else ""
    while lines[end - 1].strip() == "":
        end -= 1
    lines[top:end] = str(made).rstrip("\n").split("\n") if made else []
    return ending.join(lines)


def _lines(source: str) -> tuple[str, list[str]]:
    ending = "\r\n" if "\r\n" in source else "\n"
    return ending, source.split(ending)


def _item(line: str) -> str | None:
    """What a line `- question` lists; None for any other line."""
    if not line.strip().startswith("- "):
        return None
    try:
        [item] = yaml.safe_load(line.strip())
    except (yaml.YAMLError, ValueError, TypeError):
        return None
    return one_line(str(item)) if isinstance(item, (str, int, float)) else None
