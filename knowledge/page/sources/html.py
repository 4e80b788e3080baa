"""HTML pages: the main text by trafilatura, tables as sentences, products and questions by their JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from knowledge.errors import Fault, PageFaultError
from knowledge.page.page import Page, slug
from knowledge.page.sources.draft import Draft, category_of, clean, one_line
from knowledge.page.sources.json_ld import JsonLd, Product, read_json_ld
from knowledge.page.sources.tables import tables_to_sentences
from knowledge.text.urls import parts_of

# What a hand-made page may say in <meta name="…" content="…">, beside what other programs write.
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "url": ("url", "og:url"),
    "category": ("category", "article:section"),
    "updated": ("updated", "article:modified_time", "og:updated_time", "last-modified", "article:published_time"),
    "sku": ("sku", "product:retailer_item_id"),
    "price": ("price",),
    "valid_until": ("valid_until",),
    "audience": ("audience",),
}
_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_TERM = re.compile(r"<dt\b[^>]*>(.*?)</dt\s*>", re.IGNORECASE | re.DOTALL)
_EMPTY_LINK = re.compile(r"(?<!!)\[\s*\]\([^)]*\)")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def read_html(path: str, source: str, digest: str | None = None) -> Page:
    """Make a page of an HTML file in the pages folder; raises `PageFaultError` where it cannot be one."""
    draft = html_draft(source, f"/{path.rsplit('.', 1)[0]}", path)
    given = {key: value for key, value in draft.front.items() if value}
    return Draft(given, draft.text, draft.source).page(path, digest)


def html_draft(source: str, url: str, origin: str, updated: str | None = None) -> Draft:
    """The front matter and text of an HTML page.

    `url` and `updated` (a date) hold when the page itself says nothing. Raises `PageFaultError` when it has no text.
    """
    linked = read_json_ld(source)
    meta = _meta(source)
    text = _text(source, linked)
    if not text.strip():
        message = "No text was found in the HTML page."
        remedy = "Check that it holds its text itself, and does not fetch it with a script."
        raise PageFaultError(Fault(origin, 0, "empty_page", message, remedy))
    product = linked.products[0] if linked.products else None
    title, body = _titled(text, meta.get("title"), source, product)
    address = _address(meta.get("url"), url)
    front = {
        "title": title,
        "url": address,
        "category": meta.get("category") or ("products" if product else category_of(address)),
        "updated": (meta.get("updated") or linked.modified or updated or "")[:10],
        "sku": meta.get("sku") or (product.sku if product else None),
        "price": meta.get("price") or (product.price if product else None),
        "valid_until": meta.get("valid_until"),
        "audience": meta.get("audience"),
    }
    return Draft(front, body, origin)


def _text(source: str, linked: JsonLd) -> str:
    """The page's main text, and after it what only its JSON-LD says."""
    text = tables_to_sentences(_main_text(source))
    seen = slug(text)
    parts = [text]
    for product in linked.products:
        if product.description and slug(product.description)[:60] not in seen:
            parts.append(product.description)
        items = [f"- {name}: {value}" for name, value in product.properties if slug(value) not in seen]
        if items:
            parts.append(f"## Properties of the {product.name}\n\n" + "\n".join(items))
    for question in linked.questions:
        if slug(question.answer)[:60] not in seen:
            parts.append(f"## {question.name}\n\n{question.answer}")
    return clean("\n\n".join(part for part in parts if part.strip()))


def _main_text(source: str) -> str:
    import trafilatura

    # Folded answers and definition lists are questions with answers: their heads become headings.
    source = _TERM.sub(r"<h3>\1</h3>", _SUMMARY.sub(r"<h3>\1</h3>", source.replace("\x00", "")))
    options: dict[str, Any] = {"include_tables": True, "include_links": True, "include_comments": False}
    try:
        found = trafilatura.extract(
            source, output_format="markdown", include_formatting=True, favor_recall=True, **options
        )
        found = found or trafilatura.html2txt(source)
    except Exception:  # lxml and trafilatura raise what they like on broken input: such a page has no text
        found = None
    return _EMPTY_LINK.sub("", _IMAGE.sub("", found or ""))


def _titled(text: str, given: str | None, source: str, product: Product | None) -> tuple[str, str]:
    """The title, and the text without the heading that repeats it."""
    first = re.match(r"#\s+(.+)\n*", text)
    named = re.search(r"<title\b[^>]*>(.*?)</title\s*>", source, re.IGNORECASE | re.DOTALL)
    title = given or (one_line(first[1]) if first else "") or (product.name if product else "")
    title = title or (_unescaped(re.split(r"\s+[|–—]\s+", named[1])[0]) if named else "")
    heading = re.search(r"<h1\b[^>]*>(.*?)</h1\s*>", source, re.IGNORECASE | re.DOTALL)
    title = title or (_unescaped(re.sub(r"<[^>]*>", " ", heading[1])) if heading else "")
    body = text[first.end() :] if first and slug(first[1]) == slug(title) and text[first.end() :].strip() else text
    return title, body


def _meta(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in re.findall(r"<meta\b[^>]*>", source, re.IGNORECASE):
        name = _attribute(tag, "name") or _attribute(tag, "property") or _attribute(tag, "http-equiv")
        content = _attribute(tag, "content")
        if name and content:
            found.setdefault(name.lower(), _unescaped(content))
    given = {key: next((found[name] for name in names if name in found), None) for key, names in _META.items()}
    canonical = re.search(r"<link\b[^>]*rel\s*=\s*[\"']?canonical\b[^>]*>", source, re.IGNORECASE)
    if canonical and not given["url"]:
        given["url"] = _attribute(canonical.group(), "href")
    return {key: value for key, value in given.items() if value}


def _attribute(tag: str, name: str) -> str | None:
    match = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", tag, re.IGNORECASE)
    return next((group for group in match.groups() if group is not None), None) if match else None


def _address(given: str | None, fallback: str) -> str:
    """The page's own address when it is one that can be opened, else the fallback."""
    parts = parts_of(given) if given else None
    if given and parts and (given.startswith("/") or parts.scheme in ("http", "https")):
        return given
    return fallback


def _unescaped(text: str) -> str:
    import html

    return one_line(html.unescape(text))
