"""A stand-in for the model: deterministic vectors of hashed words, so that texts with equal words are near."""

from __future__ import annotations

import re
import zlib

import numpy as np

from knowledge.model.reading import Reading, Vectors
from knowledge.text.lexical import terms

DIMENSION = 64


class WordEmbedder:
    """Each word has a fixed place in the vector; counts what it was asked to embed."""

    name = "words"
    checksum = "words-1"
    dimension = DIMENSION

    def __init__(self, checksum: str = "words-1") -> None:
        self.checksum = checksum
        self.embedded: list[str] = []

    def embed(self, texts: list[str]) -> Vectors:
        self.embedded.extend(texts)
        vectors = np.full((len(texts), DIMENSION), 0.01, dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                vectors[row, zlib.crc32(term.encode()) % DIMENSION] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def read(self, texts: list[str]) -> list[Reading]:
        return [_reading(text, vector) for text, vector in zip(texts, self.embed(texts), strict=True)]


def _reading(text: str, vector: Vectors) -> Reading:
    """Each word is one piece, wherever it stands; stop words lie near nothing."""
    found = list(re.finditer(r"\w+", text))
    pieces = np.full((len(found), DIMENSION), 0.01, dtype=np.float32)
    for row, word in enumerate(found):
        for term in terms(word.group()):
            pieces[row, zlib.crc32(term.encode()) % DIMENSION] += 1.0
    ids = np.array([zlib.crc32(word.group().lower().encode()) % 30_000 for word in found], dtype=np.int32)
    spans = np.array([word.span() for word in found], dtype=np.int32).reshape(-1, 2)
    return Reading(vector, pieces / np.linalg.norm(pieces, axis=1, keepdims=True), ids, spans)


REFUNDS = """---
title: Refunds
url: /help/refunds
category: refunds
updated: 2026-05-01
asked_as:
  When the money comes back:
    - where is my cash
---

How sending back works.

## When the money comes back

Within 5 working days of arrival. The bank may need longer.

## What cannot be sent back

Gas canisters cannot travel back.
"""

TENT = """---
title: Heron tent
url: /products/heron
category: products
updated: 2026-04-01
sku: FF-TNT-2P
---

## Weight

The tent weighs 1.9 kg.

## Washing

Wash the tent by hand in cold water.
"""
