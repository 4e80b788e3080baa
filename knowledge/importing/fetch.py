"""Pages fetched by their addresses, within limits: size, time, redirects, kinds of content, and how many at once."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from knowledge.errors import Fault, KnowledgeError
from knowledge.text.urls import is_web_address, parts_of

MAX_URLS: Final = 10_000
MAX_PAGE_BYTES: Final = 5_000_000
MAX_REDIRECTS: Final = 5
TIMEOUT_SECONDS: Final = 20.0
AT_ONCE: Final = 4
AGENT: Final = "cornerdesk-import/1.0"


class UrlListError(KnowledgeError):
    """A list of addresses cannot be used."""

    code = "bad_url_list"


@dataclass(frozen=True)
class Fetched:
    """A page as it came: the address it was found at in the end, its HTML, and when the server says it changed."""

    url: str
    html: str
    modified: str | None


def urls_in(text: str, name: str) -> list[str]:
    """The addresses of a list, one a line; blank lines and lines with # are passed over.

    Raises `UrlListError` when a line is no address, when there are none, or when there are too many.
    """
    urls: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line and not line.startswith("#"):
            if not is_web_address(line):
                raise UrlListError(f"{name}:{number}: {line[:80]} is no address. Write one https:// address a line.")
            urls[line] = None
    if not urls:
        raise UrlListError(f"The list {name} has no addresses. Write one https:// address a line.")
    if len(urls) > MAX_URLS:
        raise UrlListError(f"The list {name} has {len(urls)} addresses; at most {MAX_URLS} are fetched. Split it.")
    return list(urls)


async def fetch(
    urls: Iterable[str],
    transport: httpx.AsyncBaseTransport | None = None,
    private: bool = False,
    done: Callable[[int], None] | None = None,
) -> list[Fetched | Fault]:
    """Fetch pages, a few at once, in the order given; what cannot be fetched becomes a fault.

    Addresses of private networks are refused unless `private`. `transport` is for tests.
    """
    gate = asyncio.Semaphore(AT_ONCE)
    count = 0
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(
        transport=transport, timeout=TIMEOUT_SECONDS, limits=limits, headers={"User-Agent": AGENT}
    ) as client:

        async def one(url: str) -> Fetched | Fault:
            nonlocal count
            async with gate:
                found = await _one(client, url, private)
            count += 1
            if done:
                done(count)
            return found

        return list(await asyncio.gather(*(one(url) for url in urls)))


async def _one(client: httpx.AsyncClient, url: str, private: bool) -> Fetched | Fault:
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS * 2):
            return await _followed(client, url, private)
    except TimeoutError:
        return _fault(url, "fetch_timeout", "The server took too long.", "Try again later.")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        reason = str(error) or type(error).__name__
        return _fault(url, "not_fetched", f"It cannot be fetched: {reason}.", "Open it in a browser to see why.")


async def _followed(client: httpx.AsyncClient, url: str, private: bool) -> Fetched | Fault:
    """Follow redirects by hand, so that none leads into a private network unseen."""
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        if not private and await _is_private(at):
            return _fault(url, "private_address", f"{at} lies in a private network.", "Add --private if that is meant.")
        async with client.stream("GET", at) as response:
            if response.has_redirect_location:
                at = str(response.url.join(response.headers["location"]))
                continue
            return await _read(url, at, response)
    return _fault(url, "too_many_redirects", f"It redirects more than {MAX_REDIRECTS} times.", "List where it ends.")


async def _read(url: str, at: str, response: httpx.Response) -> Fetched | Fault:
    if response.status_code != 200:
        message = f"The server answers {response.status_code} {response.reason_phrase}.".replace(" .", ".")
        return _fault(url, "not_fetched", message, "Mend the address, or take it off the list.")
    kind = response.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml"):
        return _fault(url, "not_html", f"It is {kind}, not an HTML page.", "Take it off the list.")
    body = b""
    async for chunk in _chunks(response):
        body += chunk
        if len(body) > MAX_PAGE_BYTES:
            message = f"The page is larger than {MAX_PAGE_BYTES // 10**6} MB."
            return _fault(url, "too_large", message, "Take it off the list.")
    encoding = response.charset_encoding or "utf-8"
    return Fetched(at, _decoded(body, encoding), _modified(response))


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    async for chunk in response.aiter_bytes():
        yield chunk


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding, errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")


def _modified(response: httpx.Response) -> str | None:
    try:
        day: date = parsedate_to_datetime(response.headers["last-modified"]).date()
    except (KeyError, ValueError):
        return None
    return day.isoformat()


async def _is_private(url: str) -> bool:
    """Whether an address leads into a private network, by any of the machine addresses that its name has."""
    parts = parts_of(url)
    if parts is None or parts.scheme not in ("http", "https"):
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname or "", None, type=socket.SOCK_STREAM)
    except OSError:
        return False  # the fetch itself will say that there is no such host
    return any(not ipaddress.ip_address(str(entry[4][0]).split("%")[0]).is_global for entry in found)


def _fault(url: str, code: str, message: str, remedy: str) -> Fault:
    return Fault(url, 0, code, message, remedy)
