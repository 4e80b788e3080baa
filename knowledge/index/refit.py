"""When a shop's sureness is fitted anew: fitting reads hundreds of questions, which one edited page seldom changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Final

from pydantic import BaseModel, ConfigDict

from knowledge.index.ranking import Calibration
from knowledge.page.page import Page

# A fit holds while at most one page in so many has changed since; with fewer pages, every change fits anew.
PAGES_PER_EDIT: Final = 50


class Fit(BaseModel):
    """Where a calibration comes from: the version whose pages it was fitted on, and the pages edited since.

    `shipped` names the weights that it was fitted around; other ones fit anew.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    calibration: Calibration
    version: str
    edits: int = 0
    shipped: str = ""


def kept_or_fitted(
    pages: tuple[Page, ...],
    version: str,
    before: tuple[tuple[Page, ...], Fit] | None,
    fit: Callable[[], Calibration],
) -> Fit:
    """The fit for these pages: the one before it where that still holds, else a new one.

    `version` is what a fit made from these pages is named; `before` are the pages and the fit of the index before.
    """
    if before is not None:
        old, last = before
        edits = 0 if version == last.version else last.edits + edited(old, pages)
        holds = last.shipped == shipped() and _asked(old) == _asked(pages)
        if holds and edits * PAGES_PER_EDIT <= len(pages):
            return last.model_copy(update={"edits": edits})
    return Fit(calibration=fit(), version=version, shipped=shipped())


def edited(old: Iterable[Page], new: Iterable[Page]) -> int:
    """How many pages are new, gone or different."""
    stamps = [{page.path: page.digest for page in pages} for pages in (old, new)]
    return sum(stamps[0].get(path) != stamps[1].get(path) for path in {*stamps[0], *stamps[1]})


def shipped() -> str:
    """A name for the weights that ship."""
    return hashlib.sha256(Calibration().model_dump_json().encode()).hexdigest()[:12]


def _asked(pages: Iterable[Page]) -> set[tuple[str, str, tuple[str, ...]]]:
    """What the fit is made of: every section's questions."""
    return {(page.path, anchor, tuple(asked)) for page in pages for anchor, asked in page.asked_as.items()}
