"""What an index says of itself: which pages and model it was made of, and from where on it answers."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from knowledge.index.ranking import Calibration


class PageFault(BaseModel):
    """A fault as the manifest keeps it, for /healthz and the console."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    line: int
    code: str
    message: str
    remedy: str
    fatal: bool

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message} {self.remedy}"


class Manifest(BaseModel):
    """The manifest of one version of an index."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    version: str
    built_at: str
    model: str
    model_sha256: str
    dimension: int
    pages: dict[str, str]
    sections: int
    passages: int
    ways: int
    search: str
    calibration: Calibration
    fitted_for: str = ""
    """The version whose pages the calibration was fitted on."""
    edits: int = 0
    """How many pages were edited since."""
    shipped: str = ""
    """The shipped weights that it was fitted around."""
    faults: list[PageFault] = []
