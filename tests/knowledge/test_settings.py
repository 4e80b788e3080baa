from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.service import main
from knowledge.settings import ServiceSettings, SettingsError, read_settings


def test_a_missing_token_stops_the_start_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.delenv("CORNERDESK_INNER_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="CORNERDESK_INNER_TOKEN"):
        read_settings(ServiceSettings)
    assert main() == 2
    assert "CORNERDESK_INNER_TOKEN" in capsys.readouterr().err


def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CORNERDESK_INNER_TOKEN", "long-enough")
    monkeypatch.setenv("CORNERDESK_KNOWLEDGE_PORT", "many")
    with pytest.raises(SettingsError, match="CORNERDESK_KNOWLEDGE_PORT"):
        read_settings(ServiceSettings)


def test_the_docs_name_every_setting():
    docs = Path("docs/settings.md").read_text("utf-8")
    missing = [name for name in ServiceSettings.model_fields if f"CORNERDESK_{name.upper()}" not in docs]
    assert missing == []
