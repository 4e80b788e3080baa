from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.model import vectors as module
from knowledge.model.vectors import VectorIndex


def points(count: int, dimension: int = 16) -> np.ndarray:
    made = np.random.default_rng(0).standard_normal((count, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def recall(index: VectorIndex, all_points: np.ndarray) -> float:
    hits = 0
    for query in all_points[::50]:
        wanted = set(np.argsort(-(all_points @ query))[:10].tolist())
        hits += len(wanted & set(index.near(query, 10)[0].tolist()))
    return hits / (10 * len(all_points[::50]))


def test_few_vectors_are_compared_one_by_one():
    index = VectorIndex.build(points(50))
    assert index.exact
    rows, scores = index.near(points(50)[7], 3)
    assert rows[0] == 7
    assert scores[0] == pytest.approx(1.0, abs=1e-5)
    assert list(scores) == sorted(scores, reverse=True)


def test_many_vectors_are_found_by_cells_with_high_recall(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(module, "EXACT_UP_TO", 500)
    many = points(2_000)
    index = VectorIndex.build(many)
    assert not index.exact
    assert recall(index, many) >= 0.98
    assert np.allclose(index.rows(np.array([3, 1_999])), many[[3, 1_999]])
    assert np.allclose(index.all(), many)
    index.save(tmp_path / "v")
    again = VectorIndex.load(tmp_path / "v")
    assert again.near(many[5], 5)[0].tolist() == index.near(many[5], 5)[0].tolist()
    assert np.allclose(again.rows(np.array([42])), many[[42]])


def test_cells_are_used_again_while_they_fit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "EXACT_UP_TO", 500)
    many = points(2_000)
    first = VectorIndex.build(many[:1_900])
    monkeypatch.setattr(module, "_learned_cells", lambda vectors: pytest.fail("learned again"))
    assert recall(VectorIndex.build(many, like=first), many) >= 0.98


def test_an_empty_index_finds_nothing():
    rows, scores = VectorIndex.build(points(0)).near(points(1)[0], 5)
    assert len(rows) == len(scores) == 0
