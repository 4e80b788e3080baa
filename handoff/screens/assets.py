"""Files for browsers: the right content type, a strong ETag, compressed once, and nothing outside the folder.

Starlette's StaticFiles does not do it: its ETags are made of time and size, so that each machine and each install has
others; it has no packed form of the widget; and its compression works anew at every request.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
LONGEST_NAME = 200
COMPRESSED = {".js", ".css", ".html", ".svg", ".json", ".webmanifest"}


@dataclass(frozen=True)
class Asset:
    """One file as it is served. `packed` is its gzip form, None where compressing gains nothing."""

    body: bytes
    packed: bytes | None
    etag: str
    type: str


def asset(body: bytes, suffix: str) -> Asset:
    """The served form of `body`, whose content type follows from the file name's `suffix`."""
    packed = gzip.compress(body, 9, mtime=0) if suffix in COMPRESSED else None
    return Asset(body, packed, f'"{hashlib.sha256(body).hexdigest()[:20]}"', TYPES[suffix])


class Folder:
    """A folder's files by their path; only kinds named in `TYPES`, kept in memory until they change on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._kept: dict[str, tuple[tuple[int, int], Asset]] = {}

    def read(self, name: str) -> Asset | None:
        """The file called `name` (with forward slashes), or None when there is none to show."""
        path = self._inside(name)
        if path is None:
            return None
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        kept = self._kept.get(name)
        if kept is None or kept[0] != stamp:
            kept = (stamp, asset(path.read_bytes(), path.suffix))
            self._kept[name] = kept
        return kept[1]

    def _inside(self, name: str) -> Path | None:
        parts = PurePosixPath(name).parts
        if (
            not parts
            or len(name) > LONGEST_NAME
            or "\0" in name
            or "\\" in name
            or any(part.startswith((".", "/")) for part in parts)
        ):
            return None
        path = self.root.joinpath(*parts)
        if path.suffix not in TYPES or not path.is_file() or not path.resolve().is_relative_to(self.root):
            return None
        return path
