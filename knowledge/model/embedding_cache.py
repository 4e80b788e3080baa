"""An embedder that keeps the vectors of the last texts: from one save to the next nearly all of them are the same."""

from __future__ import annotations

import threading
from typing import Final

import numpy as np

from knowledge.model.reading import Embedder, Reading, Vectors

MOST_TEXTS: Final = 20_000  # texts, some 30 MB of vectors


class EmbeddingCache:
    """Embeds a text once, whoever asks for it again; past `MOST_TEXTS` texts it forgets all and begins anew."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.checksum, self.dimension = embedder.name, embedder.checksum, embedder.dimension
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self._one_at_a_time = threading.Lock()

    def embed(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""
        if not texts:
            return self._embedder.embed([])
        with self._one_at_a_time:
            fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
            if len(self._known) + len(fresh) > MOST_TEXTS:
                self._known.clear()
                fresh = list(dict.fromkeys(texts))
            if fresh:
                self._known.update(zip(fresh, self._embedder.embed(fresh), strict=True))
            return np.stack([self._known[text] for text in texts])

    def read(self, texts: list[str]) -> list[Reading]:
        """Each text's vector with those of its word pieces; these are not kept."""
        return self._embedder.read(texts)
