"""The vectors of an index, in FAISS: compared one by one while they are few, by neighbourhoods when they are many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.errors import IndexUnusableError
from knowledge.model.reading import Vectors

# Up to here comparing with every vector is quick enough, and exact.
EXACT_UP_TO = 6_000
MOST_CELLS = 4_096
LEARNING_ROUNDS = 6
LEARNED_FROM_PER_CELL = 32
# The search looks into as many cells as it takes to find this share of the true ten nearest, measured at the build.
RECALL = 0.99
TRIED_QUESTIONS = 100
NEAREST = 10

Ids = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


class VectorIndex:
    """Unit vectors by row number; nearness is the inner product."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.size: int = index.ntotal
        self.dimension: int = index.d
        self.exact = isinstance(index, faiss.IndexFlat)
        self._matrix = _matrix(index) if self.exact else None

    @classmethod
    def build(cls, vectors: Vectors, like: VectorIndex | None = None) -> VectorIndex:
        """An index over vectors of shape (n, dimension), of a kind that fits their number.

        `like` is the index before this one: its cells are used again when they still fit, and as many are looked into.
        """
        count, dimension = vectors.shape
        if count <= EXACT_UP_TO:
            flat: Any = faiss.IndexFlatIP(dimension)
            flat.add(vectors)
            return cls(flat)
        kept = _cells_of(like, count, dimension)
        cells = kept or _learned_cells(vectors)
        index: Any = faiss.IndexIVFFlat(cells, dimension, cells.ntotal, faiss.METRIC_INNER_PRODUCT)
        index.own_fields, index.is_trained = False, True
        index.add(vectors)
        built = cls(_kept(index))
        if like is not None and kept is not None:
            index.nprobe = like._index.nprobe
        else:
            built._look_far_enough(vectors)
        return built

    def near(self, query: Vectors, count: int) -> tuple[Ids, Scores]:
        """The `count` nearest rows to one query vector, nearest first, and their inner products."""
        count = min(count, self.size)
        if count == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._matrix is not None:
            scores = self._matrix @ query
            rows = np.argpartition(-scores, count - 1)[:count] if count < self.size else np.arange(self.size)
            rows = rows[np.argsort(-scores[rows], kind="stable")]
            return rows.astype(np.int64), scores[rows]
        scores, rows = self._index.search(query[None, :], count)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def rows(self, ids: Ids) -> Vectors:
        """The vectors of some rows, shape (len(ids), dimension)."""
        if self._matrix is not None:
            return self._matrix[ids]
        if not len(ids):
            return np.zeros((0, self.dimension), np.float32)
        vectors: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(ids, dtype=np.int64))
        return vectors

    def all(self) -> Vectors:
        """Every vector, shape (size, dimension)."""
        if self._matrix is not None:
            return self._matrix
        vectors: Vectors = self._index.reconstruct_n(0, self.size)
        return vectors

    def save(self, path: Path) -> None:
        """Write to one file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read what `save` wrote; raises `IndexUnusableError` when the file is missing or damaged."""
        try:
            index = faiss.read_index(str(path))
        except (RuntimeError, OSError) as error:
            raise IndexUnusableError(f"The vectors at {path} cannot be read. Run: knowledge build.") from error
        return cls(index if isinstance(index, faiss.IndexFlat) else _kept(index))

    def _look_far_enough(self, vectors: Vectors) -> None:
        """Set how many cells a search looks into, so that it finds the share RECALL of what comparing all would."""
        tried = _tried(vectors)
        exact = faiss.IndexFlatIP(self.dimension)
        exact.add(vectors)
        _, wanted = exact.search(tried, NEAREST)
        looked = 4
        while looked < self._index.nlist:
            self._index.nprobe = looked
            _, found = self._index.search(tried, NEAREST)
            hits = sum(len(set(a) & set(b)) for a, b in zip(found.tolist(), wanted.tolist(), strict=True))
            if hits >= RECALL * wanted.size:
                break
            looked *= 2


def _tried(vectors: Vectors) -> Vectors:
    """Made-up questions: each about .7 alike to one vector, and moved from it the way that vectors differ."""
    one, other, third = np.random.default_rng(0).integers(0, len(vectors), (3, TRIED_QUESTIONS))
    aside = vectors[other] - vectors[third]
    aside /= np.linalg.norm(aside, axis=1, keepdims=True) + 1e-9
    tried: Vectors = vectors[one] + aside
    return tried


def _learned_cells(vectors: Vectors) -> Any:
    """Neighbourhood centres learned from a sample, as a FAISS index of them."""
    count, dimension = vectors.shape
    cells = min(MOST_CELLS, int(4 * np.sqrt(count)))
    sample = np.random.default_rng(0).choice(count, min(count, cells * LEARNED_FROM_PER_CELL), replace=False)
    learner = faiss.Kmeans(dimension, cells, niter=LEARNING_ROUNDS, spherical=True, seed=1, min_points_per_centroid=1)
    learner.train(vectors[np.sort(sample)])
    index = faiss.IndexFlatIP(dimension)
    index.add(np.ascontiguousarray(learner.centroids, dtype=np.float32))
    return index


def _cells_of(like: VectorIndex | None, count: int, dimension: int) -> Any:
    """The cells of the index before, when there are about as many vectors as there were."""
    if like is None or like.exact or like.dimension != dimension or not 0.5 <= count / like.size <= 2.0:
        return None
    return faiss.clone_index(faiss.downcast_index(like._index.quantizer))


def _kept(index: Any) -> Any:
    """The index, able to give back its vectors by row number."""
    index.make_direct_map()
    return index


def _matrix(index: Any) -> Vectors:
    """A view of a flat index's own storage, without a copy."""
    flat = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d) if index.ntotal else np.zeros(0, np.float32)
    matrix: Vectors = flat.reshape(index.ntotal, index.d)
    return matrix
