"""Building an index: pages in, a new current version out. Only what changed is embedded."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import FaultyPagesError, IndexUnusableError, PagesError
from knowledge.index.calibration import calibrated
from knowledge.index.index import FORMAT, Index, Progress, make_index, version_of
from knowledge.index.index_folder import Opened, open_index, write_index
from knowledge.index.manifest import Manifest, PageFault
from knowledge.index.publish_faults import clear_publish_faults
from knowledge.index.refit import Fit, kept_or_fitted
from knowledge.model.reading import Embedder
from knowledge.page.folder import Pages, load_pages
from knowledge.page.page import Page


@dataclass(frozen=True)
class Built:
    """What a build did. `changed` are the paths of pages that are new, gone or different."""

    manifest: Manifest
    pages: Pages
    changed: tuple[str, ...]
    embedded: int
    seconds: float


def build(
    pages_folder: Path,
    index_folder: Path,
    embedder: Embedder,
    strict: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Read the pages, make an index of them and make it current.

    Faulty pages are left out, or stop the build with `FaultyPagesError` when `strict`. The index that was current
    goes on being served whatever happens here.
    """
    began = time.perf_counter()
    before = _before(index_folder, embedder)
    known = {page.digest: page for page in before.index.pages} if before else {}
    pages = load_pages(pages_folder, known=known)
    _refuse(pages, pages_folder, strict)
    index = make_index(pages.pages, embedder, progress, before.index if before else None)
    manifest = manifest_of(index, pages, embedder, before)
    write_index(index_folder, index, manifest)
    clear_publish_faults(index_folder)
    changed = _changed(before.manifest.pages if before else {}, manifest.pages)
    embedded = len(set(index.ways.key.tolist()).difference(before.index.ways.key.tolist() if before else ()))
    return Built(manifest, pages, changed, embedded, time.perf_counter() - began)


def manifest_of(index: Index, pages: Pages, embedder: Embedder, before: Opened | None = None) -> Manifest:
    """What the new index says of itself, its calibration included.

    `before` is the index before this one, whose calibration may still hold.
    """
    base = version_of(index.pages, embedder)
    last = (before.index.pages, _fit_of(before.manifest)) if before else None
    fit = kept_or_fitted(index.pages, base, last, lambda: calibrated(index))
    return Manifest(
        format=FORMAT,
        version=base if fit.version == base else version_of(index.pages, embedder, fit.version),
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        model=embedder.name,
        model_sha256=embedder.checksum,
        dimension=embedder.dimension,
        pages={page.path: page.digest for page in index.pages},
        sections=len(index.places),
        passages=index.passages,
        ways=len(index.ways.kind),
        search="exact" if index.vectors.exact else "cells",
        calibration=fit.calibration,
        fitted_for=fit.version,
        edits=fit.edits,
        shipped=fit.shipped,
        faults=[PageFault(**asdict(fault)) for fault in pages.faults],
    )


def index_pages(pages: tuple[Page, ...], embedder: Embedder, like: Index | None = None) -> Opened:
    """An index of pages in memory, without a folder: for benchmarks, previews and tests."""
    index = make_index(pages, embedder, like=like)
    return Opened(index, manifest_of(index, Pages(pages, ()), embedder))


def _fit_of(manifest: Manifest) -> Fit:
    return Fit(
        calibration=manifest.calibration, version=manifest.fitted_for, edits=manifest.edits, shipped=manifest.shipped
    )


def _before(folder: Path, embedder: Embedder) -> Opened | None:
    try:
        return open_index(folder, embedder)
    except IndexUnusableError:
        return None


def _refuse(pages: Pages, folder: Path, strict: bool) -> None:
    if strict and pages.faults:
        raise FaultyPagesError(f"{len(pages.faults)} faults, the first: {pages.faults[0]}")
    if not pages.pages:
        raise PagesError(f"No page in {folder} can be used, so nothing was built. Mend the faults first.")


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(path for path in {*before, *after} if before.get(path) != after.get(path)))
