"""What the order's weights and the signs of sureness give on shops that were left out of a fit, and what others would.

    python -m knowledge.tuning.order --leave-out toys,wine [--adapter DIR] [--weight here=5] [--attached]

The shops, in the order given, are two halves by turns: weights and signs are chosen on one and tried on the other, and
the other way round. Prints tables and writes nothing. Give the adapter that `knowledge.tuning.fit --leave-out` made
without these same shops: the one that ships has read them all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table

from knowledge.errors import ModelError
from knowledge.index.ranking import ANSWER_FROM, WEIGHTS, Calibration
from knowledge.model.embedder import ADAPTER, ModelEmbedder, packaged_folder, whole_words
from knowledge.model.reading import Embedder
from knowledge.terminal import ShowProgress, out, progress, stopping
from knowledge.tuning.shops import SHOPS, Shop, read_shops
from knowledge.tuning.sureness import Told, bins, fitted, threshold, told
from knowledge.tuning.trial import Trial, trials_of
from knowledge.tuning.weights import figures, searched

THRESHOLDS: Final = (0.7, 0.75, 0.8, ANSWER_FROM, 0.85, 0.9)
SEED: Final = 1

Halves = tuple[list[Trial], list[Trial]]


def halves_of(
    shops: Sequence[Shop], embedder: Embedder, real_words: frozenset[str], tell: ShowProgress, attached: bool = False
) -> Halves:
    """The trials of every other shop, and those of the rest."""
    found: Halves = [], []
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    for number, shop in enumerate(shops):
        tell(f"Asking the search: {shop.name}", number, len(shops))
        found[number % 2].extend(trials_of(shop, embedder, real_words, chance, attached))
    return found


def report(halves: Halves, weights: dict[str, float]) -> None:
    """Print what these weights give, what a search on either half gives on the other, and the same of the signs."""
    _show_order("As given", halves, weights)
    for chosen in (0, 1):
        better = searched(halves[chosen], weights)
        moved = {name: value for name, value in better.items() if value != weights.get(name)}
        _show_order(f"Searched on half {chosen + 1}: {moved or 'nothing moved'}", halves, better)
    given = Calibration(features=weights)
    _show_sureness("Signs that ship, both halves", told([*halves[0], *halves[1]], given))
    apart = [fitted(halves[chosen], given) for chosen in (0, 1)]
    held_out = [*told(halves[1], apart[0]), *told(halves[0], apart[1])]
    _show_sureness("Signs fitted on one half, told on the other", held_out)
    _show_signs({"ship": given, "half 1": apart[0], "half 2": apart[1]})


def _show_order(title: str, halves: Halves, weights: dict[str, float]) -> None:
    table = _table(title, "messages", "answerable", "first", "among three")
    every = [*halves[0], *halves[1]]
    for name, trials in {
        "all": every,
        "half 1": halves[0],
        "half 2": halves[1],
        "asked on a page": [trial for trial in every if trial.message.page],
        "general": [trial for trial in every if trial.question.page is None],
        "general, on a product's page": [trial for trial in every if trial.elsewhere],
    }.items():
        found = figures(trials, weights)
        table.add_row(name, str(found.messages), f"{found.first:.3f}", f"{found.three:.3f}")
    out.print(table)


def _show_sureness(title: str, outcomes: Sequence[Told]) -> None:
    table = _table(title, "probability", "messages", "right", "right or helps")
    for one in bins(outcomes):
        table.add_row(f"{one.low:.1f}-{one.high:.1f}", str(one.messages), f"{one.right:.2f}", f"{one.helping:.2f}")
    out.print(table)
    table = _table("From a probability on", "p", "answered", "right", "or helps", "shown right", "silent", "false")
    for at in THRESHOLDS:
        got = threshold(outcomes, at)
        shares = (got.answered, got.right, got.helping, got.shown_right, got.silent, got.false_answers)
        table.add_row(f"{at:.2f}", *(f"{share:.2f}" for share in shares))
    out.print(table)


def _show_signs(calibrations: dict[str, Calibration]) -> None:
    table = _table("Signs", "", *calibrations)
    for name in Calibration().signs:
        table.add_row(name, *(f"{one.signs[name]:.2f}" for one in calibrations.values()))
    table.add_row("intercept", *(f"{one.intercept:.2f}" for one in calibrations.values()))
    out.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title or None, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _changed(given: Sequence[str]) -> dict[str, float]:
    """The shipped weights, some of them changed: `here=5`."""
    weights = dict(WEIGHTS)
    for one in given:
        name, _, value = one.partition("=")
        if name not in WEIGHTS or not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise ModelError(f"{one!r} is no weight: give one as here=5, of {', '.join(WEIGHTS)}.")
        weights[name] = float(value)
    return weights


def main(
    leave_out: Annotated[str, typer.Option(help="The shops to ask, by name, with commas between.")],
    adapter: Annotated[Path, typer.Option(help="The adapter to ask with.")] = ADAPTER,
    shops: Annotated[Path, typer.Option(help="Folder of shops.")] = SHOPS,
    weight: Annotated[list[str] | None, typer.Option(help="A weight other than shipped, as here=5.")] = None,
    attached: Annotated[bool, typer.Option(help="Attach every second message to its sections.")] = False,
) -> None:
    """Print what weights, signs and thresholds give on shops left out."""
    with stopping(as_json=False):
        weights = _changed(weight or [])
        chosen = read_shops(shops, only=[name for name in leave_out.split(",") if name])
        with progress() as tell:
            embedder = ModelEmbedder(adapter=adapter, threads=2)
            halves = halves_of(chosen, embedder, whole_words(packaged_folder()), tell, attached)
        report(halves, weights)


if __name__ == "__main__":
    typer.run(main)
