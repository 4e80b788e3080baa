"""What a sentence model gives: vectors of texts and of their word pieces, and the protocol of whatever makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Reading:
    """One text as the model reads it, all from one pass. The marks that the model puts around a text stay out.

    `vector` is the text's own, what `embed` gives, shape (dimension,). `pieces` are its word pieces in their context,
    float32 of shape (n, dimension), each of length 1; `ids` their numbers in the model's vocabulary, shape (n,);
    `spans` where each stands in the text, shape (n, 2). What is beyond the model's window has no pieces.
    """

    vector: Vectors
    pieces: Vectors
    ids: Numbers
    spans: Numbers


class Embedder(Protocol):
    """Anything that makes unit vectors of texts. `name` and `checksum` say which model an index was made with."""

    name: str
    checksum: str
    dimension: int

    def embed(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""
        ...

    def read(self, texts: list[str]) -> list[Reading]:
        """Each text's vector with those of its word pieces."""
        ...
