"""The model as a graph for ONNX Runtime: drawn once from the sentence-transformers model, then read without torch.

It computes what the model computes, to the last digits but one, in a third of the time.
"""

from __future__ import annotations

import logging
import shutil
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from knowledge.errors import ModelError
from knowledge.model.reading import Reading, Vectors

if TYPE_CHECKING:
    from tokenizers import Encoding

# Raised whenever older graphs would give something else.
FORMAT = 1
GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
# Texts go through together up to this many word pieces, padding included: more is slower, and takes memory.
MOST_PIECES = 512
# How alike the graph's vectors and the model's must be.
ALIKE = 0.9999
_TRIED = ("Where is my order?", "", "A longer text, with a few more words and 1,234 numbers in it. " * 8)


class Graph:
    """A graph and its tokenizer, open. Raises `ModelError` when they cannot be read."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Threads that wait must not keep a core busy meanwhile.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:
            raise ModelError(
                f"The graph at {folder} cannot be read ({error}). Remove that folder: the next start draws it again."
            ) from error
        self.dimension = int(self._session.get_outputs()[0].shape[1])

    def embed(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for numbers, encodings in self._batches(texts):
            vectors[numbers] = self._session.run(["vectors"], _inputs(encodings))[0]
        return vectors

    def read(self, texts: list[str]) -> list[Reading]:
        """Each text's vector with those of its word pieces."""
        readings: dict[int, Reading] = {}
        for numbers, encodings in self._batches(texts):
            vectors, pieces = self._session.run(["vectors", "pieces"], _inputs(encodings))
            for row, (number, encoding) in enumerate(zip(numbers, encodings, strict=True)):
                readings[number] = _reading(vectors[row], pieces[row], encoding)
        return [readings[number] for number in range(len(texts))]

    def _batches(self, texts: list[str]) -> Iterator[tuple[list[int], list[Encoding]]]:
        """Texts of about equal length together, each batch with the texts' numbers."""
        encodings = [self._tokenizer.encode(text) for text in texts]
        batch: list[int] = []
        for number in sorted(range(len(texts)), key=lambda number: len(encodings[number].ids)):
            if batch and (len(batch) + 1) * len(encodings[number].ids) > MOST_PIECES:
                yield batch, [encodings[one] for one in batch]
                batch = []
            batch.append(number)
        if batch:
            yield batch, [encodings[one] for one in batch]


def draw(source: str, folder: Path, adapter: Path | None = None) -> None:
    """Write the graph of a sentence-transformers model, with an adapter's changes, to a folder, whole or not at all.

    Takes some ten seconds. Raises `ModelError` when the model cannot be loaded, or the graph gives other vectors.
    """
    model = load(source, adapter)
    passing = folder.with_name(f".{folder.name}-{uuid.uuid4().hex[:8]}")
    try:
        passing.mkdir(parents=True)
        _export(model, passing / GRAPH)
        tokenizer = model.tokenizer.backend_tokenizer
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=model.max_seq_length)
        tokenizer.save(str(passing / TOKENIZER))
        _compare(model, Graph(passing, 1), source)
        if not folder.exists():
            passing.rename(folder)
    except OSError as error:
        raise ModelError(
            f"The model's graph cannot be written to {folder.parent} ({error.strerror}). "
            "Set CORNERDESK_GRAPHS to a folder that can be."
        ) from error
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def load(source: str, adapter: Path | None) -> Any:
    """The sentence-transformers model, with an adapter's changes; raises `ModelError` when it cannot be loaded."""
    from peft import PeftModel
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as chatter

    chatter.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(source, device="cpu")
        if adapter is not None:
            adapted = PeftModel.from_pretrained(model[0].auto_model, str(adapter))
            model[0].auto_model = adapted.merge_and_unload()
        return model.eval()
    except Exception as error:
        raise ModelError(
            f"The model {source} cannot be loaded ({error}). Set CORNERDESK_MODEL to a folder that holds one."
        ) from error


def _export(model: Any, file: Path) -> None:
    import torch
    from torch.nn.functional import normalize

    class Whole(torch.nn.Module):
        """From word pieces to what `Reading` holds, pooling and lengths included."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            found = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return normalize(found["sentence_embedding"], dim=1), normalize(found["token_embeddings"], dim=2)

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
    shape = {0: torch.export.Dim("texts"), 1: torch.export.Dim("pieces", max=model.max_seq_length)}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(),
            (mask * 5, mask),
            str(file),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors", "pieces"],
            dynamic_shapes={"input_ids": shape, "attention_mask": shape},
            external_data=False,
            verbose=False,
        )


def _compare(model: Any, graph: Graph, source: str) -> None:
    wanted = model.encode(list(_TRIED), normalize_embeddings=True, show_progress_bar=False)
    alike = float((graph.embed(list(_TRIED)) * wanted).sum(axis=1).min())
    if alike < ALIKE:
        raise ModelError(
            f"The graph of {source} gives other vectors than the model ({alike:.4f} alike). Choose another model."
        )


def _inputs(encodings: list[Encoding]) -> dict[str, npt.NDArray[np.int64]]:
    longest = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _reading(vector: Vectors, pieces: Vectors, encoding: Encoding) -> Reading:
    own = np.flatnonzero(np.array(encoding.special_tokens_mask) == 0)
    ids = np.array(encoding.ids, dtype=np.int32)
    spans = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    return Reading(vector, pieces[own], ids[own], spans[own])
