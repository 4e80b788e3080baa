"""A folder of pages, read whole: the pages that can be used, and the faults of those that cannot."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import Fault, PageFaultError, PagesError
from knowledge.page.page import Page, read_page
from knowledge.page.sources.html import read_html
from knowledge.page.sources.infolder import feed_pages

MAX_PAGE_BYTES = 1_000_000
MAX_DEPTH = 32

# (path relative to the folder, text, SHA-256 of the file) → page. Other kinds of page come in by the same door.
Reader = Callable[[str, str, str], Page]
READERS: Mapping[str, Reader] = {".md": read_page, ".markdown": read_page, ".html": read_html, ".htm": read_html}
# Files that hold many pages: product feeds in Google Merchant column names.
FEEDS = frozenset({".csv", ".tsv"})


@dataclass(frozen=True)
class Pages:
    """What a folder held: usable pages in order of their path, and every fault found on the way."""

    pages: tuple[Page, ...]
    faults: tuple[Fault, ...]

    @property
    def left_out(self) -> int:
        """How many pages could not be used."""
        return len({fault.path for fault in self.faults if fault.fatal})


def load_pages(
    folder: Path,
    readers: Mapping[str, Reader] = READERS,
    known: Mapping[str, Page] | None = None,
    drafts: bool = False,
) -> Pages:
    """Read every page under a folder; a page that cannot be used becomes a fault and is left out.

    `known` maps a file's SHA-256 to its page when it was read before. Pages with `draft: true` are passed over
    unless `drafts`. Raises `PagesError` without a folder.
    """
    if not folder.is_dir():
        raise PagesError(f"There is no folder of pages at {folder}. Make it, or name another with --pages.")
    pages: list[Page] = []
    faults: list[Fault] = []
    for file in sorted(_files(folder, frozenset(readers) | FEEDS, faults)):
        if file.suffix.lower() in FEEDS:
            pages += feed_pages(file, _relative(folder, file), known or {}, faults)
            continue
        try:
            pages.append(_load(folder, file, readers, known or {}))
        except PageFaultError as error:
            faults.append(error.fault)
    kept = _without_doubles([page for page in pages if drafts or not page.draft], faults)
    for page in kept:
        faults.extend(page.notes)
    return Pages(tuple(kept), tuple(sorted(faults, key=lambda fault: (fault.path, fault.line))))


def _files(folder: Path, suffixes: frozenset[str], faults: list[Fault]) -> Iterator[Path]:
    """Every file with a known ending; a folder reached twice through links is read once."""
    seen: set[tuple[int, int]] = set()

    def unreadable(error: OSError) -> None:
        path = Path(error.filename or folder)
        faults.append(_unreadable(_relative(folder, path), error))

    for root, folders, names in os.walk(folder, followlinks=True, onerror=unreadable):
        try:
            stat = Path(root).stat()
        except OSError as error:
            unreadable(error)
            continue
        if (stat.st_dev, stat.st_ino) in seen:
            folders.clear()
            continue
        if len(Path(root).relative_to(folder).parts) > MAX_DEPTH:
            folders.clear()
            faults.append(_too_deep(_relative(folder, Path(root))))
            continue
        seen.add((stat.st_dev, stat.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in suffixes:
                yield Path(root) / name


def _load(folder: Path, file: Path, readers: Mapping[str, Reader], known: Mapping[str, Page]) -> Page:
    path = _relative(folder, file)
    raw = _bytes(path, file)
    digest = hashlib.sha256(raw).hexdigest()
    before = known.get(digest)
    if before is not None and before.path == path:
        return before
    return readers[file.suffix.lower()](path, _decoded(path, raw), digest)


def _bytes(path: str, file: Path) -> bytes:
    try:
        if not file.is_file():
            raise PageFaultError(
                Fault(path, 0, "not_a_file", "It is not a file that can be read.", "Remove it, or mend the link.")
            )
        if (size := file.stat().st_size) > MAX_PAGE_BYTES:
            message = f"The page has {size / 1e6:.1f} MB; at most {MAX_PAGE_BYTES / 1e6:.0f} MB can be read."
            raise PageFaultError(Fault(path, 0, "too_large", message, "Split it into several pages."))
        return file.read_bytes()
    except OSError as error:
        raise PageFaultError(_unreadable(path, error)) from None


def _decoded(path: str, raw: bytes) -> str:
    if b"\x00" in raw:
        raise PageFaultError(
            Fault(path, 0, "binary", "The file is binary, not text.", "Save it as text, or take it out of the folder.")
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"The text is not UTF-8 (byte {raw[error.start]:#04x})."
        raise PageFaultError(Fault(path, line, "not_utf8", message, "Save the file as UTF-8.")) from None


def _without_doubles(pages: list[Page], faults: list[Fault]) -> list[Page]:
    """The first of the pages that share a url stays; the others are faults."""
    kept: list[Page] = []
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(page.url.rstrip("/") or "/", page)
        if other is page:
            kept.append(page)
        else:
            message = f"The url {page.url} is already that of {other.path}."
            faults.append(Fault(page.path, 1, "duplicate_url", message, "Give each page a url of its own."))
    return kept


def _too_deep(path: str) -> Fault:
    message = f"The folder lies more than {MAX_DEPTH} folders deep, so nothing in it is read."
    return Fault(path, 0, "too_deep", message, "Move it up.")


def _relative(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8")


def _unreadable(path: str, error: OSError) -> Fault:
    reason = error.strerror or str(error)
    return Fault(
        path, 0, "unreadable", f"It cannot be read: {reason}.", "Check its rights, or whether it still exists."
    )
