"""Web addresses: which page one leads to."""

from __future__ import annotations

from urllib.parse import urlsplit


def path_of(url: str) -> str:
    """The path that an address leads to, in lower case, without a closing slash; what is no address is its own path."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = url
    return path.rstrip("/").lower() or "/"


def same_page(mine: str, theirs: str) -> bool:
    """Whether two addresses name one page: host, query, fragment and a closing slash do not matter."""
    return path_of(mine) == path_of(theirs)
