"""How the vector search grows: 1,000 to 1,000,000 passages.

    python -m benchmarks.search_scale [--sizes 1000 10000 100000 1000000] [--json]

Vectors are synthetic, also at the small sizes: sections in pages in subjects, as alike as a shop's sentences are, with
questions .7 alike to some of them; embedding is not part of it. Recall is against comparing with every vector.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import faiss
import numpy as np
from rich.console import Console
from rich.table import Table

from knowledge.model.vectors import VectorIndex

DIMENSION = 384
QUESTIONS = 200
NEAREST = 10
SIZES = (1_000, 10_000, 100_000, 1_000_000)
# How alike two texts are that share nothing but the shop, a subject, a page, a section: what is left is a text's own.
# The demo shop's 2,000 sentences as the model embeds them: .09, .15, .25, .57; a thousand times as many say more twice.
ALIKE = {"shop": 0.10, "subject": 0.25, "page": 0.45, "section": 0.65}
TEXTS_IN = {"shop": 10_000_000, "subject": 5_000, "page": 100, "section": 10}
# How alike a question is to the text that it is made near to; the demo shop's questions and their nearest: .58.
QUESTION_ALIKE = 0.7
CHUNK = 50_000


def spectrum() -> np.ndarray:
    """How far vectors reach in each direction: a few matter much, most little, as in embeddings of text."""
    reach = (10.0 + np.arange(DIMENSION, dtype=np.float32)) ** -0.35
    return reach / np.linalg.norm(reach)


def synthetic(count: int, seed: int) -> np.ndarray:
    """Unit vectors, shape (count, DIMENSION): texts in sections, in pages, in subjects, in one shop."""
    random = np.random.default_rng(seed)
    reach, vectors = spectrum(), np.zeros((count, DIMENSION), dtype=np.float32)
    shuffled, shared = random.permutation(count), 0.0
    for level, alike in ALIKE.items():
        centres = reach * random.standard_normal((count // TEXTS_IN[level] + 1, DIMENSION), dtype=np.float32)
        centres *= np.sqrt(alike - shared)
        shared = alike
        for begin in range(0, count, CHUNK):
            vectors[begin : begin + CHUNK] += centres[shuffled[begin : begin + CHUNK] // TEXTS_IN[level]]
    for begin in range(0, count, CHUNK):
        chunk = vectors[begin : begin + CHUNK]
        chunk += np.sqrt(1 - shared) * reach * random.standard_normal(chunk.shape, dtype=np.float32)
        chunk /= np.linalg.norm(chunk, axis=1, keepdims=True)
    return vectors


def questions_near(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Unit vectors near randomly chosen ones, shape (QUESTIONS, DIMENSION)."""
    random = np.random.default_rng(seed)
    chosen = vectors[random.integers(0, len(vectors), QUESTIONS)]
    aside = spectrum() * random.standard_normal(chosen.shape, dtype=np.float32)
    moved = QUESTION_ALIKE * chosen + np.sqrt(1 - QUESTION_ALIKE**2) * aside
    return (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)


def rss_mb() -> float:
    """This process's resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(count: int) -> dict[str, float]:
    """Build, save, open and search one index of `count` vectors."""
    vectors = synthetic(count, seed=count)
    questions = questions_near(vectors, seed=1)
    exact = faiss.IndexFlatIP(DIMENSION)
    exact.add(vectors)
    _, wanted = exact.search(questions, NEAREST)
    del exact
    began = time.perf_counter()
    index = VectorIndex.build(vectors)
    build_s = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.faiss"
        index.save(path)
        disk_mb = path.stat().st_size / 1e6
    del vectors
    took, hits = [], 0
    for question, rows in zip(questions, wanted, strict=True):
        began = time.perf_counter()
        found, _ = index.near(question, NEAREST)
        took.append((time.perf_counter() - began) * 1e3)
        hits += len(set(found.tolist()) & set(rows.tolist()))
    return {
        "passages": count,
        "build_s": round(build_s, 3),
        "rss_mb": round(rss_mb(), 1),
        "disk_mb": round(disk_mb, 1),
        "p50_ms": round(float(np.percentile(took, 50)), 3),
        "p95_ms": round(float(np.percentile(took, 95)), 3),
        "recall10": round(hits / (NEAREST * QUESTIONS), 4),
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = [measure(size) for size in sorted(given.sizes)]
    table = Table(title="Vector search by size (synthetic vectors, embedding not counted)")
    for name in rows[0]:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*(f"{value:,}" for value in row.values()))
    Console().print(table)
    if given.json:
        print(json.dumps(rows))


if __name__ == "__main__":
    main()
