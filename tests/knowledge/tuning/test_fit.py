from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from peft import PeftModel
from safetensors.numpy import load_file
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel
from typer.testing import CliRunner

from knowledge.model.embedder import packaged_folder
from knowledge.tuning import fit as command
from knowledge.tuning.batches import Batch, batches
from knowledge.tuning.fit import RANK, fit, lessons
from knowledge.tuning.loss import loss_of
from knowledge.tuning.shops import read_shops
from tests.knowledge.fakes import WordEmbedder

FILES = ["adapter_config.json", "adapter_model.safetensors"]


def quiet(what: str, done: int = 0, whole: int | None = None) -> None:
    """Tell nobody."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the packaged one's build and vocabulary, and a hundredth of its size."""
    folder = tmp_path_factory.mktemp("small")
    tokenizer = AutoTokenizer.from_pretrained(str(packaged_folder()))
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture
def every(shops: Path) -> list[Batch]:
    return batches(lessons(read_shops(shops), WordEmbedder(), frozenset(), quiet), random.Random(7)) * 4


def test_only_the_adapter_is_written_and_it_can_be_put_in(small: Path, every: list[Batch], tmp_path: Path):
    fit(every, small, tmp_path / "out", quiet)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
    config = json.loads((tmp_path / "out" / FILES[0]).read_text())
    weights = load_file(tmp_path / "out" / FILES[1])
    assert (config["r"], config["target_modules"]) == (RANK, ["dense", "key", "query", "value"])
    assert all("lora_" in name and weight.dtype == "float16" for name, weight in weights.items())
    PeftModel.from_pretrained(AutoModel.from_pretrained(small), str(tmp_path / "out")).merge_and_unload()


def test_equal_batches_give_equal_weights(small: Path, every: list[Batch], tmp_path: Path):
    for name in ("one", "other"):
        fit(every, small, tmp_path / name, quiet)
    one, other = (load_file(tmp_path / name / FILES[1]) for name in ("one", "other"))
    assert all(abs(one[name].astype(float) - other[name]).max() < 1e-3 for name in one)
    assert any(weight.any() for name, weight in one.items() if "lora_B" in name)
    assert (tmp_path / "one" / FILES[0]).read_bytes() == (tmp_path / "other" / FILES[0]).read_bytes()


def test_the_fitted_model_tells_its_messages_better(small: Path, every: list[Batch], tmp_path: Path):
    fit(every * 8, small, tmp_path / "out", quiet)
    reader = command.Reader(small)
    before = sum(loss_of(reader.read(one.messages), reader.read(one.texts), one).item() for one in every)
    reader.model = PeftModel.from_pretrained(AutoModel.from_pretrained(small), str(tmp_path / "out"))
    after = sum(loss_of(reader.read(one.messages), reader.read(one.texts), one).item() for one in every)
    assert after < before


@pytest.mark.parametrize("part", [["--leave-out", "east"], ["--limit", "1"]])
def test_a_fit_to_a_part_does_not_take_the_place_of_what_ships(shops: Path, part: list[str]):
    app = command.typer.Typer()
    app.command()(command.main)
    done = CliRunner().invoke(app, ["--shops", str(shops), *part])
    assert done.exit_code == 2
    assert "--out" in done.output
