"""Starting: what is missing or wrong ends in one sentence with the remedy, and an exit code that is not 0."""

import os
import subprocess
import sys

import pytest

from handoff.app import bind, main
from handoff.errors import SettingsError
from handoff.settings import read_settings

TOKEN = "an inner token for tests only"


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """No settings at all, in a folder without .env."""
    for name in list(os.environ):
        if name.startswith("CORNERDESK_") or name in ("DATABASE_URL", "REDIS_URL"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def sentence(capsys):
    written = capsys.readouterr().err.strip()
    assert "\n" not in written, "one sentence"
    return written


@pytest.mark.parametrize("token", [None, "", "short"])
def test_without_the_secret_nothing_starts(bare, capsys, token):
    if token is not None:
        bare.setenv("CORNERDESK_INNER_TOKEN", token)
    assert main() == 1
    assert "CORNERDESK_INNER_TOKEN" in sentence(capsys)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORNERDESK_PORT", "eighty"),
        ("CORNERDESK_PORT", "70000"),
        ("CORNERDESK_ENGINE_TIMEOUT_S", "0"),
        ("CORNERDESK_KNOWLEDGE_URL", "http://[x"),
        ("CORNERDESK_ENGINE_URL", "http://127.0.0.1:5005, http://127.0.0.1:five"),
        ("CORNERDESK_SMTP_URL", "smtp://mail.example:mail"),
    ],
)
def test_a_setting_that_cannot_be_is_named(bare, capsys, name, value):
    bare.setenv("CORNERDESK_INNER_TOKEN", TOKEN)
    bare.setenv(name, value)
    assert main() == 1
    assert name in sentence(capsys)


def test_a_port_that_is_taken_is_named(bare, capsys):
    taken = bind("127.0.0.1", 0)
    taken.listen()
    bare.setenv("CORNERDESK_INNER_TOKEN", TOKEN)
    bare.setenv("CORNERDESK_PORT", str(taken.getsockname()[1]))
    assert main() == 1
    taken.close()
    said = sentence(capsys)
    assert "is taken" in said
    assert "CORNERDESK_PORT" in said


def test_a_host_that_is_not_ours_is_refused(bare):
    with pytest.raises(SettingsError, match="cannot be used"):
        bind("192.0.2.1", 0)


def test_a_database_that_cannot_be_opened_ends_the_start(tmp_path):
    (tmp_path / "file").touch()
    environ = {**os.environ, "CORNERDESK_INNER_TOKEN": TOKEN, "CORNERDESK_PORT": "0"}
    environ["DATABASE_URL"] = f"sqlite+aiosqlite:///{tmp_path}/file/desk.sqlite3"
    done = subprocess.run(
        [sys.executable, "-m", "handoff.app"], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0
    assert "check DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_plain_database_addresses_get_our_drivers(bare):
    assert read_settings(inner_token=TOKEN, DATABASE_URL="postgresql://a/b").database_url == "postgresql+asyncpg://a/b"


def test_settings_never_show_the_secret(bare):
    assert TOKEN not in repr(read_settings(inner_token=TOKEN))
