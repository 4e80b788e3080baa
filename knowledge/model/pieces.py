"""Word by word: how well each word of a question is met somewhere in a section.

Late interaction (ColBERT, arXiv 2004.12832) with the word pieces' vectors that the model makes on the way to a text's
own. Where a text's one vector says what it is about, these say whether it has what a question asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.model.reading import Reading, Vectors

Scores = npt.NDArray[np.float32]
# A row's largest component is this many of its steps.
STEPS = 127


@dataclass(frozen=True)
class Pieces:
    """Word pieces, kept small.

    `vectors` are int8 of shape (n, dimension), row i in steps of `steps[i]`; they may be a file, read where needed.
    `ids` are the pieces' numbers in the model's vocabulary.
    """

    vectors: npt.NDArray[np.int8]
    steps: npt.NDArray[np.float32]
    ids: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, rows: slice) -> Pieces:
        return Pieces(self.vectors[rows], self.steps[rows], self.ids[rows])

    def unpacked(self) -> Vectors:
        """The vectors as they were, but for rounding: float32 of shape (n, dimension)."""
        vectors: Vectors = self.vectors * self.steps[:, None]
        return vectors


def packed(reading: Reading) -> Pieces:
    """What is kept of a text's pieces."""
    steps = np.abs(reading.pieces).max(axis=1, initial=0.0).astype(np.float32) / STEPS
    vectors = np.rint(reading.pieces / np.maximum(steps, 1e-12)[:, None]).astype(np.int8)
    return Pieces(vectors, steps, reading.ids)


def joined(parts: Sequence[Pieces], dimension: int) -> Pieces:
    """Pieces one after another."""
    nothing = Pieces(np.zeros((0, dimension), np.int8), np.zeros(0, np.float32), np.zeros(0, np.int32))
    whole = [nothing, *parts]
    return Pieces(
        np.concatenate([part.vectors for part in whole]),
        np.concatenate([part.steps for part in whole]),
        np.concatenate([part.ids for part in whole]),
    )


def met(question: Vectors, weights: npt.NDArray[np.float32], texts: Sequence[Pieces]) -> Scores:
    """How well a question is met in each text, shape (texts,): its pieces' nearest in the text, averaged by weight.

    `question` holds its pieces' vectors, shape (n, dimension), and `weights` what each counts. A text without pieces,
    and any text for a question without, is met at 0.
    """
    scores = np.zeros(len(texts), dtype=np.float32)
    whole = float(weights.sum())
    held = [number for number, text in enumerate(texts) if len(text)]
    if not held or whole <= 0:
        return scores
    firsts = np.cumsum([0, *(len(texts[number]) for number in held[:-1])])
    steps = np.concatenate([texts[number].steps for number in held])
    near = np.concatenate([texts[number].vectors for number in held]).astype(np.float32) @ question.T
    best = np.maximum.reduceat(near * steps[:, None], firsts, axis=0)
    scores[held] = best @ weights / whole
    return scores
