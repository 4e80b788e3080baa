from hypothesis import given
from hypothesis import strategies as st

from knowledge.page.page import read_page
from knowledge.page.sources.draft import Draft, category_of, clean, path_of_url, slug_of

TEXT = st.text(max_size=200)


def test_the_file_reads_as_the_same_page() -> None:
    front = {"title": "Wash: at 30 °C", "url": "/w", "category": "c", "updated": "2026-01-01", "sku": None}
    draft = Draft(front, "Words.\n\n## Heading\n\nMore.", "feed.csv#1")
    page = read_page("w.md", draft.markdown())
    assert (page.title, page.url, page.sku, page.extra) == ("Wash: at 30 °C", "/w", None, {"source": "feed.csv#1"})
    assert page.text.strip() == draft.text


def test_paths_stay_in_the_folder() -> None:
    assert path_of_url("https://s.example/help/../../etc/passwd.html?x=1") == "help/etc/passwd.md"
    assert path_of_url("https://s.example/") == "index.md"
    assert path_of_url("https://s.example/%2e%2e/a") == "a.md"


def test_an_address_that_cannot_be_read_still_names_a_file() -> None:
    assert path_of_url("http://[x/Help/Returns.html") == "http/x/help/returns.md"
    assert category_of("http://[x/Help/Returns.html") == "help"


@given(TEXT)
def test_a_slug_is_a_plain_file_name(text: str) -> None:
    slug = slug_of(text)
    assert slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "<script" not in once.lower()


@given(st.text(min_size=1, max_size=80).filter(lambda text: bool(text.strip())), TEXT)
def test_any_front_matter_comes_back(title: str, source: str) -> None:
    title = " ".join(clean(title).split())
    if title:
        page = read_page("a.md", Draft({"title": title, "url": "/a"}, "Words.", "s").markdown())
        assert page.title == title
