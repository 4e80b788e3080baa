"""The vectors of an index, in FAISS: compared one by one while they are few, by a graph when they are many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.embedder import Vectors
from knowledge.errors import IndexUnusableError

# Up to here comparing with every vector is quick enough, and exact.
EXACT_UP_TO = 8_000
GRAPH_LINKS = 32
GRAPH_BUILD_EFFORT = 120
GRAPH_SEARCH_EFFORT = 160

Ids = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


class VectorIndex:
    """Unit vectors by row number; nearness is the inner product."""

    def __init__(self, index: Any, matrix: Vectors | None = None) -> None:
        self._index = index
        self.size: int = index.ntotal
        self.dimension: int = index.d
        self.exact = isinstance(index, faiss.IndexFlat)
        self._matrix = matrix if matrix is not None else _matrix(index)

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """An index over vectors of shape (n, dimension), of a kind that fits their number."""
        dimension = vectors.shape[1]
        if len(vectors) <= EXACT_UP_TO:
            index: Any = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, GRAPH_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = GRAPH_BUILD_EFFORT
            index.hnsw.efSearch = GRAPH_SEARCH_EFFORT
        index.add(vectors)
        return cls(index, vectors)

    def near(self, query: Vectors, count: int) -> tuple[Ids, Scores]:
        """The `count` nearest rows to one query vector, nearest first, and their inner products."""
        count = min(count, self.size)
        if count == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self.exact:
            scores = self._matrix @ query
            rows = np.argpartition(-scores, count - 1)[:count] if count < self.size else np.arange(self.size)
            rows = rows[np.argsort(-scores[rows], kind="stable")]
            return rows.astype(np.int64), scores[rows]
        scores, rows = self._index.search(query[None, :], count)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def rows(self, ids: Ids) -> Vectors:
        """The vectors of some rows, shape (len(ids), dimension)."""
        return self._matrix[ids]

    def all(self) -> Vectors:
        """Every vector, shape (size, dimension)."""
        return self._matrix

    def save(self, path: Path) -> None:
        """Write to one file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read what `save` wrote; raises `IndexUnusableError` when the file is missing or damaged."""
        try:
            return cls(faiss.read_index(str(path)))
        except (RuntimeError, OSError) as error:
            raise IndexUnusableError(f"The vectors at {path} cannot be read. Run: knowledge build.") from error


def _matrix(index: Any) -> Vectors:
    """A view of the index's own storage, without a copy."""
    storage: Any = faiss.downcast_index(index.storage) if isinstance(index, faiss.IndexHNSW) else index
    flat = faiss.rev_swig_ptr(storage.get_xb(), index.ntotal * index.d) if index.ntotal else np.zeros(0, np.float32)
    matrix: Vectors = flat.reshape(index.ntotal, index.d)
    return matrix
