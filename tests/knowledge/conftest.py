"""Pages folders and indexes for the knowledge room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model.embedder import ModelEmbedder
from tests.knowledge.fakes import REFUNDS, TENT, WordEmbedder


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two good pages."""
    folder = tmp_path / "pages"
    (folder / "products").mkdir(parents=True)
    (folder / "refunds.md").write_text(REFUNDS, "utf-8")
    (folder / "products" / "heron.md").write_text(TENT, "utf-8")
    return folder


@pytest.fixture(scope="session")
def model() -> ModelEmbedder:
    """The packaged model, loaded once, for what only meaning can show."""
    return ModelEmbedder()
