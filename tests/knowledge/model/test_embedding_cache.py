from __future__ import annotations

import numpy as np
import pytest

from knowledge.model import embedding_cache
from knowledge.model.embedding_cache import EmbeddingCache
from tests.knowledge.fakes import WordEmbedder


def test_a_text_is_embedded_once(embedder: WordEmbedder):
    kept = EmbeddingCache(embedder)
    first = kept.embed(["tent", "mat", "tent"])
    again = kept.embed(["mat", "stove"])
    assert embedder.embedded == ["tent", "mat", "stove"]
    assert np.array_equal(first[1], again[0]) and np.array_equal(first[0], first[2])
    assert kept.embed([]).shape == (0, embedder.dimension)


def test_what_it_keeps_has_a_bound(embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(embedding_cache, "MOST_TEXTS", 3)
    kept = EmbeddingCache(embedder)
    kept.embed(["a1", "b1", "c1"])
    assert np.array_equal(kept.embed(["d1", "a1"]), embedder.embed(["d1", "a1"]))
    assert embedder.embedded == ["a1", "b1", "c1", "d1", "a1", "d1", "a1"]


def test_readings_pass_through(embedder: WordEmbedder):
    assert EmbeddingCache(embedder).read(["send it"])[0].spans.tolist() == [[0, 4], [5, 7]]
