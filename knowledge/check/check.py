"""Check a folder of pages: every fault by file and line, with its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.check.contradictions import Contradiction, contradictions
from knowledge.check.duplicates import Double, doubles
from knowledge.check.front_matter import front_faults
from knowledge.check.headings import heading_faults
from knowledge.check.links import dead_links
from knowledge.check.prices import wrong_prices
from knowledge.errors import Fault
from knowledge.model.reading import Embedder
from knowledge.page.folder import load_pages
from knowledge.page.page import Page, Section

# Called with the name of each step as it begins.
Step = Callable[[str], None]


@dataclass(frozen=True)
class Report:
    """What a check found: how much was read, and every fault in order of file and line."""

    pages: int
    sections: int
    faults: tuple[Fault, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def check(
    folder: Path,
    embedder: Embedder | None,
    today: date | None = None,
    elsewhere: Iterable[str] = (),
    step: Step | None = None,
) -> Report:
    """Check every page of a folder. Without an embedder, duplicates and contradictions are not looked for.

    `elsewhere` are addresses of the site that are no pages of the folder. Raises `PagesError` without a folder.
    """
    begin = step or (lambda name: None)
    begin("reading pages")
    read = load_pages(folder)
    faults = list(read.faults)
    begin("front matter, links, headings")
    faults += _by_page(folder, read.pages, today or date.today(), elsewhere)
    if embedder is not None:
        begin("duplicates")
        faults += map(_double, doubles(read.pages, embedder))
        begin("contradictions")
        faults += map(_contradiction, contradictions(read.pages, embedder))
    ordered = sorted(set(faults), key=lambda fault: (fault.path, fault.line, fault.code))
    return Report(len(read.pages), sum(len(page.sections) for page in read.pages), tuple(ordered))


def _by_page(folder: Path, pages: tuple[Page, ...], today: date, elsewhere: Iterable[str]) -> Iterator[Fault]:
    for page in pages:
        yield from front_faults(folder, page, today)
        yield from heading_faults(page)
    yield from dead_links(pages, elsewhere)
    yield from wrong_prices(pages)
    yield from _same_titles(pages)
    yield from _same_questions(pages)


def _same_titles(pages: tuple[Page, ...]) -> Iterator[Fault]:
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(page.title.casefold(), page)
        if other is not page:
            message = f"The title “{page.title}” is already that of {other.path}."
            yield Fault(page.path, 1, "duplicate_title", message, "Give each page a title of its own.", fatal=False)


def _same_questions(pages: tuple[Page, ...]) -> Iterator[Fault]:
    """A question listed under two sections sends shoppers to either."""
    first: dict[str, tuple[Page, str]] = {}
    for page in pages:
        for anchor, questions in page.asked_as.items():
            for question in questions:
                where = first.setdefault(" ".join(question.casefold().split()).rstrip("?.! "), (page, anchor))
                if where != (page, anchor):
                    message = f"The question “{question}” is also listed under {where[0].path}#{where[1]}."
                    remedy = "Keep it where it is answered best."
                    yield Fault(page.path, 1, "asked_as_twice", message, remedy, fatal=False)


def _double(double: Double) -> Fault:
    page, section = double.page, double.section
    other = f"{double.other_page.path}:{_first_line(double.other_page, double.other_section)}"
    heading = section.heading or page.title
    kind = "the same as" if double.exact else f"nearly the same ({double.alike:.0%} of its words) as"
    message = f"The section “{heading}” is {kind} that at {other}."
    code = "duplicate_passage" if double.exact else "near_duplicate"
    return Fault(
        page.path,
        _first_line(page, section),
        code,
        message,
        "Keep one, and link to it from the other page.",
        fatal=False,
    )


def _first_line(page: Page, section: Section) -> int:
    body = page.text[section.body_start : section.end]
    return page.line_of(section.body_start + len(body) - len(body.lstrip()))


def _contradiction(pair: Contradiction) -> Fault:
    one, other = pair.one, pair.other
    mine, theirs = pair.said
    message = (
        f"“{_short(one.text)}” says {mine}, but {other.page.path}:{other.line} says {theirs}: “{_short(other.text)}”"
    )
    remedy = "Find out which is right, state it once, and link to it from the other page."
    return Fault(one.page.path, one.line, "contradiction", message, remedy, fatal=False)


def _short(text: str, most: int = 110) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
