"""The engine's components, tested in the engine's own environment (Python 3.10), and Rasa's own checks of its data."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "bot/.venv/bin/python"
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "CORNERDESK_INNER_TOKEN": "a-token-for-tests",
    "CORNERDESK_ACTIONS_URL": "http://127.0.0.1:9/webhook",
    "CORNERDESK_KNOWLEDGE_URL": "http://127.0.0.1:9",
}

pytestmark = pytest.mark.skipif(not ENGINE.exists(), reason="the engine's environment is not there: run make install")


def engine(*words):
    return subprocess.run(
        [ENGINE, *words], cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True, timeout=600
    )


def test_the_components():
    done = engine("-m", "unittest", "discover", "-s", "tests/bot/engine", "-p", "check_*.py")
    assert done.returncode == 0, done.stderr


def test_rasa_finds_nothing_wrong_with_the_data():
    done = engine("-m", "rasa", "data", "validate", "--fail-on-warnings", "--data", "bot/data")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_is_played_as_its_story_says(tmp_path):
    trained = engine(
        *("-m", "rasa", "train", "core", "--stories", "bot/data", "--out", str(tmp_path)),
        *("--fixed-model-name", "core", "--config", "tests/bot/core.yml"),
    )
    assert trained.returncode == 0, trained.stdout + trained.stderr
    done = engine(
        *("-m", "rasa", "test", "core", "--stories", "tests/bot/stories", "--model", str(tmp_path / "core.tar.gz")),
        *("--out", str(tmp_path / "results"), "--fail-on-prediction-errors", "--no-plot"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
