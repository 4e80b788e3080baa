"""Fits the adapter: `python -m knowledge.tuning.fit [--shops DIR] [--leave-out a,b] [--out DIR] [--limit BATCHES]`.

Low-rank changes to the packaged model's layers (LoRA, arXiv 2106.09685), so that a message comes nearer to the sections
that answer it than to the others of its shop. First the search as it is without the adapter says which wrong sections
look right (some four minutes for the shops that ship, on two cores with nothing else to do), then the fit goes
through all messages once (some six). Equal shops give equal weights, but for the last digits.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from knowledge.errors import ModelError
from knowledge.model.embedder import ADAPTER, ModelEmbedder, packaged_folder, whole_words
from knowledge.model.reading import Embedder
from knowledge.terminal import ShowProgress, progress, stopping
from knowledge.tuning.batches import Batch, Lessons, batches, lessons_of
from knowledge.tuning.loss import Read, loss_of
from knowledge.tuning.shops import SHOPS, Shop, read_shops
from knowledge.tuning.trial import trials_of

BASE: Final = "sentence-transformers/all-MiniLM-L6-v2"
RANK: Final = 16
ALPHA: Final = 16
# The attention's four layers and the feed-forward's two.
LAYERS: Final = ["query", "key", "value", "dense"]
# Texts are read up to here while fitting.
MOST_PIECES: Final = 80
LEARNING_RATE: Final = 1e-3
WARM_UP: Final = 20
LONGEST_STEP: Final = 1.0
SEED: Final = 7


def lessons(shops: Sequence[Shop], embedder: Embedder, real_words: frozenset[str], tell: ShowProgress) -> list[Lessons]:
    """What each shop teaches, with the wrong sections that this embedder's search ranks high."""
    found = []
    for number, shop in enumerate(shops):
        tell(f"Asking the search: {shop.name}", number, len(shops))
        found.append(lessons_of(shop, trials_of(shop, embedder, real_words)))
    return found


def fit(every: Sequence[Batch], source: Path, out: Path, tell: ShowProgress) -> None:
    """Fit an adapter for the BERT model in `source` to batches, one step each, and write it to the folder `out`."""
    import torch

    torch.manual_seed(SEED)
    reader = Reader(source)
    weights = [weight for weight in reader.model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=LEARNING_RATE, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * (1 - step / len(every))
    )
    for number, batch in enumerate(every):
        tell("Fitting", number, len(every))
        loss_of(reader.read(batch.messages), reader.read(batch.texts), batch).backward()
        torch.nn.utils.clip_grad_norm_(weights, LONGEST_STEP)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
    reader.save(out)


class Reader:
    """The model with an adapter that can be fitted."""

    def __init__(self, source: Path) -> None:
        from peft import LoraConfig, get_peft_model
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging as chatter

        chatter.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._tokenizer: Any = AutoTokenizer.from_pretrained(str(source))
        config = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=LAYERS, lora_dropout=0.0)
        # The bare model: put into a sentence-transformers one, the adapter can only be saved with the whole model.
        self.model: Any = get_peft_model(AutoModel.from_pretrained(str(source)), config).train()

    def read(self, texts: Sequence[str]) -> Read:
        """Read texts in one pass, in bfloat16 where the processor can."""
        import torch
        from torch.nn.functional import normalize

        given = self._tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=MOST_PIECES,
            return_tensors="pt",
            return_special_tokens_mask=True,
        )
        mask = given["attention_mask"]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_has_bfloat16()):
            pieces = self.model(input_ids=given["input_ids"], attention_mask=mask).last_hidden_state
        pieces = pieces.float()
        spread = mask.unsqueeze(2).float()
        vectors = normalize((pieces * spread).sum(1) / spread.sum(1), dim=1)
        return Read(vectors, normalize(pieces, dim=2), given["special_tokens_mask"] == 0)

    def save(self, out: Path) -> None:
        """Write the adapter alone, in half precision, in the form of the library peft."""
        self.model.peft_config["default"].base_model_name_or_path = BASE
        self.model.half().save_pretrained(str(out), save_embedding_layers=False)
        # The model card stands beside the data.
        (out / "README.md").unlink(missing_ok=True)
        # The library writes the layers in any order, and the file counts in the model's checksum.
        file = out / "adapter_config.json"
        config = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps({**config, "target_modules": sorted(config["target_modules"])}, indent=2), "utf-8")


def _has_bfloat16() -> bool:
    import torch

    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def main(
    shops: Annotated[Path, typer.Option(help="Folder of shops.")] = SHOPS,
    leave_out: Annotated[str, typer.Option(help="Shops to hold out, by name, with commas between.")] = "",
    out: Annotated[Path | None, typer.Option(help="Where it is written; by default over the one used.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many batches, to see that it works.")] = None,
) -> None:
    """Fit the adapter again."""
    with stopping(as_json=False):
        folder = out or ADAPTER
        if out is None and (leave_out or limit):
            raise ModelError("A fit to a part is not what ships. Say with --out where it is to be written.")
        chosen = read_shops(shops, leave_out=[name for name in leave_out.split(",") if name])
        with progress() as tell:
            before = ModelEmbedder(adapter=None, threads=2)
            taught = lessons(chosen, before, whole_words(packaged_folder()), tell)
            every = batches(taught, random.Random(SEED))  # noqa: S311 - no secret hangs on it
            fit(every[:limit], packaged_folder(), folder, tell)
    typer.echo(f"{len(every[:limit])} batches of {len(chosen)} shops. Written to {folder}: build the indexes again.")


if __name__ == "__main__":
    typer.run(main)
