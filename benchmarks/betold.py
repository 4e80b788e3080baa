"""Does the shape of a conversation tell trouble before it comes? Real phone calls as events, without a word of text.

Calls of a booking assistant (BETOLD), labelled by whether the caller hung up or asked to be put through late in the
call. From each the last events are dropped; logistic regression then reads one of three views of the rest, in
cross-validation with whole calls held out:

- `shape`: only what our own signals count too: questions put again, refusals, misses, how many in a row, how recent;
- `events`: which events there were, how often, and which came last, in what order;
- `both`.

AUROC is printed for each, by how many events were dropped, and the shape's weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler

from benchmarks.report import finish, show

TROUBLE = "luhf"
DROPPED = (0, 2, 4, 6)
FOLDS, ROUNDS = 5, 3
# What a caller says when the last turn did not fit.
MISSES = frozenset({"inconclusive", "noise", "other", "rephrase"})
OWN_UP = frozenset({"did_not_understand", "failed_schedule_warning", "fail_retrieve_user_info", "no_dates_available"})
LAST = 6
Features = dict[str, float]


@dataclass(frozen=True)
class Call:
    """One call: its events in order, each as (who, what), and whether it ended in trouble."""

    events: tuple[tuple[str, str], ...]
    trouble: bool

    def without_last(self, count: int) -> Call:
        """The call as it stood some events before its end."""
        return Call(self.events[: len(self.events) - count], self.trouble)


def read_calls(path: Path) -> list[Call]:
    """The calls of BETOLD's JSON file."""
    return [
        Call(tuple((e["caller_name"], e["intent"]) for e in call["utterances_annotations"]), call["LUHF"] == TROUBLE)
        for call in json.loads(path.read_text("utf-8"))
    ]


def shape(call: Call) -> Features:
    """What any assistant can count, whatever it is about."""
    asked = [what for who, what in call.events if who == "nlg"]
    said = [what for who, what in call.events if who == "nlu"]
    repeats = [what in asked[:i] for i, what in enumerate(asked)]
    refusals = [what == "negate" for what in said]
    misses = [what in MISSES for what in said]
    return {
        "turns": float(len(said)),
        "said_again": sum(repeats),
        "said_again_lately": sum(repeats[-3:]),
        "said_again_in_a_row": run(repeats),
        "most_often_said": max(Counter(asked).values(), default=0),
        "refused": sum(refusals),
        "refused_lately": sum(refusals[-3:]),
        "refused_in_a_row": run(refusals),
        "missed": sum(misses),
        "missed_lately": sum(misses[-3:]),
        "owned_up": sum(what in OWN_UP for what in asked),
        "asked_for_a_person": said.count("transfer_agent"),
    }


def run(flags: Sequence[bool]) -> int:
    """How many at the end are true."""
    return next((i for i, flag in enumerate(reversed(flags)) if not flag), len(flags))


def events(call: Call) -> Features:
    """Which events, how often (by root), which came last, and pairs."""
    names = [f"{who}:{what}" for who, what in call.events]
    counts = {f"has {name}": float(np.sqrt(count)) for name, count in Counter(names).items()}
    pairs = {f"pair {a} {b}": float(np.sqrt(c)) for (a, b), c in Counter(pairwise(names)).items()}
    last = {f"{place} before the end {name}": 1.0 for place, name in enumerate(reversed(names[-LAST:]))}
    return {**counts, **pairs, **last}


VIEWS = {"shape": shape, "events": events, "both": lambda call: {**events(call), **shape(call)}}


def auroc(features: Sequence[Features], truths: Sequence[bool], strength: float) -> float:
    """Of predictions for calls held out, over several ways to hold them out."""
    labels, scores = np.array(truths), []
    for seed in range(ROUNDS):
        predicted = np.zeros(len(labels))
        for known, held in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(predicted, labels):
            model = learner(strength).fit([features[i] for i in known], labels[known])
            predicted[held] = model.predict_proba([features[i] for i in held])[:, 1]
        scores.append(roc_auc_score(labels, predicted))
    return round(float(np.mean(scores)), 4)


def learner(strength: float) -> Any:
    """Logistic regression on features of any names, each scaled to its largest."""
    return make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=strength, max_iter=2_000))


def weights(features: Sequence[Features], truths: Sequence[bool]) -> dict[str, float]:
    """What each feature adds to the log-odds of trouble, at its largest value; the strongest first."""
    model = learner(1.0).fit(features, truths)
    pairs = zip(model[0].get_feature_names_out(), model[-1].coef_[0], strict=True)
    return {name: round(float(weight), 2) for name, weight in sorted(pairs, key=lambda p: -abs(p[1]))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with dialogues.json")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    calls = read_calls(words.data / "dialogues.json")
    truths = [call.trouble for call in calls]
    result: dict[str, Any] = {}
    for dropped in DROPPED:
        early = [call.without_last(dropped) for call in calls]
        views = {name: [view(call) for call in early] for name, view in VIEWS.items()}
        result[f"dropped_{dropped}"] = {name: auroc(found, truths, 0.3) for name, found in views.items()}
    result["weights"] = weights([shape(call.without_last(2)) for call in calls], truths)
    show("AUROC by events dropped", {name: row for name, row in result.items() if name != "weights"})
    show("Weights of the shape, two events dropped", {n: {"weight": w} for n, w in result["weights"].items()})
    finish(result, words.json)


if __name__ == "__main__":
    main()
