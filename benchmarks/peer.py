"""A plain Rasa server to measure against: Rasa's default pipeline and policies, the same NLU data, fixed replies."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import yaml

from scripts.surroundings import ROOT
from scripts.temporary import free_ports
from scripts.training import fingerprint

START_S = 180.0
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


def _intents(nlu: Path) -> list[str]:
    files = (yaml.safe_load(path.read_text()) for path in sorted(nlu.rglob("*.yml")))
    return sorted({item["intent"] for file in files for item in file.get("nlu", []) if "intent" in item})


def _write_project(folder: Path, nlu: Path) -> None:
    """Write a project whose every intent has one rule and one reply, in Rasa's default configuration."""
    intents = _intents(nlu)
    responses = {f"utter_{intent}": [{"text": f"This is about {intent}."}] for intent in intents}
    domain = {"version": "3.1", "intents": intents, "responses": responses}
    rules = [{"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]} for intent in intents]
    # With no pipeline and no policies named, Rasa takes its own.
    config = {"version": "3.1", "recipe": "default.v1", "assistant_id": "peer", "language": "en"}
    for name, content in {
        "config.yml": {**config, "pipeline": None, "policies": None},
        "domain.yml": domain,
        "rules.yml": {"version": "3.1", "rules": rules},
        "credentials.yml": {"rest": None},
        "endpoints.yml": {},
    }.items():
        (folder / name).write_text(yaml.safe_dump(content))


def _train(folder: Path, nlu: Path, model: Path) -> None:
    command = [
        "-m",
        "rasa",
        "train",
        "--config",
        "config.yml",
        "--domain",
        "domain.yml",
        "--data",
        "rules.yml",
        str(nlu),
    ]
    _rasa([*command, "--out", str(model.parent), "--fixed-model-name", model.name.removesuffix(".tar.gz")], folder)


def _rasa(words: list[str], folder: Path) -> None:
    done = subprocess.run(
        [ROOT / "bot/.venv/bin/python", *words], cwd=folder, env=QUIET | _path(), capture_output=True, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"the peer could not be trained:\n{done.stdout}{done.stderr}")


def _path() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": tempfile.gettempdir()}


@contextmanager
def rasa_default(nlu: Path = ROOT / "bot/data/nlu") -> Iterator[str]:
    """Serve the plain Rasa on a free port; gives its address. Its model is kept for the next run."""
    model = ROOT / "var/models" / f"peer-{fingerprint('peer')}.tar.gz"
    port = free_ports(1)[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_project(folder, nlu)
        if not model.exists():
            _train(folder, nlu, model)
        command = [ROOT / "bot/.venv/bin/python", "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
        command += ["--model", model, "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(command, cwd=folder, env=QUIET | _path(), stdout=log, stderr=log)
        try:
            _await(f"http://127.0.0.1:{port}", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{url}/webhooks/rest/", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"the peer did not come up:\n{log.read_text()[-2000:]}")
