from datetime import date
from pathlib import Path

import httpx
import pytest

from knowledge.importing.run import Imported, ImportingError, import_pages
from knowledge.page.folder import load_pages
from knowledge.page.sources.feed import FeedError

TEXT = "<p>You can send anything back within 60 days of the day on which it arrived at your door.</p>"


def html(folder: Path, name: str, title: str = "Returns", body: str = TEXT) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>", "utf-8")
    return file


def run(source: Path, into: Path, day: int = 1) -> Imported:
    return import_pages(source, into, today=date(2026, 11, day))


def test_a_folder_of_html_becomes_pages_that_the_index_takes(tmp_path: Path) -> None:
    html(tmp_path / "old", "Help/Send Back.html")
    done = run(tmp_path / "old", tmp_path / "pages")
    assert done.written == ("help/send-back.md",)
    [page] = load_pages(tmp_path / "pages").pages
    assert (page.title, page.updated, page.extra["source"]) == ("Returns", "2026-11-01", "Help/Send Back.html")


def test_a_second_import_changes_only_what_changed(tmp_path: Path) -> None:
    html(tmp_path / "old", "a.html", "First")
    html(tmp_path / "old", "b.html", "Second")
    run(tmp_path / "old", tmp_path / "pages")
    html(tmp_path / "old", "b.html", "Second", TEXT.replace("60", "90"))
    done = run(tmp_path / "old", tmp_path / "pages", day=2)
    assert (done.written, done.unchanged) == (("b.md",), ("a.md",))
    assert "updated: '2026-11-01'" in (tmp_path / "pages" / "a.md").read_text()


def test_a_page_written_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    html(tmp_path / "old", "a.html")
    own = tmp_path / "pages" / "a.md"
    own.parent.mkdir()
    own.write_text("---\ntitle: Mine\nurl: /mine\n---\n\nMy words.\n")
    done = run(tmp_path / "old", tmp_path / "pages")
    assert [fault.code for fault in done.faults] == ["written_by_hand"]
    assert "My words." in own.read_text()


def test_a_url_that_another_page_has_is_refused(tmp_path: Path) -> None:
    html(tmp_path / "old", "a.html")
    own = tmp_path / "pages" / "other.md"
    own.parent.mkdir()
    own.write_text("---\ntitle: Mine\nurl: /a\n---\n\nMy words.\n")
    assert [fault.code for fault in run(tmp_path / "old", tmp_path / "pages").faults] == ["duplicate_url"]


def test_two_sources_of_one_file_are_refused(tmp_path: Path) -> None:
    html(tmp_path / "old", "a b.html", "First")
    html(tmp_path / "old", "a-b.html", "Second")
    done = run(tmp_path / "old", tmp_path / "pages")
    assert (len(done.written), [fault.code for fault in done.faults]) == (1, ["same_file"])


def test_bad_files_are_faults_and_the_others_come_in(tmp_path: Path) -> None:
    html(tmp_path / "old", "good.html")
    html(tmp_path / "old", "empty.html", "", "")
    (tmp_path / "old" / "large.html").write_bytes(b"x" * 5_000_001)
    (tmp_path / "old" / "binary.html").write_bytes(bytes(range(256)))
    done = run(tmp_path / "old", tmp_path / "pages")
    assert done.written[-1] == "good.md"
    assert {fault.code for fault in done.faults} >= {"empty_page", "too_large"}


def test_old_encodings_are_read(tmp_path: Path) -> None:
    file = html(tmp_path / "old", "a.html")
    file.write_bytes(file.read_text().replace("door", "Tür").encode("cp1252"))
    run(tmp_path / "old", tmp_path / "pages")
    assert "Tür" in (tmp_path / "pages" / "a.md").read_text("utf-8")


def test_a_feed(tmp_path: Path) -> None:
    feed = tmp_path / "feed.csv"
    feed.write_text("id,title,link,price\nA1,Heron,https://s.example/a,9 EUR\nA2,,https://s.example/b,9 EUR\n")
    done = run(feed, tmp_path / "pages")
    assert done.written == ("products/heron-a1.md",)
    assert [(fault.line, fault.code) for fault in done.faults] == [(3, "no_title")]


def test_a_list_of_addresses(tmp_path: Path) -> None:
    urls = tmp_path / "list.txt"
    urls.write_text("https://shop.example/help/returns.html\nhttps://shop.example/none\n")
    page = html(tmp_path, "page.html").read_text()

    def shop(request: httpx.Request) -> httpx.Response:
        found = request.url.path == "/help/returns.html"
        return httpx.Response(200 if found else 404, headers={"content-type": "text/html"}, text=page if found else "")

    done = import_pages(urls, tmp_path / "pages", transport=httpx.MockTransport(shop), private=True)
    assert done.written == ("help/returns.md",)
    assert [fault.code for fault in done.faults] == ["not_fetched"]


def test_nothing_to_import_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="nothing at"):
        run(tmp_path / "none", tmp_path / "pages")
    (tmp_path / "old").mkdir()
    with pytest.raises(ImportingError, match="no HTML pages"):
        run(tmp_path / "old", tmp_path / "pages")
    (tmp_path / "feed.csv").write_text("name,cost\nx,1\n")
    with pytest.raises(FeedError, match="no column"):
        run(tmp_path / "feed.csv", tmp_path / "pages")


def test_html_and_feeds_in_the_pages_folder_come_in_by_the_same_door(tmp_path: Path) -> None:
    html(tmp_path, "help/a.html")
    (tmp_path / "products.csv").write_text("id,title,link,price\nA1,Heron,/p/a,9 EUR\n,x,/y,\n")
    (tmp_path / "list.csv").write_text("no,feed\n1,2\n")
    found = load_pages(tmp_path)
    assert sorted(page.path for page in found.pages) == ["help/a.html", "products.csv#A1"]
    assert {(fault.path, fault.code) for fault in found.faults} >= {("products.csv", "no_id"), ("list.csv", "bad_feed")}
    known = {page.digest: page for page in found.pages}
    again = load_pages(tmp_path, known=known)
    assert all(page is known[page.digest] for page in again.pages)
