"""Web addresses: their parts, and which page one leads to. Nothing else in this room splits an address."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit


def parts_of(url: str) -> SplitResult | None:
    """The parts of an address; None when it cannot be read as one, such as `http://[x`."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


def is_web_address(url: str) -> bool:
    """Whether it is an http(s) address with a host."""
    parts = parts_of(url)
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def host_of(url: str) -> str:
    """Host and port of an address; empty when it has none."""
    parts = parts_of(url)
    return parts.netloc if parts else ""


def fragment_of(url: str) -> str:
    """The place within a page that an address leads to; empty when it names none."""
    parts = parts_of(url)
    return unquote(parts.fragment) if parts else ""


def path_of(url: str) -> str:
    """The path that an address leads to, in lower case, without a closing slash; what is no address is its own path."""
    parts = parts_of(url)
    return (parts.path if parts else url).rstrip("/").lower() or "/"


def same_page(mine: str, theirs: str) -> bool:
    """Whether two addresses name one page: host, query, fragment and a closing slash do not matter."""
    return path_of(mine) == path_of(theirs)
