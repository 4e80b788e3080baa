"""Draft pages: written into the pages folder, left out of the index until an editor takes `draft: true` out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import yaml

from knowledge.errors import KnowledgeError
from knowledge.page.page import slug
from knowledge.page.sources.draft import clean, one_line, slug_of

MOST_NUMBERED: Final = 100


class DraftError(KnowledgeError):
    """A draft cannot be written."""

    code = "bad_draft"


def write_draft(
    folder: Path, title: str, category: str, text: str, questions: Sequence[str] = (), today: date | None = None
) -> str:
    """Write a draft page and give its path inside the folder; a file that is there is never touched.

    `questions` are listed under the first heading, which is the title when the text has none.
    """
    title, kind = one_line(title), slug_of(category)
    if not title:
        raise DraftError("A draft needs a title.")
    body = clean(text)
    heading = next((line.lstrip("# ").strip() for line in body.splitlines() if line.startswith("## ")), None)
    if heading is None:
        heading, body = title, f"## {title}\n\n{body or 'Write the answer here.'}"
    asked = list(dict.fromkeys(one_line(question) for question in questions if one_line(question)))
    front = {
        "title": title,
        "url": f"/help/{kind}/{slug_of(title)}",
        "category": kind,
        "updated": (today or date.today()).isoformat(),
        "draft": True,
        **({"asked_as": {heading: asked}} if asked and slug(heading) else {}),
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000)
    return _write(folder, f"{kind}/{slug_of(title)}", f"---\n{head}---\n\n{body}\n")


def _write(folder: Path, name: str, text: str) -> str:
    for number in range(1, MOST_NUMBERED):
        path = f"{name}.md" if number == 1 else f"{name}-{number}.md"
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise DraftError(f"The draft {path} cannot be written: {error.strerror}. Check the folder.") from None
        return path
    raise DraftError(f"There are {MOST_NUMBERED - 1} drafts named {name} already. Choose another title.")
