import httpx
import pytest

from knowledge.errors import Fault
from knowledge.importing.fetch import MAX_PAGE_BYTES, Fetched, UrlListError, fetch, urls_in

HOST = "https://shop.example"


def shop(request: httpx.Request) -> httpx.Response:
    path = request.url.path
    if path == "/ok":
        headers = {"content-type": "text/html; charset=latin-1", "last-modified": "Tue, 03 Mar 2026 08:00:00 GMT"}
        return httpx.Response(200, headers=headers, content="<p>Größe</p>".encode("latin-1"))
    if path == "/moved":
        return httpx.Response(301, headers={"location": "/ok"})
    if path == "/circle":
        return httpx.Response(302, headers={"location": "/circle"})
    if path == "/inside":
        return httpx.Response(302, headers={"location": "http://127.0.0.1/secret"})
    if path == "/pdf":
        return httpx.Response(200, headers={"content-type": "application/pdf"}, content=b"%PDF")
    if path == "/large":
        return httpx.Response(200, headers={"content-type": "text/html"}, content=b"x" * (MAX_PAGE_BYTES + 1))
    if path == "/broken":
        raise httpx.ConnectError("no route")
    if path == "/odd":
        return httpx.Response(200, headers={"content-type": "text/html; charset=none-such"}, content=b"<p>a</p>")
    return httpx.Response(404)


async def fetched(*paths: str, private: bool = False) -> list[Fetched | Fault]:
    urls = [path if "://" in path else HOST + path for path in paths]
    return await fetch(urls, httpx.MockTransport(shop), private)


async def test_a_page_comes_with_its_address_and_date() -> None:
    [found] = await fetched("/moved")
    assert found == Fetched(f"{HOST}/ok", "<p>Größe</p>", "2026-03-03")


async def test_an_unknown_encoding_is_read_as_utf8() -> None:
    [found] = await fetched("/odd")
    assert isinstance(found, Fetched)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/none", "not_fetched"),
        ("/circle", "too_many_redirects"),
        ("/inside", "private_address"),
        ("/pdf", "not_html"),
        ("/large", "too_large"),
        ("/broken", "not_fetched"),
        ("http://127.0.0.1/x", "private_address"),
        ("http://[::1]/x", "private_address"),
        ("http://10.0.0.1/x", "private_address"),
    ],
)
async def test_what_cannot_be_fetched_is_a_fault(path: str, code: str) -> None:
    [fault] = await fetched(path)
    assert isinstance(fault, Fault)
    assert (fault.code, bool(fault.remedy)) == (code, True)


async def test_private_addresses_can_be_allowed() -> None:
    [found] = await fetched("http://127.0.0.1/ok", private=True)
    assert isinstance(found, Fetched)


async def test_many_keep_their_order() -> None:
    found = await fetched("/ok", "/none", "/ok")
    assert [isinstance(one, Fetched) for one in found] == [True, False, True]


def test_a_list_of_addresses() -> None:
    assert urls_in("# ours\nhttps://a.example/x\n\nhttps://a.example/x\n http://b.example \n", "list.txt") == [
        "https://a.example/x",
        "http://b.example",
    ]


@pytest.mark.parametrize(
    "text", ["", "# only a remark", "help/returns", "ftp://a.example/x", "file:///etc/passwd", "https://", "http://[x"]
)
def test_a_list_that_cannot_be_used_is_one_sentence(text: str) -> None:
    with pytest.raises(UrlListError, match="https://"):
        urls_in(text, "list.txt")
