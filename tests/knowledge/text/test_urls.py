"""Which page an address leads to, however it is written."""

from urllib.parse import urlunsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.urls import fragment_of, host_of, is_web_address, parts_of, path_of, same_page

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


@given(st.text("htps:/[]@?#.x\u2100 ", max_size=20))
def test_whatever_is_written_is_read_or_said_to_be_no_address(url: str) -> None:
    parts = parts_of(url)
    assert path_of(url)
    assert host_of(url) == (parts.netloc if parts else "")
    assert parts is not None or not is_web_address(url)


@pytest.mark.parametrize("url", ["http://[x", "//[::1/help", "https://shop\u2100.example/"])
def test_what_urllib_cannot_read_is_no_address(url: str) -> None:
    assert parts_of(url) is None
    assert not is_web_address(url)
    assert (host_of(url), fragment_of(url)) == ("", "")


def test_a_heading_is_named_as_it_is_read() -> None:
    assert fragment_of("/help/returns#wie-lange-gr%C3%B6%C3%9Fe") == "wie-lange-größe"
    assert fragment_of("/help/returns") == ""


def test_a_web_address_has_a_scheme_and_a_host() -> None:
    assert is_web_address("https://shop.example:8000/help")
    assert not any(map(is_web_address, ("/help", "https:///help", "ftp://shop.example/", "shop.example")))
