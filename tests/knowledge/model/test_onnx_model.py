from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.errors import ModelError
from knowledge.model import onnx_model
from knowledge.model.embedder import ADAPTER, GRAPHS, ModelEmbedder, packaged_folder


@pytest.fixture
def drawn(tmp_path: Path, model: ModelEmbedder) -> Path:
    """A copy of the packaged model's graph."""
    source = next(GRAPHS.glob(f"{onnx_model.FORMAT}-{model.checksum[:16]}"))
    return Path(shutil.copytree(source, tmp_path / source.name))


def test_a_graph_is_drawn_once_and_then_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    drawn: list[Path] = []
    draw = onnx_model.draw

    def counting(source: str, folder: Path, adapter: Path | None) -> None:
        drawn.append(folder)
        draw(source, folder, adapter)

    monkeypatch.setattr(onnx_model, "draw", counting)
    first, second = (ModelEmbedder(graphs=tmp_path / "graphs") for _ in range(2))
    assert len(drawn) == 1 and [file.name for file in (tmp_path / "graphs").iterdir()] == [drawn[0].name]
    assert first.embed(["tent"]).tolist() == second.embed(["tent"]).tolist()


def test_it_gives_what_the_model_gives(model: ModelEmbedder):
    texts = ["Where is my order?", "", "tent " * 400, "Größe 42 — naïve café 你好"]
    wanted = onnx_model.load(str(packaged_folder()), ADAPTER).encode(texts, normalize_embeddings=True)
    assert float((model.embed(texts) * wanted).sum(axis=1).min()) > onnx_model.ALIKE


def test_the_adapter_changes_what_the_model_gives(model: ModelEmbedder):
    texts = ["my dad was in the navy, anything off for him?", "Discounts: Armed forces"]
    plain = onnx_model.load(str(packaged_folder()), None).encode(texts, normalize_embeddings=True)
    adapted = model.embed(texts)
    assert float(adapted[0] @ adapted[1]) > float(plain[0] @ plain[1]) + 0.05


def test_a_missing_adapter_is_named(tmp_path: Path):
    with pytest.raises(ModelError, match=r"adapter_config\.json is missing"):
        ModelEmbedder(graphs=tmp_path, adapter=tmp_path)


def test_many_texts_go_through_in_batches_and_come_back_in_order(model: ModelEmbedder):
    texts = ["word " * (1 + number * 7 % 60) for number in range(150)]
    vectors = model.embed(texts)
    for number in (0, 77, 149):
        assert float(vectors[number] @ model.embed([texts[number]])[0]) > onnx_model.ALIKE


def test_a_damaged_graph_is_refused_with_the_remedy(tmp_path: Path, drawn: Path):
    (drawn / onnx_model.GRAPH).write_bytes((drawn / onnx_model.GRAPH).read_bytes()[:1_000_000])
    with pytest.raises(ModelError, match="Remove that folder"):
        ModelEmbedder(graphs=tmp_path)


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(onnx_model, "load", lambda source, adapter: None)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="CORNERDESK_GRAPHS"):
        ModelEmbedder(graphs=tmp_path / "file" / "graphs")


def test_a_graph_that_gives_other_vectors_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(onnx_model, "ALIKE", 1.1)
    with pytest.raises(ModelError, match="other vectors"):
        ModelEmbedder(graphs=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ModelError, match="CORNERDESK_MODEL"):
        ModelEmbedder(str(tmp_path / "none"), graphs=tmp_path)
