"""Web addresses: their parts, and the page that one leads to. Nothing else at the bridge splits an address."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(url: str) -> SplitResult | None:
    """The parts of an address; None when it cannot be read as one, such as `http://[x` or a port of letters."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def path_of(url: str) -> str:
    """The path that an address leads to; what is no address is its own path."""
    parts = parts_of(url)
    return parts.path if parts else url


def without_fragment(url: str) -> str:
    """The address of the page, without the heading."""
    parts = parts_of(url)
    return parts._replace(fragment="").geturl() if parts else url
