import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.urls import parts_of, path_of, without_fragment


@given(st.text("htps:/[]@?#.x1\u2100 ", max_size=20))
def test_whatever_is_written_is_read_or_said_to_be_no_address(url):
    parts = parts_of(url)
    assert path_of(url) == (parts.path if parts else url)


@pytest.mark.parametrize("url", ["http://[x", "//[::1/help", "smtp://mail.example:mail"])
def test_what_urllib_cannot_read_is_no_address(url):
    assert parts_of(url) is None
    assert (path_of(url), without_fragment(url)) == (url, url)


def test_the_page_without_its_heading():
    assert without_fragment("https://shop.example/help/returns?x=1#how-long") == "https://shop.example/help/returns?x=1"
    assert path_of("https://shop.example/help/returns#how-long") == "/help/returns"
