"""A page that is not Markdown yet: its front matter and its text, and the file they become."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

import yaml

from knowledge.page.page import Page, page_from, without_html
from knowledge.text.urls import path_of

MAX_SLUG: Final = 80
# The C writer makes a feed of 100,000 products bearable.
_Dumper: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True)
class Draft:
    """What came from elsewhere: `front` is front matter by key, `text` Markdown without HTML, `source` its origin."""

    front: Mapping[str, Any]
    text: str
    source: str

    def markdown(self) -> str:
        """The file of the page, with `source` in its front matter, so that a later import knows it for its own."""
        front = {key: value for key, value in self.front.items() if value not in (None, "", {})}
        head = yaml.dump(
            {**front, "source": self.source}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000
        )
        return f"---\n{head}---\n\n{self.text.strip()}\n"

    def page(self, path: str, digest: str | None = None) -> Page:
        """The page as the index takes it; raises `PageFaultError` when it cannot be one."""
        return page_from(path, self.front, self.text, digest or self.digest)

    @property
    def digest(self) -> str:
        """SHA-256 of the page's file."""
        return hashlib.sha256(self.markdown().encode("utf-8", "surrogatepass")).hexdigest()


def clean(text: str) -> str:
    """Text for a page: no HTML, no control characters, no more than one blank line, no trailing blanks."""
    text = without_html(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def one_line(text: object) -> str:
    """Text for a value of the front matter."""
    return " ".join(clean(str(text)).split())


def slug_of(text: str) -> str:
    """A file name of a title or an address: lower case ASCII letters, digits and hyphens; never empty."""
    folded = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:MAX_SLUG].strip("-")
    # Titles in other scripts leave nothing: a short hash names the file then.
    return slug or f"page-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def path_of_url(url: str) -> str:
    """A page's file in the pages folder, by its address: /help/delivery/times → help/delivery/times.md."""
    parts = [slug_of(part) for part in unquote(path_of(url)).split("/") if part not in ("", ".", "..")]
    if parts:
        parts[-1] = re.sub(r"-(?:html?|php|aspx?)$", "", parts[-1])
    return "/".join(parts or ["index"]) + ".md"


def category_of(url: str) -> str:
    """A page's category by its address: the last folder above it, or `pages`."""
    parts = [part for part in path_of(url).split("/") if part]
    return slug_of(parts[-2]) if len(parts) > 1 else "pages"
