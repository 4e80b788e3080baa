"""One import: from a list of addresses, a folder of HTML pages or a feed, into Markdown files of the pages folder."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import httpx

from knowledge.errors import Fault, KnowledgeError, PageFaultError
from knowledge.importing.fetch import Fetched, fetch, urls_in
from knowledge.page.folder import load_pages
from knowledge.page.sources.draft import Draft, path_of_url, slug_of
from knowledge.page.sources.feed import read_feed
from knowledge.page.sources.html import html_draft

HTML: Final = (".html", ".htm", ".xhtml")
FEEDS: Final = (".csv", ".tsv")
MAX_HTML_BYTES: Final = 5_000_000

# (what is being done, how much is done, how much there is or None)
ShowProgress = Callable[[str, int, int | None], None]


class ImportingError(KnowledgeError):
    """Nothing can be imported from what was named."""

    code = "nothing_to_import"


@dataclass(frozen=True)
class Imported:
    """What an import did: files written, left as they were because nothing changed, and everything that went wrong.

    `more_faults` counts the faults of a feed beyond those listed.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    faults: tuple[Fault, ...]
    more_faults: int = 0


def import_pages(
    source: Path,
    into: Path,
    currency: str | None = None,
    today: date | None = None,
    progress: ShowProgress | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    private: bool = False,
) -> Imported:
    """Import pages into a folder; running it again changes only what has changed since.

    A file written by hand is never overwritten. Raises `ImportingError`, `FeedError` or `UrlListError` when the
    source cannot be used at all.
    """
    show = progress or (lambda what, done, whole: None)
    day = (today or date.today()).isoformat()
    faults: list[Fault] = []
    more = 0
    if source.is_dir():
        drafts = list(_from_folder(source, day, faults, show))
    elif not source.is_file():
        raise ImportingError(f"There is nothing at {source}. Name a list of addresses, a folder of HTML or a feed.")
    elif source.suffix.lower() in FEEDS:
        feed = read_feed(source, currency)
        faults += feed.faults
        more = feed.faulty - len(feed.faults)
        drafts = [(f"products/{slug_of(_id(draft))}.md", draft) for draft in feed.drafts(day)]
    elif source.suffix.lower() in HTML:
        drafts = list(_from_files([source], source.parent, day, faults, show))
    else:
        drafts = list(_from_urls(source, day, faults, show, transport, private))
    return replace(_write(drafts, into, faults, show), more_faults=more)


def _id(draft: Draft) -> str:
    return f"{draft.front['title']} {draft.front['sku']}"


def _from_folder(folder: Path, day: str, faults: list[Fault], show: ShowProgress) -> Iterator[tuple[str, Draft]]:
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in HTML and file.is_file())
    if not files:
        raise ImportingError(f"The folder {folder} holds no HTML pages (.html). Name the folder that does.")
    yield from _from_files(files, folder, day, faults, show)


def _from_files(
    files: list[Path], folder: Path, day: str, faults: list[Fault], show: ShowProgress
) -> Iterator[tuple[str, Draft]]:
    for number, file in enumerate(files):
        show("reading HTML pages", number, len(files))
        path = file.relative_to(folder).as_posix()
        try:
            if file.stat().st_size > MAX_HTML_BYTES:
                message = f"The page is larger than {MAX_HTML_BYTES // 10**6} MB."
                faults.append(Fault(path, 0, "too_large", message, "Take it out, or split it."))
                continue
            html = _html_text(file.read_bytes())
            draft = html_draft(html, f"/{path.rsplit('.', 1)[0]}", path, day)
        except OSError as error:
            message = f"It cannot be read: {error.strerror}."
            faults.append(Fault(path, 0, "unreadable", message, "Check its rights."))
        except PageFaultError as error:
            faults.append(error.fault)
        else:
            yield "/".join(slug_of(part) for part in path.rsplit(".", 1)[0].split("/")) + ".md", draft


def _from_urls(
    source: Path,
    day: str,
    faults: list[Fault],
    show: ShowProgress,
    transport: httpx.AsyncBaseTransport | None,
    private: bool,
) -> Iterator[tuple[str, Draft]]:
    urls = urls_in(source.read_text("utf-8-sig", errors="replace"), source.name)

    def fetched(count: int) -> None:
        show("fetching pages", count, len(urls))

    for found in asyncio.run(fetch(urls, transport, private, fetched)):
        if isinstance(found, Fetched):
            try:
                draft = html_draft(found.html, found.url, found.url, found.modified or day)
            except PageFaultError as error:
                faults.append(error.fault)
            else:
                yield path_of_url(found.url), draft
        else:
            faults.append(found)


def _html_text(raw: bytes) -> str:
    """The text of an HTML file in the encoding that it names, else in UTF-8."""
    named = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", raw[:4096], re.IGNORECASE)
    for encoding in ("utf-8-sig", named[1].decode("ascii") if named else "cp1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", errors="replace")


def _write(drafts: list[tuple[str, Draft]], into: Path, faults: list[Fault], show: ShowProgress) -> Imported:
    by_url = {page.url.rstrip("/"): page.path for page in load_pages(into).pages} if into.is_dir() else {}
    written: list[str] = []
    unchanged: list[str] = []
    for number, (path, draft) in enumerate(drafts):
        if number % 100 == 0:
            show("writing pages", number, len(drafts))
        file = into / path
        before = _before(file)
        fault = _refusal(path, draft, before, by_url)
        if fault:
            faults.append(fault)
        elif before is not None and _same(before, draft.markdown()):
            unchanged.append(path)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            _replace(file, draft.markdown())
            written.append(path)
        by_url.setdefault(str(draft.front["url"]).rstrip("/"), path)
    return Imported(tuple(written), tuple(unchanged), tuple(faults))


def _refusal(path: str, draft: Draft, before: str | None, by_url: dict[str, str]) -> Fault | None:
    """Why a draft may not be written, if it may not."""
    if before is not None and _source_of(before) is None:
        message = f"{path} was written by hand, so it was left as it is."
        return Fault(draft.source, 0, "written_by_hand", message, "Rename or delete that file to import this one.")
    other = by_url.get(str(draft.front["url"]).rstrip("/"))
    if other is not None and other != path:
        message = f"The url {draft.front['url']} is already that of {other}."
        return Fault(draft.source, 0, "duplicate_url", message, "Delete one of the two pages.")
    if before is not None and _source_of(before) != draft.source:
        message = f"{path} came from {_source_of(before)}."
        return Fault(draft.source, 0, "same_file", message, "Rename one of the two, or delete that file.")
    if not draft.front.get("title"):
        return Fault(draft.source, 0, "no_title", "No title was found.", "Give it a <title> or an <h1>.")
    return None


def _before(file: Path) -> str | None:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return None


def _source_of(markdown: str) -> str | None:
    head = markdown.split("\n---\n", 1)[0]
    match = re.search(r"^source: [\"']?(.*?)[\"']?$", head, re.MULTILINE)
    return match[1] if match else None


def _same(before: str, after: str) -> bool:
    """Whether two files differ in nothing but the date of the import."""
    return _undated(before) == _undated(after)


def _undated(markdown: str) -> str:
    return re.sub(r"^updated: .*$", "", markdown, count=1, flags=re.MULTILINE)


def _replace(file: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one."""
    passing = file.with_name(f".{file.name}.new")
    passing.write_text(text, "utf-8")
    passing.replace(file)
