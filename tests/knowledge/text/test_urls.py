"""Which page an address leads to, however it is written."""

from urllib.parse import urlunsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.urls import path_of, same_page

WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
PATHS = st.lists(WORDS, max_size=4).map(lambda parts: "/" + "/".join(parts))
EXTRAS = st.text("abc/?:=&.", max_size=12)


@given(PATHS, WORDS, EXTRAS, EXTRAS)
def test_host_query_and_fragment_do_not_matter(path: str, host: str, query: str, fragment: str) -> None:
    for written in (
        urlunsplit(("https", host, path, query, fragment)),
        urlunsplit(("", "", path, query, fragment)),
        urlunsplit(("", host, path, "", "")),
    ):
        assert path_of(written) == path
        assert same_page(written, path + "/")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://shop.example", "/"),
        ("", "/"),
        ("https://shop.example#a/b", "/"),
        ("/Help?next=http://other.example/x", "/help"),
        ("http://[broken/help", "http://[broken/help"),
    ],
)
def test_odd_addresses(url: str, path: str) -> None:
    assert path_of(url) == path
