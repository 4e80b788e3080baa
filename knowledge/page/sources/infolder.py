"""Product feeds that lie in the pages folder: each product is a page, named by the feed's file and the product's id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import Fault, PageFaultError
from knowledge.page.page import Page
from knowledge.page.sources.draft import Draft
from knowledge.page.sources.feed import FeedError, read_feed


def feed_pages(file: Path, path: str, known: Mapping[str, Page], faults: list[Fault]) -> list[Page]:
    """The pages of a feed; `path` is its name in the folder. They bear the date of the file.

    What cannot be used is added to `faults`. `known` maps digests to pages that were read before.
    """
    try:
        feed = read_feed(file, name=path)
        day = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
    except (FeedError, OSError) as error:
        faults.append(Fault(path, 0, "bad_feed", str(error), "Mend the feed, or take it out of the folder."))
        return []
    faults.extend(feed.faults)
    pages = []
    for draft in feed.drafts(day):
        page = _page(draft, f"{path}#{draft.front['sku']}", known, faults)
        if page is not None:
            pages.append(page)
    return pages


def _page(draft: Draft, path: str, known: Mapping[str, Page], faults: list[Fault]) -> Page | None:
    digest = draft.digest
    before = known.get(digest)
    if before is not None and before.path == path:
        return before
    try:
        return draft.page(path, digest)
    except PageFaultError as error:
        faults.append(error.fault)
        return None
