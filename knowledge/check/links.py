"""The links of pages to one another, and those that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it import MarkdownIt
from rapidfuzz import process

from knowledge.errors import Fault
from knowledge.page.page import Page
from knowledge.text.urls import host_of, parts_of, path_of


@dataclass(frozen=True)
class Link:
    """A link of a page: where it leads, and the line of the file at which it stands."""

    target: str
    line: int


def links_of(page: Page) -> Iterator[Link]:
    """Every link and image of a page's body, in order."""
    for block in MarkdownIt("commonmark").enable("table").parse(page.text):
        first = page.first_line + (block.map[0] if block.map else 0)
        for token in block.children or ():
            if token.type in ("link_open", "image"):
                target = token.attrGet("src" if token.type == "image" else "href") or ""
                yield Link(str(target), _line(page, first, block.map, str(target)))


def dead_links(pages: Iterable[Page], elsewhere: Iterable[str] = ()) -> Iterator[Fault]:
    """A fault for each link to a page or heading that does not exist. `elsewhere` are the site's other addresses."""
    pages = tuple(pages)
    site = Site(pages, elsewhere)
    for page in pages:
        for link in links_of(page):
            fault = site.fault(page, link)
            if fault:
                yield fault


class Site:
    """The addresses that links may lead to: every page by its url and by its file, and its headings."""

    def __init__(self, pages: tuple[Page, ...], elsewhere: Iterable[str] = ()) -> None:
        self._by_url = {path_of(page.url): page for page in pages}
        self._by_path = {page.path: page for page in pages}
        self._elsewhere = {path_of(url) for url in (*elsewhere, "/")}
        self._hosts = {host_of(page.url) for page in pages} - {""}

    def fault(self, page: Page, link: Link) -> Fault | None:
        """What is wrong with a link of this page, if anything. Links to other sites are not followed."""
        if not link.target.strip():
            return _fault(
                page, link, "The link leads nowhere: its address is empty.", "Write the address, or unlink it."
            )
        parts = parts_of(link.target)
        if parts is None:
            return _fault(page, link, f"The link {link.target} is no address.", "Mend the address, or unlink it.")
        if parts.scheme in ("http", "https", "mailto", "tel", "") and not self._ours(parts.scheme, parts.netloc):
            return None
        if parts.scheme not in ("http", "https", ""):
            return _fault(page, link, f"The link {link.target} opens nothing.", "Link to a page or an http address.")
        found = self._page(page, unquote(parts.path))
        if found is None:
            return None if path_of(parts.path) in self._elsewhere else self._no_page(page, link)
        if parts.fragment and found.section(unquote(parts.fragment)) is None:
            return self._no_heading(page, link, found, parts.fragment)
        return None

    def _ours(self, scheme: str, host: str) -> bool:
        return (not scheme and not host) or (scheme in ("http", "https") and host in self._hosts)

    def _page(self, page: Page, path: str) -> Page | None:
        if not path:
            return page
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        return self._by_url.get(path_of(path)) or self._by_path.get(beside) or self._by_path.get(path.lstrip("/"))

    def _no_page(self, page: Page, link: Link) -> Fault:
        known = process.extractOne(link.target, list(self._by_url), score_cutoff=75)
        remedy = f"Did you mean {known[0]}?" if known else "Write the url of a page, or take the link out."
        return _fault(page, link, f"The link {link.target} leads to no page.", remedy)

    def _no_heading(self, page: Page, link: Link, found: Page, fragment: str) -> Fault:
        anchors = [section.anchor for section in found.sections if section.anchor]
        known = process.extractOne(fragment, anchors, score_cutoff=60)
        remedy = f"Did you mean #{known[0]}?" if known else f"{found.path} has: {', '.join(anchors[:8]) or 'none'}."
        return _fault(page, link, f"The link {link.target} names a heading that {found.path} does not have.", remedy)


def _fault(page: Page, link: Link, message: str, remedy: str) -> Fault:
    return Fault(page.path, link.line, "dead_link", message, remedy, fatal=False)


def _line(page: Page, first: int, span: list[int] | None, target: str) -> int:
    """The line within a block at which the target is written."""
    if not span:
        return first
    lines = page.text.split("\n")[span[0] : span[1]]
    pattern = re.compile(re.escape(target) + r"(?![\w/-])" if target else r"\]\(\s*\)")
    return first + next((number for number, line in enumerate(lines) if pattern.search(line)), 0)
