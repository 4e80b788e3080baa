"""The widget's modules as one file, made when it is asked for: one request instead of fifteen, and no comments.

The modules on disk are what people edit, check and test; nothing is installed or run to make this. It is plain
joining, so it holds them to plain habits: imports of `./name.js` one to a line, no name used at the top of two modules,
every statement that is no block ended by a semicolon.
"""

from __future__ import annotations

import re
from pathlib import Path

import rjsmin

from handoff.screens.assets import Asset, Folder, asset

IMPORT = re.compile(r"^import (?:(?P<default>\w+)|\{[^}]*\}) from '\./(?P<path>[\w/]+\.js)';\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=class|function|async|const)", re.MULTILINE)


def pack(folder: Path, entry: str) -> bytes:
    """`entry` with all that it imports, each once, those that are imported first."""
    parts: dict[str, str] = {}
    _take(folder, entry, "", parts)
    # A line's end after a bracket could end a statement; where all have semicolons it never does.
    return str(rjsmin.jsmin("".join(parts.values()))).replace("}\n", "}").encode()


def _take(folder: Path, name: str, default: str, parts: dict[str, str]) -> None:
    if name in parts:
        return
    source = (folder / name).read_text("utf-8")
    for found in IMPORT.finditer(source):
        _take(folder, found["path"], found["default"] or "", parts)
    source = IMPORT.sub("", source)
    if default:
        source = source.replace("export default", f"const {default} =")
    parts[name] = EXPORT.sub("", source)


class PackedFolder(Folder):
    """A folder whose `entry` is served packed; every other file stays as it is."""

    def __init__(self, root: Path, entry: str) -> None:
        super().__init__(root)
        self.entry = entry
        self._packed: tuple[float, Asset] | None = None

    def read(self, name: str) -> Asset | None:
        if name != self.entry:
            return super().read(name)
        newest = max(path.stat().st_mtime for path in self.root.rglob("*.js"))
        if self._packed is None or self._packed[0] != newest:
            self._packed = (newest, asset(pack(self.root, self.entry), ".js"))
        return self._packed[1]
