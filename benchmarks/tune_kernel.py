"""Choose the classifier's five numbers from training examples alone.

For each set: how often an example left out is given its own class, and how well scores part examples left out from
examples whose whole class was left out (AUROC). Both come from one matrix inverse (bot/components/kernel_ridge.py), so
numbers are judged without training again. One is moved at a time, over all sets together, until none moves; then the
ridge is raised as far as the figure stays within one standard error of the best, since sets to learn from hold near
copies of every message and flatter numbers that remember them. No test file is read.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from benchmarks.report import finish, show
from bot.components.emoji import in_words
from bot.components.kernel_ridge import Hyperparameters, class_weights, kernel_of, without_class
from bot.components.spelling import Spelling
from knowledge.model.embedder import ModelEmbedder
from knowledge.model.reading import Embedder
from scripts.surroundings import ROOT

GRID: Mapping[str, tuple[float, ...]] = {
    "width": (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "share": (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0),
    "ridge": (0.03, 0.1, 0.2, 0.3, 0.5, 1.0),
    "balance": (0.0, 0.25, 0.5, 0.75, 1.0),
    "caution": (0.0, 0.1, 0.2, 0.3, 0.5, 0.8),
}
# Template-made sets have hundreds of near copies a class; so many of each are kept.
PER_CLASS = 20
# Where the search starts: the middle of the grid, not what ships.
START = Hyperparameters(width=0.3, share=0.3, ridge=0.3, balance=0.5, caution=0.2)


@dataclass(frozen=True)
class Examples:
    """A training set: cosines and spellings of all pairs (n, n), and each one's class (n,)."""

    name: str
    cosines: NDArray[Any]
    spelled: NDArray[Any]
    members: NDArray[Any]


def prepare(name: str, pairs: Sequence[tuple[str, str]], embedder: Embedder) -> Examples:
    """What numbers are judged on, from (text, label) pairs."""
    texts = [text for text, _ in pairs]
    labels = sorted({label for _, label in pairs})
    vectors = embedder.embed([in_words(text) for text in texts])
    spellings = Spelling.of(texts).vectors(texts)
    members = np.array([labels.index(label) for _, label in pairs])
    return Examples(name, vectors @ vectors.T, (spellings @ spellings.T).toarray(), members)


def judge(examples: Examples, params: Hyperparameters) -> tuple[float, float]:
    """Accuracy with each example left out, and AUROC of those against examples whose class was left out."""
    members = examples.members
    kernel = kernel_of(examples.cosines, examples.spelled, params)
    inverse = np.linalg.inv(kernel + np.diag(params.ridge / class_weights(members) ** params.balance))
    truths = np.eye(members.max() + 1)[members]
    weights = inverse @ truths
    doubt = 1 / np.diag(inverse)
    alone = truths - weights * doubt[:, None]
    outside = [without_class(c, inverse, weights, members, params) for c in range(weights.shape[1])]
    scores = np.concatenate([alone.max(axis=1) - params.caution * doubt, *outside])
    known = np.arange(len(scores)) < len(members)
    return float((alone.argmax(axis=1) == members).mean()), float(roc_auc_score(known, scores))


def merit(sets: Sequence[Examples], params: Hyperparameters) -> float:
    """The mean of both figures over all sets, each set counting alike."""
    return float(np.mean([judge(examples, params) for examples in sets]))


def search(sets: Sequence[Examples], start: Hyperparameters) -> Hyperparameters:
    """The numbers from which no single step on the grid is better."""
    best, value = start, merit(sets, start)
    while True:
        print(f"{value:.4f} {best}", flush=True)
        before = value
        for name, choices in GRID.items():
            for choice in choices:
                moved = replace(best, **{name: choice})
                if (found := merit(sets, moved)) > value:
                    best, value = moved, found
        if value - before < 1e-4:
            return best


def steadied(sets: Sequence[Examples], best: Hyperparameters) -> Hyperparameters:
    """The best numbers with the largest ridge whose merit is within one standard error of it."""
    least = merit(sets, best) - standard_error(sets, best)
    ridges = [ridge for ridge in GRID["ridge"] if merit(sets, replace(best, ridge=ridge)) >= least]
    return replace(best, ridge=max([best.ridge, *ridges]))


def standard_error(sets: Sequence[Examples], params: Hyperparameters) -> float:
    """Of the mean accuracy over all sets."""
    shares = [(judge(examples, params)[0], len(examples.members)) for examples in sets]
    return float(np.sqrt(sum(share * (1 - share) / count for share, count in shares)) / len(shares))


def read_csv(path: Path, label: str) -> list[tuple[str, str]]:
    """(text, label) of each row that has a text; `label` names its column."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row[label]) for row in csv.DictReader(file) if row["text"].strip()]


def spread(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """PER_CLASS of each class, evenly from its whole length."""
    by_label: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        by_label.setdefault(pair[1], []).append(pair)
    return [p for kept in by_label.values() for p in kept[:: max(1, len(kept) // PER_CLASS)][:PER_CLASS]]


def own_examples() -> list[tuple[str, str]]:
    """The conversation acts' examples in bot/data."""
    pairs = []
    for path in sorted((ROOT / "bot/data/nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8")).get("nlu", []):
            lines = str(block.get("examples", "")).splitlines()
            pairs += [(line.removeprefix("- ").strip(), block["intent"]) for line in lines if line.strip()]
    return pairs


def read_sets(folder: Path, embedder: Embedder) -> Iterator[Examples]:
    """Every nlu/*/train.csv, bitext/utterances.csv, and our own."""
    for path in sorted(folder.glob("nlu/*/train.csv")):
        yield prepare(path.parent.name, read_csv(path, "label"), embedder)
    yield prepare("bitext", spread(read_csv(folder / "bitext/utterances.csv", "intent")), embedder)
    yield prepare("own acts", own_examples(), embedder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with nlu/*/train.csv and bitext/utterances.csv"
    )
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    sets = list(read_sets(words.data, ModelEmbedder(adapter=None)))
    best = search(sets, START)
    chosen = steadied(sets, best)
    result: dict[str, Any] = {"best": asdict(best), "chosen": asdict(chosen), "shipped": asdict(Hyperparameters())}
    for name, params in (("best", best), ("chosen", chosen), ("shipped", Hyperparameters())):
        figures = {s.name: dict(zip(("accuracy", "auroc"), judge(s, params), strict=True)) for s in sets}
        result[f"{name}_figures"] = figures
        show(f"{name}: {asdict(params)}", figures)
    finish(result, words.json)


if __name__ == "__main__":
    main()
