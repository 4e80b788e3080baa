"""The index folder: one sub-folder a version, and a file `current` that names the one to serve.

A version is written beside the others under a passing name, renamed when whole, and only then made current: a
reader sees the old version or the new one, never half of one.
"""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from knowledge.errors import Fault, IndexUnusableError
from knowledge.index.index import FORMAT, Index, Ways
from knowledge.index.manifest import Manifest
from knowledge.model.pieces import Pieces
from knowledge.model.reading import Embedder
from knowledge.model.vectors import VectorIndex
from knowledge.page.page import Page, Section

CURRENT = "current"
MANIFEST = "manifest.json"
KEPT_VERSIONS = 3
_BUILDING = ".building-"
_REMEDY = "Run: knowledge build"


@dataclass(frozen=True)
class Opened:
    """An index read from its folder, with its manifest."""

    index: Index
    manifest: Manifest


def current_version(folder: Path) -> str | None:
    """The name of the version to serve, or None when nothing has been built yet."""
    try:
        return (folder / CURRENT).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def current_stamp(folder: Path) -> tuple[str, int] | None:
    """What changes with every build, also with one that makes the same version again: its name and a time."""
    try:
        return (folder / CURRENT).read_text("utf-8").strip(), (folder / CURRENT).stat().st_mtime_ns
    except (OSError, UnicodeDecodeError):
        return None


def current_manifest(folder: Path) -> Manifest:
    """The manifest of the current version; raises `IndexUnusableError` when it cannot be read."""
    return _read_manifest(folder / (current_version(folder) or ""))


def open_index(folder: Path, embedder: Embedder | None = None) -> Opened:
    """Read the current version; raises `IndexUnusableError` with one clear sentence when that cannot be served.

    With an `embedder`, an index made with another model is refused.
    """
    version = current_version(folder)
    if version is None:
        raise IndexUnusableError(f"There is no index at {folder}. {_REMEDY}.")
    home = folder / version
    manifest = _read_manifest(home)
    if embedder is not None and manifest.model_sha256 != embedder.checksum:
        raise IndexUnusableError(
            f"The index at {home} was made with the model {manifest.model}, and {embedder.name} is loaded. {_REMEDY}."
        )
    return Opened(_read_index(home, manifest), manifest)


def write_index(folder: Path, index: Index, manifest: Manifest) -> None:
    """Write a version, make it current, and drop all but the last few."""
    building = folder / f"{_BUILDING}{uuid.uuid4().hex[:8]}"
    building.mkdir(parents=True)
    try:
        _write_parts(building, index, manifest)
        home = folder / manifest.version
        if home.exists():
            home.rename(folder / f"{_BUILDING}old-{uuid.uuid4().hex[:8]}")
        building.rename(home)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    _point(folder, manifest.version)
    _sweep(folder, manifest.version)


def _write_parts(home: Path, index: Index, manifest: Manifest) -> None:
    with (home / "pages.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(_page_record(page), ensure_ascii=True, default=str) + "\n" for page in index.pages)
    np.savez(home / "ways.npz", **asdict(index.ways))
    index.vectors.save(home / "vectors.faiss")
    np.save(home / "pieces.npy", index.pieces.vectors)
    np.savez(home / "pieces.npz", steps=index.pieces.steps, ids=index.pieces.ids)
    # The manifest comes last: a folder without one is unfinished.
    (home / MANIFEST).write_text(manifest.model_dump_json(indent=1), "utf-8")


def _point(folder: Path, version: str) -> None:
    passing = folder / f".{CURRENT}-{uuid.uuid4().hex[:8]}"
    passing.write_text(version + "\n", "utf-8")
    passing.replace(folder / CURRENT)


def _sweep(folder: Path, version: str) -> None:
    """Remove what no reader can still want; a version that is being read stays readable until it is closed."""
    versions = [home for home in folder.iterdir() if (home / MANIFEST).is_file() and not home.name.startswith(".")]
    versions.sort(key=lambda home: (home.name == version, home.stat().st_mtime), reverse=True)
    dead = versions[KEPT_VERSIONS:] + [home for home in folder.iterdir() if home.name.startswith(_BUILDING)]
    for home in dead:
        shutil.rmtree(home, ignore_errors=True)


def _read_manifest(home: Path) -> Manifest:
    try:
        given = json.loads((home / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        raise IndexUnusableError(f"The index at {home} is half-written or damaged. {_REMEDY}.") from None
    made = given.get("format") if isinstance(given, dict) else None
    if made != FORMAT:
        raise IndexUnusableError(
            f"The index at {home} has format {made}, and this program reads format {FORMAT}. {_REMEDY}."
        )
    try:
        return Manifest.model_validate(given)
    except ValidationError:
        raise IndexUnusableError(f"The manifest of the index at {home} is damaged. {_REMEDY}.") from None


def _read_index(home: Path, manifest: Manifest) -> Index:
    try:
        pages = tuple(_page_of(json.loads(line)) for line in (home / "pages.jsonl").open(encoding="utf-8"))
        with np.load(home / "ways.npz") as parts:
            ways = Ways(**{name: parts[name] for name in Ways.__dataclass_fields__})
        index = Index(pages, ways, VectorIndex.load(home / "vectors.faiss"), _read_pieces(home))
    except IndexUnusableError:
        raise
    except Exception as error:
        raise IndexUnusableError(f"The index at {home} is damaged ({type(error).__name__}). {_REMEDY}.") from error
    whole = len(ways.kind) == manifest.ways == index.vectors.size and len(index.pieces) == ways.pieces.sum()
    if not (whole and len(pages) == len(manifest.pages)):
        raise IndexUnusableError(f"The parts of the index at {home} do not fit together. {_REMEDY}.")
    return index


def _read_pieces(home: Path) -> Pieces:
    """The word pieces; their vectors stay in the file, of which a search reads the few rows it needs."""
    with np.load(home / "pieces.npz") as parts:
        steps, ids = parts["steps"], parts["ids"]
    vectors = np.load(home / "pieces.npy", mmap_mode="r")
    if not len(vectors) == len(steps) == len(ids):
        raise ValueError("word pieces of different numbers")
    return Pieces(vectors, steps, ids)


def _page_record(page: Page) -> dict[str, Any]:
    sections, notes = [section.__dict__ for section in page.sections], [note.__dict__ for note in page.notes]
    return {**page.__dict__, "sections": sections, "notes": notes}


def _page_of(record: dict[str, Any]) -> Page:
    sections = tuple(Section(**{**given, "parents": tuple(given["parents"])}) for given in record["sections"])
    asked = {anchor: tuple(questions) for anchor, questions in record["asked_as"].items()}
    notes = tuple(Fault(**given) for given in record["notes"])
    return Page(**{**record, "sections": sections, "asked_as": asked, "notes": notes})
