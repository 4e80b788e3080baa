"""How well the shipped pipeline tells intents apart, and knows what is none of them. Trained through Rasa itself.

For each folder with `train.csv` and `test.csv` (text,label; `out_of_scope` in test only): in-scope accuracy and
macro-F1, how well confidence parts out-of-scope from in-scope (AUROC; recall with 90% of in-scope accepted), and
milliseconds a message. With --peer the same for Rasa's default pipeline.
"""

from __future__ import annotations

import argparse
import base64
import csv
import json
import os
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import f1_score, roc_auc_score

from benchmarks.report import finish, show
from knowledge.model.embedder import ModelEmbedder
from knowledge.model.reading import Embedder
from scripts.surroundings import ROOT

OUT_OF_SCOPE = "out_of_scope"
ENGINE = ROOT / "bot/.venv/bin/python"
# It reads what a message gives away besides its intent, from examples of its own.
NOT_ABOUT_INTENTS = {"bot.components.detectors.DetectorClassifier"}


@dataclass(frozen=True)
class IntentSet:
    """Labelled texts to learn from and to be asked; a test label may be `out_of_scope`."""

    name: str
    train: tuple[tuple[str, str], ...]
    test: tuple[tuple[str, str], ...]


def read_set(folder: Path) -> IntentSet:
    """The set in a folder."""
    return IntentSet(folder.name, read_rows(folder / "train.csv"), read_rows(folder / "test.csv"))


def read_rows(path: Path) -> tuple[tuple[str, str], ...]:
    """(text, label) of each row that has a text."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["text"], row["label"]) for row in csv.DictReader(file) if row["text"].strip())


class EmbeddingHandler(BaseHTTPRequestHandler):
    """The knowledge service's two answers that matter here: embeddings, and an understanding without passages."""

    def __init__(self, embedder: Embedder, *args: Any) -> None:
        self.embedder = embedder
        super().__init__(*args)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = asked["texts"] if self.path == "/embed" else [asked["text"]]
        encoded = [base64.b64encode(v.astype("<f4").tobytes()).decode() for v in self.embedder.embed(texts)]
        understood = {"text": texts[0], "embedding": encoded[0], "entities": []}
        body = json.dumps({"embeddings": encoded} if self.path == "/embed" else understood).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def embeddings() -> Iterator[str]:
    """The address of a service that embeds as the knowledge service does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(EmbeddingHandler, ModelEmbedder(adapter=None)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def shipped_config() -> dict[str, Any]:
    """Our config.yml, without what has nothing to do with intents."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    config["pipeline"] = [step for step in config["pipeline"] if step["name"] not in NOT_ABOUT_INTENTS]
    for step in config["pipeline"]:
        if "timeout_s" in step:  # a busy machine must not turn slowness into wrong intents
            step["timeout_s"] = 120.0
    return {**config, "policies": None}


def default_config() -> dict[str, Any]:
    """Rasa's own: with nothing named, Rasa takes its default pipeline."""
    return {"recipe": "default.v1", "assistant_id": "peer", "language": "en", "pipeline": None, "policies": None}


def train(intents: IntentSet, config: dict[str, Any], folder: Path, environ: dict[str, str]) -> Path:
    """Train Rasa on the set's training examples; gives the model's path."""
    by_label: dict[str, list[str]] = {}
    for text, label in intents.train:
        by_label.setdefault(label, []).append(text)
    nlu = [
        {"intent": label, "examples": [{"text": as_example(text)} for text in texts]}
        for label, texts in by_label.items()
    ]
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000))
    (folder / "config.yml").write_text(yaml.safe_dump(config))
    words = ["-m", "rasa", "train", "nlu", "--config", str(folder / "config.yml"), "--nlu", str(folder / "nlu.yml")]
    engine([*words, "--out", str(folder), "--fixed-model-name", "model"], environ)
    return folder / "model.tar.gz"


def as_example(text: str) -> str:
    """A text that Rasa does not take for one with entities marked in it."""
    return " ".join(text.translate(str.maketrans("[]{}", "()()")).split())


def engine(words: Sequence[str], environ: dict[str, str], given: str = "") -> str:
    """Run the engine's Python; gives what it printed. Raises with its complaint when it fails."""
    done = subprocess.run([ENGINE, *words], cwd=ROOT, env=environ, input=given, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"the engine failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def classify(model: Path, texts: Sequence[str], environ: dict[str, str]) -> list[dict[str, Any]]:
    """Intent, confidence and milliseconds for each text."""
    printed = engine(["-m", "benchmarks.parsing", str(model)], environ, json.dumps(list(texts)))
    found: list[dict[str, Any]] = json.loads(printed.strip().splitlines()[-1])
    return found


def figures(intents: IntentSet, found: Sequence[dict[str, Any]]) -> dict[str, float | None]:
    """The set's figures, from what was found for each test text."""
    truths = [label for _, label in intents.test]
    known = [i for i, label in enumerate(truths) if label != OUT_OF_SCOPE]
    guesses = [found[i]["intent"] for i in known]
    right = [guess == truths[i] for guess, i in zip(guesses, known, strict=True)]
    labels = sorted({truths[i] for i in known})
    inside = [found[i]["confidence"] for i in known]
    outside = [found[i]["confidence"] for i, label in enumerate(truths) if label == OUT_OF_SCOPE]
    return {
        "accuracy": round(sum(right) / len(right), 4),
        "macro_f1": round(float(f1_score([truths[i] for i in known], guesses, labels=labels, average="macro")), 4),
        **out_of_scope(inside, outside),
        "ms": round(statistics.median(item["ms"] for item in found), 2),
    }


def out_of_scope(inside: Sequence[float], outside: Sequence[float]) -> dict[str, float | None]:
    """How well confidence tells the two apart; None when the set has nothing out of scope."""
    if not outside:
        return {"oos_auroc": None, "oos_recall_at_90": None}
    truths = [1] * len(inside) + [0] * len(outside)
    accepted_from = float(np.quantile(inside, 0.1))
    return {
        "oos_auroc": round(float(roc_auc_score(truths, [*inside, *outside])), 4),
        "oos_recall_at_90": round(sum(c < accepted_from for c in outside) / len(outside), 4),
    }


def measure(intents: IntentSet, config: dict[str, Any], url: str) -> dict[str, float | None]:
    """Train, classify, count."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    environ = {**os.environ, **quiet, "CORNERDESK_KNOWLEDGE_URL": url, "CORNERDESK_INNER_TOKEN": "benchmark"}
    with tempfile.TemporaryDirectory() as name:
        model = train(intents, config, Path(name), environ)
        return figures(intents, classify(model, [text for text, _ in intents.test], environ))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders with train.csv and test.csv")
    parser.add_argument("--peer", action="store_true", help="measure Rasa's default pipeline too")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    result: dict[str, dict[str, Any]] = {}
    with embeddings() as url:
        for intents in map(read_set, words.data):
            result[intents.name] = {"ours": measure(intents, shipped_config(), url)}
            if words.peer:
                result[intents.name]["rasa_default"] = measure(intents, default_config(), url)
            show(intents.name, result[intents.name])
    finish(result, words.json)


if __name__ == "__main__":
    main()
