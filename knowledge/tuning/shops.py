"""The invented shops: their pages, and what shoppers typed there with every section that answers it.

A shop is a folder `<shop>/pages/**` beside `<shop>/questions.csv` with the columns `text,kind,sections,partly,page`.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, get_args

from knowledge.errors import ModelError
from knowledge.page.folder import load_pages
from knowledge.page.page import Page

SHOPS: Final = Path(__file__).parent / "shops"
COLUMNS: Final = ["text", "kind", "sections", "partly", "page"]

Kind = Literal["answer", "order", "ambiguous", "none", "human", "chat"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
ANSWERABLE: Final = ("answer", "order")


@dataclass(frozen=True)
class Message:
    """What one shopper typed. `sections` are all that answer it, best first, `partly` those that help and do not.

    A section is `page.md#heading-slug`, or `page.md#` for what stands before its page's first heading. `page` is the
    path of the page that the shopper is on, or empty. Of an `ambiguous` message `sections` are what is worth offering,
    of `order` (which needs the shop's own system) those that tell how.
    """

    text: str
    kind: Kind
    sections: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    page: str = ""

    @property
    def answerable(self) -> bool:
        """Whether some section answers."""
        return self.kind in ANSWERABLE and bool(self.sections)


@dataclass(frozen=True)
class Shop:
    """An invented shop."""

    name: str
    pages: tuple[Page, ...]
    messages: tuple[Message, ...]

    @cached_property
    def sections(self) -> frozenset[str]:
        """Every section of its pages, named as messages name them."""
        return frozenset(section_key(page.path, section.anchor) for page in self.pages for section in page.sections)


def section_key(path: str, anchor: str) -> str:
    """A section's name in `questions.csv`."""
    return f"{path}#{anchor}"


def read_shops(folder: Path = SHOPS, only: Sequence[str] | None = None, leave_out: Collection[str] = ()) -> list[Shop]:
    """The shops of a folder by name, without those to `leave_out`; or `only` some, in the order given.

    Raises `ModelError` naming the file and the line that cannot be used, or a shop that is not there.
    """
    found = {path.parent.name: path.parent for path in sorted(folder.glob("*/questions.csv"))}
    if missing := sorted({*(only or ()), *leave_out} - set(found)):
        raise ModelError(f"There is no shop {', '.join(missing)} in {folder}: name folders that stand there.")
    names = [name for name in (found if only is None else only) if name not in leave_out]
    if not names:
        raise ModelError(f"There are no shops in {folder}: give a folder of shops with pages and questions.csv.")
    return [read_shop(found[name]) for name in names]


def read_shop(folder: Path) -> Shop:
    """One shop. Raises `ModelError` naming the file and the line that cannot be used."""
    pages = load_pages(folder / "pages")
    if fault := next((fault for fault in pages.faults if fault.fatal), None):
        raise ModelError(f"A page of the shop in {folder} cannot be used: {fault}")
    messages = list(_messages(file := folder / "questions.csv"))
    shop = Shop(folder.name, pages.pages, tuple(message for _, message in messages))
    for line, message in messages:
        if wrong := _wrong(shop, message):
            raise _unusable(file, line, wrong)
    return shop


def _wrong(shop: Shop, message: Message) -> str | None:
    """What in a message does not fit its shop, if anything."""
    if unknown := [key for key in (*message.sections, *message.partly) if key not in shop.sections]:
        return f"the pages have no section {unknown[0]}"
    if message.page and message.page not in {page.path for page in shop.pages}:
        return f"there is no page {message.page}"
    return None


def _messages(file: Path) -> Iterator[tuple[int, Message]]:
    """The messages of a file, each with its line."""
    seen: set[str] = set()
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != COLUMNS:
            raise _unusable(file, 1, f"the columns must be {','.join(COLUMNS)}")
        for row in reader:
            message = _message(file, reader.line_num, row)
            if message.text.casefold() in seen:
                raise _unusable(file, reader.line_num, f"{message.text!r} stands there twice")
            seen.add(message.text.casefold())
            yield reader.line_num, message


def _message(file: Path, line: int, row: dict[str, str]) -> Message:
    if len(row) != len(COLUMNS) or None in row.values():
        raise _unusable(file, line, f"it must have {len(COLUMNS)} columns")
    kind = next((kind for kind in KINDS if kind == row["kind"]), None)
    if kind is None:
        raise _unusable(file, line, f"the kind {row['kind']!r} is none of {', '.join(KINDS)}")
    if not row["text"].strip():
        raise _unusable(file, line, "the message is empty")
    return Message(row["text"], kind, _keys(row["sections"]), _keys(row["partly"]), row["page"])


def _keys(given: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.split("|") if part.strip())


def _unusable(file: Path, line: int, wrong: str) -> ModelError:
    return ModelError(f"{file}:{line} cannot be used: {wrong}. Mend the line.")
