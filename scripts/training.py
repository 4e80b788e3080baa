"""Train the engine when its inputs changed, and only then."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.surroundings import ROOT, StartError

INPUTS = ("config.yml", "domain.yml", "bot/data", "bot/components", "bot/requirements.txt")
# Enough that a desk that runs while others are trained keeps the model that it would start again with.
KEPT_MODELS = 8


def inputs(root: Path = ROOT) -> Iterator[Path]:
    """Give every file that a model depends on, in a fixed order."""
    for name in INPUTS:
        path = root / name
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix != ".pyc")
        else:
            yield path


def fingerprint(embedding_model: str, root: Path = ROOT) -> str:
    """Give 16 hexadecimal digits that change when an input's name or content does."""
    digest = hashlib.sha256(embedding_model.encode())
    for path in inputs(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def model_path(models: Path, environ: Mapping[str, str]) -> Path:
    return models / f"engine-{fingerprint(environ.get('CORNERDESK_MODEL', ''))}.tar.gz"


def train(model: Path, environ: Mapping[str, str], log: Path) -> None:
    """Train into `model`; the knowledge service must be up, for it embeds the examples."""
    model.parent.mkdir(parents=True, exist_ok=True)
    command = ["bot/.venv/bin/python", "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += [
        "--data",
        "bot/data",
        "--out",
        str(model.parent),
        "--fixed-model-name",
        model.name.removesuffix(".tar.gz"),
    ]
    with log.open("w") as output:
        done = subprocess.run(command, cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT)  # noqa: S603
    if done.returncode != 0 or not model.exists():
        raise StartError(f"Rasa could not be trained. The reason stands in {log}; `rasa data validate` finds most.")
    for old in sorted(model.parent.glob("engine-*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-KEPT_MODELS]:
        old.unlink()
