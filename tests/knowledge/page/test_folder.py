from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.errors import PagesError
from knowledge.page.folder import load_pages
from tests.knowledge.fakes import TENT


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in load_pages(folder).faults]


def test_good_pages_come_in_order_without_faults(pages: Path):
    found = load_pages(pages)
    assert [page.path for page in found.pages] == ["products/heron.md", "refunds.md"]
    assert found.faults == ()


def test_a_missing_folder_is_told(tmp_path: Path):
    with pytest.raises(PagesError, match="--pages"):
        load_pages(tmp_path / "none")


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"\x89PNG\x00\x01", "binary", 0),
        (b"---\ntitle: caf\xe9\n---\nx\n", "not_utf8", 2),
        (b"---\ntitle: big\n---\n" + b"word " * 1_000_000, "too_large", 0),
        (b"", "empty_page", 1),
    ],
)
def test_a_bad_file_is_left_out_and_named(pages: Path, content: bytes, code: str, line: int):
    (pages / "bad.md").write_bytes(content)
    found = load_pages(pages)
    assert [(fault.path, fault.code, fault.line) for fault in found.faults] == [("bad.md", code, line)]
    assert len(found.pages) == 2
    assert found.left_out == 1


def test_two_pages_with_one_url_leave_the_first(pages: Path):
    (pages / "z.md").write_text(TENT, "utf-8")
    assert codes(pages) == [("z.md", "duplicate_url")]


def test_links_in_a_circle_end(pages: Path):
    (pages / "again").symlink_to(pages, target_is_directory=True)
    assert len(load_pages(pages).pages) == 2


def test_a_broken_link_is_a_fault(pages: Path):
    (pages / "gone.md").symlink_to(pages / "nowhere.md")
    assert codes(pages) == [("gone.md", "not_a_file")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_page_is_a_fault(pages: Path):
    (pages / "refunds.md").chmod(0)
    assert codes(pages) == [("refunds.md", "unreadable")]


def test_very_deep_folders_are_not_followed_for_ever(pages: Path):
    deep = pages.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    (deep / "refunds.md").write_text(TENT, "utf-8")
    found = load_pages(pages)
    assert len(found.pages) == 2
    assert [fault.code for fault in found.faults] == ["too_deep"]


def test_a_page_that_is_deleted_while_it_is_read_is_a_fault_and_the_others_come(
    pages: Path, monkeypatch: pytest.MonkeyPatch
):
    read = Path.read_bytes

    def reading(file: Path) -> bytes:
        if file.name == "refunds.md":
            file.unlink()
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", reading)
    found = load_pages(pages)
    assert [page.title for page in found.pages] == ["Heron tent"]
    assert [(fault.path, fault.code) for fault in found.faults] == [("refunds.md", "unreadable")]


def test_a_page_that_is_too_large_is_never_read(pages: Path, monkeypatch: pytest.MonkeyPatch):
    with (pages / "huge.md").open("wb") as file:
        file.truncate(50_000_000)  # a hole, which takes no room on the disk
    monkeypatch.setattr(Path, "read_bytes", lambda file: TENT.encode() if file.name == "heron.md" else b"")
    [huge] = [fault for fault in load_pages(pages).faults if fault.path == "huge.md"]
    assert huge.code == "too_large" and "50.0 MB" in huge.message


def test_what_is_no_file_is_passed_over_or_named(pages: Path):
    os.mkfifo(pages / "pipe.md")
    (pages / "folder.md").mkdir()
    (pages / "itself.md").symlink_to(pages / "itself.md")
    assert codes(pages) == [("itself.md", "not_a_file"), ("pipe.md", "not_a_file")]


def test_a_page_known_by_its_hash_is_not_read_again(pages: Path):
    first = load_pages(pages)
    known = {page.digest: page for page in first.pages}
    again = load_pages(pages, known=known)
    assert all(page is known[page.digest] for page in again.pages)
