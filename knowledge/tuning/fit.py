"""Fits the adapter: `python -m knowledge.tuning.fit`.

Low-rank changes to the packaged model's layers (LoRA, arXiv 2106.09685), so that a question comes nearer to the
section that answers it than to the other sections of the same shop: a softmax over the texts of one batch, one shop and
one kind of text a batch. Takes some ten minutes on two cores. Equal data give equal weights, but for the last digits.

Only a share of the change is kept (interpolation of weights, arXiv 2109.01903): the whole finds more of what is asked
the way it was fitted on, and less of short plain questions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from knowledge.index.evidence import Kind
from knowledge.model.embedder import ADAPTER, packaged_folder
from knowledge.terminal import progress
from knowledge.tuning.shops import SHOPS, Pair, Shop, read_shops

BASE: Final = "sentence-transformers/all-MiniLM-L6-v2"
RANK: Final = 8
# The attention's four layers and the feed-forward's two.
LAYERS: Final = ["query", "key", "value", "dense"]
KINDS: Final = (Kind.PASSAGE, Kind.HEADING)
TRAINED_ALPHA: Final = 16
KEPT_ALPHA: Final = 6
EPOCHS: Final = 1
# Texts are read up to here while fitting.
MOST_PIECES: Final = 48
# Sections of one shop that are told apart at a time.
BATCH: Final = 16
LEARNING_RATE: Final = 1e-3
WARM_UP: Final = 20
# How sharply nearness becomes probability: the inverse of the softmax's temperature.
SHARPNESS: Final = 20.0
SEED: Final = 7

Batch = list[Pair]


def batches(shops: list[Shop], chance: random.Random) -> list[Batch]:
    """All questions of all shops once for each kind of text, in batches in which no section stands twice."""
    found = [batch for shop in shops for kind in KINDS for batch in _of_shop(shop, kind, chance)]
    chance.shuffle(found)
    return found


def _of_shop(shop: Shop, kind: Kind, chance: random.Random) -> Iterator[Batch]:
    texts = [section.ways(kind) for section in shop.sections]
    left = [chance.sample(section.questions, len(section.questions)) for section in shop.sections]
    while open_ := [number for number, questions in enumerate(left) if questions]:
        chosen = chance.sample(open_, min(BATCH, len(open_)))
        yield [Pair(left[number].pop(), chance.choice(texts[number])) for number in chosen]


def fit(shops: list[Shop], source: Path, out: Path) -> None:
    """Fit an adapter for the model in `source` to the shops' questions and write it to the folder `out`."""
    import torch
    from peft import LoraConfig, get_peft_model
    from sentence_transformers import SentenceTransformer

    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    model = SentenceTransformer(str(source), device="cpu")
    model.max_seq_length = MOST_PIECES
    config = LoraConfig(r=RANK, lora_alpha=TRAINED_ALPHA, target_modules=LAYERS, lora_dropout=0.0)
    adapted = get_peft_model(model[0].auto_model, config)
    model[0].auto_model = adapted
    _descend(model, [batch for _ in range(EPOCHS) for batch in batches(shops, chance)])
    config.lora_alpha, config.base_model_name_or_path = KEPT_ALPHA, BASE
    adapted.half().save_pretrained(str(out))
    # The model card stands beside the data.
    (out / "README.md").unlink(missing_ok=True)


def _descend(model: Any, every: list[Batch]) -> None:
    import torch

    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * (1 - step / len(every))
    )
    with progress() as show:
        for number, batch in enumerate(every):
            _loss(model, batch).backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            show("Fitting", number + 1, len(every))


def _loss(model: Any, batch: Batch) -> Any:
    import torch
    from torch.nn.functional import cross_entropy

    near = _vectors(model, [pair.question for pair in batch]) @ _vectors(model, [pair.text for pair in batch]).T
    return cross_entropy(SHARPNESS * near, torch.arange(len(batch)))


def _vectors(model: Any, texts: list[str]) -> Any:
    from torch.nn.functional import normalize

    return normalize(model(model.preprocess(texts))["sentence_embedding"], dim=1)


def main(
    shops: Annotated[Path, typer.Option(help="Folder of invented shops, *.yaml.")] = SHOPS,
    out: Annotated[Path, typer.Option(help="Where the adapter is written.")] = ADAPTER,
) -> None:
    """Fit the adapter again."""
    fit(read_shops(shops), packaged_folder(), out)
    typer.echo(f"Written to {out}. Build the indexes again: knowledge build.")


if __name__ == "__main__":
    typer.run(main)
