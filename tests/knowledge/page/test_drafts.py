from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.page.drafts import DraftError, write_draft
from knowledge.page.folder import load_pages

TODAY = date(2026, 11, 21)


def test_a_draft_is_a_page_that_the_index_leaves_out(pages: Path) -> None:
    path = write_draft(pages, "Repairs at home", "Refunds", "Glue it.", ["can I glue it?", "can I glue it?"], TODAY)
    assert path == "refunds/repairs-at-home.md"
    assert path not in [page.path for page in load_pages(pages).pages]
    [page] = [page for page in load_pages(pages, drafts=True).pages if page.path == path]
    assert (page.title, page.url, page.updated) == ("Repairs at home", "/help/refunds/repairs-at-home", "2026-11-21")
    assert page.asked_as == {"repairs-at-home": ("can I glue it?",)}
    assert page.notes == ()


def test_headings_of_the_text_are_kept(pages: Path) -> None:
    path = write_draft(pages, "Repairs", "refunds", "Lead.\n\n## Torn seams\n\nTape.", ["my seam is torn"], TODAY)
    [page] = [page for page in load_pages(pages, drafts=True).pages if page.path == path]
    assert page.asked_as == {"torn-seams": ("my seam is torn",)}


def test_no_file_is_ever_overwritten(pages: Path) -> None:
    paths = [write_draft(pages, "Repairs", "refunds", str(number), (), TODAY) for number in range(3)]
    assert paths == ["refunds/repairs.md", "refunds/repairs-2.md", "refunds/repairs-3.md"]


@pytest.mark.parametrize("title", ["../../etc/passwd", "<script>alert(1)</script>Pots", "a: b", "日本", "x" * 200])
def test_any_title_stays_in_the_folder(pages: Path, title: str) -> None:
    path = write_draft(pages, title, "../x", "Words.", [title], TODAY)
    assert (pages / path).resolve().is_relative_to(pages.resolve())
    assert "<script" not in (pages / path).read_text("utf-8")
    assert path in [page.path for page in load_pages(pages, drafts=True).pages]


def test_a_draft_needs_a_title(pages: Path) -> None:
    with pytest.raises(DraftError):
        write_draft(pages, " ", "refunds", "Words.")
