"""Classifying short texts from few examples: kernel ridge regression on embedding and spelling, with honest confidence.

The kernel of two texts is exp((cosine of embeddings − 1) / width) + share · cosine of character n-grams. Leave-one-out
predictions have a closed form (the dual weights over the inverse's diagonal), and so has leaving a whole class out;
both are used to learn what a score is worth, so the confidence needs no examples besides the training set.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.components.spelling import Spelling

MAX_EXAMPLES = 6_000
# A message that belongs to no class is taken to be this much rarer than one that does.
OUTSIDE_WEIGHT = 0.3
# Slope and offset where examples teach none, all of them being right or all wrong: a score of .5 is worth .5.
UNTAUGHT_CURVE = (8.0, -4.0)


@dataclass(frozen=True)
class Hyperparameters:
    """The kernel's numbers, as `python -m benchmarks.tune_kernel` chooses them from training examples alone."""

    width: float = 0.4
    share: float = 0.2
    ridge: float = 0.1
    # 0: every example counts alike; 1: every class does.
    balance: float = 1.0
    # How much doubt about the region a text lies in lowers its score; at 0 the doubt is not reckoned.
    caution: float = 0.2


@dataclass(frozen=True)
class KernelModel:
    """A trained classifier over `classes`. Arrays: embeddings (n, d), weights (n, classes), inverse (n, n) or None.

    All are float32: a message is scored against thousands of examples, and a mixture of widths would have numpy copy
    the whole inverse at every message. Without caution there is no inverse, and scoring costs n products, not n².
    """

    params: Hyperparameters
    classes: List[str]
    embeddings: np.ndarray
    spellings: csr_matrix
    spelling: Spelling
    weights: np.ndarray
    # Of the curve from a score to a confidence: one for all classes, or (classes,).
    slope: Union[float, np.ndarray]
    offset: Union[float, np.ndarray]
    inverse: Optional[np.ndarray] = None

    def scores(self, texts: Sequence[str], embeddings: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """Scores (texts, classes), near 1 for a sure member; and the doubt (texts,) about each text's region."""
        similarities = np.asarray(embeddings, dtype=np.float32) @ self.embeddings.T
        spelled = (self.spelling.vectors(texts) @ self._by_gram).toarray()
        kernel = kernel_of(similarities, spelled, self.params)
        return kernel @ self.weights, self._doubt(kernel)

    def _doubt(self, kernel: np.ndarray) -> np.ndarray:
        if self.inverse is None:
            return np.zeros(len(kernel), dtype=np.float32)
        explained: np.ndarray = np.einsum("ij,ij->i", kernel @ self.inverse, kernel)
        return 1 + self.params.share - explained

    @cached_property
    def _by_gram(self) -> csr_matrix:
        """Spellings (n-grams, n), in rows: a message touches just the rows of its own n-grams."""
        return self.spellings.T.tocsr()

    def confidences(self, texts: Sequence[str], embeddings: np.ndarray) -> np.ndarray:
        """For each text and class, the probability that the class is right: rows need not sum to 1."""
        scores, doubt = self.scores(texts, embeddings)
        return sigmoid(self.slope * (scores - self.params.caution * doubt[:, None]) + self.offset)

    def save(self, folder: Path) -> None:
        """Writes arrays and vocabulary; nothing in the folder can run code when read."""
        facts = {"classes": self.classes, "grams": list(self.spelling.columns), "hyperparameters": vars(self.params)}
        (folder / "model.json").write_text(json.dumps(facts), encoding="utf-8")
        np.savez(
            folder / "arrays.npz",
            embeddings=self.embeddings,
            inverse=self.inverse if self.inverse is not None else np.zeros(0, dtype=np.float32),
            weights=self.weights,
            idf=self.spelling.idf,
            calibration=np.array([self.slope, self.offset]),
            data=self.spellings.data,
            indices=self.spellings.indices,
            indptr=self.spellings.indptr,
        )

    @classmethod
    def load(cls, folder: Path) -> KernelModel:
        """The model that `save` wrote."""
        facts = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        places = {gram: place for place, gram in enumerate(facts["grams"])}
        size = (len(arrays["embeddings"]), len(places))
        return cls(
            params=Hyperparameters(**facts["hyperparameters"]),
            classes=facts["classes"],
            embeddings=arrays["embeddings"],
            spellings=csr_matrix((arrays["data"], arrays["indices"], arrays["indptr"]), shape=size),
            spelling=Spelling(places, arrays["idf"]),
            weights=arrays["weights"],
            slope=arrays["calibration"][0],
            offset=arrays["calibration"][1],
            inverse=arrays["inverse"] if arrays["inverse"].size else None,
        )


def fit(
    texts: Sequence[str],
    labels: Sequence[str],
    embeddings: np.ndarray,
    params: Hyperparameters,
    spelling: Optional[Spelling] = None,
) -> KernelModel:
    """A model of the examples. `embeddings` is (texts, dimension), unit rows; `spelling` is learned when not given."""
    kept = thinned(labels)
    texts, labels, embeddings = [texts[i] for i in kept], [labels[i] for i in kept], np.asarray(embeddings)[kept]
    classes = sorted(set(labels))
    members = np.array([classes.index(label) for label in labels])
    spelling = spelling or Spelling.of(texts)
    spellings = spelling.vectors(texts)
    kernel = kernel_of(embeddings @ embeddings.T, (spellings @ spellings.T).toarray(), params)
    inverse = np.linalg.inv(kernel + np.diag(params.ridge / class_weights(members) ** params.balance))
    weights = inverse @ np.eye(len(classes))[members]
    slope, offset = calibrate(kernel, inverse, weights, members, params)
    kept_inverse = inverse.astype(np.float32) if params.caution else None
    embeddings, weights = embeddings.astype(np.float32), weights.astype(np.float32)
    return KernelModel(params, classes, embeddings, spellings, spelling, weights, slope, offset, kept_inverse)


def joined(models: Mapping[str, KernelModel], rows: Mapping[str, Sequence[int]], texts: Sequence[str]) -> KernelModel:
    """One model of several with the same spelling and numbers, without caution: a message meets each example once.

    `rows` says for each model where its examples stand among `texts`. Classes are named `model.class`.
    """
    first = next(iter(models.values()))
    embeddings = np.zeros((len(texts), first.embeddings.shape[1]), dtype=np.float32)
    columns, curves = [], []
    for name, model in models.items():
        embeddings[rows[name]] = model.embeddings
        column = np.zeros((len(texts), len(model.classes)), dtype=np.float32)
        column[rows[name]] = model.weights
        columns.append(column)
        curves += [(model.slope, model.offset)] * len(model.classes)
    slope, offset = np.array(curves).T
    classes = [f"{name}.{label}" for name, model in models.items() for label in model.classes]
    return KernelModel(
        first.params,
        classes,
        embeddings,
        first.spelling.vectors(texts),
        first.spelling,
        np.hstack(columns),
        slope,
        offset,
    )


def kernel_of(cosines: np.ndarray, spelled: np.ndarray, params: Hyperparameters) -> np.ndarray:
    """The kernel of every pair, from the cosines of their embeddings and of their spellings."""
    return np.exp((cosines - 1) / params.width) + params.share * spelled


def thinned(labels: Sequence[str], most: int = MAX_EXAMPLES) -> List[int]:
    """Indices of the examples to learn from: all, or at most `most`, taken evenly from the classes that have many."""
    places: Dict[str, List[int]] = {}
    for place, label in enumerate(labels):
        places.setdefault(label, []).append(place)
    left, kept = most, []
    for number, members in enumerate(sorted(places.values(), key=len)):
        share = min(len(members), left // (len(places) - number))
        kept += [members[i * len(members) // share] for i in range(share)]
        left -= share
    return sorted(kept)


def class_weights(members: np.ndarray) -> np.ndarray:
    """One weight an example, the same sum for every class, mean 1."""
    weights = 1.0 / np.bincount(members)[members]
    balanced: np.ndarray = weights / weights.mean()
    return balanced


def calibrate(
    kernel: np.ndarray, inverse: np.ndarray, weights: np.ndarray, members: np.ndarray, params: Hyperparameters
) -> Tuple[float, float]:
    """Slope and offset of the logistic curve from a score to the probability that its class is right."""
    alone = np.eye(weights.shape[1])[members] - weights / np.diag(inverse)[:, None]
    doubt = 1 / np.diag(inverse)
    inside = alone.max(axis=1) - params.caution * doubt
    right = alone.argmax(axis=1) == members
    outside = np.concatenate([without_class(c, inverse, weights, members, params) for c in range(weights.shape[1])])
    scores = np.concatenate([inside, outside])
    truths = np.concatenate([right, np.zeros(len(outside), dtype=bool)])
    if truths.all() or not truths.any():
        return UNTAUGHT_CURVE
    counts = np.concatenate([np.ones(len(inside)), np.full(len(outside), OUTSIDE_WEIGHT)])
    curve = LogisticRegression(C=100.0).fit(scores[:, None], truths, sample_weight=counts)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def without_class(
    held: int, inverse: np.ndarray, weights: np.ndarray, members: np.ndarray, params: Hyperparameters
) -> np.ndarray:
    """The best scores that a class's own examples would get had the class not been there."""
    rows = np.flatnonzero(members == held)
    if len(rows) == len(members) or weights.shape[1] < 3:
        return np.zeros(0)
    block = np.linalg.inv(inverse[np.ix_(rows, rows)])
    targets = np.eye(weights.shape[1])[members[rows]]
    scores = np.delete(targets - block @ weights[rows], held, axis=1)
    lowered: np.ndarray = scores.max(axis=1) - params.caution * np.diag(block)
    return lowered


def sigmoid(values: np.ndarray) -> np.ndarray:
    """The logistic curve, safe for any argument."""
    curve: np.ndarray = 1.0 / (1.0 + np.exp(-np.clip(values, -60.0, 60.0)))
    return curve
