import asyncio
import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from handoff.cli import app
from handoff.conversation import Conversation
from handoff.store import Database, Store
from handoff.store.rows import StoredTurn
from handoff.tables import turns

runner = CliRunner()


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, sqlite_url, tmp_path):
    monkeypatch.setenv("CORNERDESK_INNER_TOKEN", "an inner token for tests only")
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CORNERDESK_AGENT_PASSWORD", "correct horse battery")
    monkeypatch.chdir(tmp_path)


def desk(*words, **more):
    return runner.invoke(app, words, **more)


def test_an_agent_is_added_and_listed():
    added = desk("agent", "add", "Robin@Example.com", "--role", "lead")
    assert (added.exit_code, added.output) == (0, "robin@example.com added as lead.\n")
    assert "robin@example.com  Robin  lead" in desk("agent", "list").output


def test_adding_twice_is_refused_unless_it_may_be_there():
    desk("agent", "add", "robin@example.com")
    again = desk("agent", "add", "robin@example.com")
    assert again.exit_code == 1
    assert "already" in again.output
    assert desk("agent", "add", "robin@example.com", "--if-missing").exit_code == 0


@pytest.mark.parametrize("words", [["nonsense"], ["robin@example.com", "--role", "king"]])
def test_what_will_not_do_is_said(words):
    refused = desk("agent", "add", *words)
    assert refused.exit_code == 1
    assert "desk: " in refused.output


def test_the_password_is_asked_for(monkeypatch):
    monkeypatch.delenv("CORNERDESK_AGENT_PASSWORD")
    asked = desk("agent", "add", "robin@example.com", input="long enough 1\nlong enough 1\n")
    assert asked.exit_code == 0
    short = desk("agent", "password", "robin@example.com", input="short\nshort\n")
    assert short.exit_code == 1
    assert "10 characters" in short.output


def test_a_new_password_for_nobody():
    assert desk("agent", "password", "nobody@example.com").exit_code == 1


def test_a_missing_secret_is_named(monkeypatch):
    monkeypatch.delenv("CORNERDESK_INNER_TOKEN")
    refused = desk("agent", "list")
    assert refused.exit_code == 1
    assert "CORNERDESK_INNER_TOKEN" in refused.output


def test_a_conversation_is_exported_erased_and_remembered_as_erased():
    async def open_one():
        store, now = Store(Database(os.environ["DATABASE_URL"])), datetime.now(UTC)
        await store.chats.open(Conversation("c_1", "hash", now, now, email="ann@example.com"))
        await store.database.close()

    asyncio.run(open_one())
    assert '"conversation_id": "c_1"' in desk("export", "c_1").output
    assert desk("erase", "c_1", input="n\n").exit_code == 1
    assert "Receipt e_" in desk("erase", "Ann@example.com", "--yes").output
    assert desk("export", "c_1").exit_code == 1
    assert "operator  erase" in desk("audit").output


def understood(seq, strength):
    signals = [{"name": "failures", "strength": strength, "evidence": "hm"}] if strength else []
    report = {"intent": "ask", "intent_confidence": 1.0, "signals": signals}
    return StoredTurn("c_kept", seq, datetime.now(UTC), 1, "answered", 5.0, report)


def test_replay_says_what_another_policy_would_have_done(sqlite_url, tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))

    async def keep():
        database = Database(sqlite_url)
        await database.migrate()
        async with database.writing() as connection:
            await connection.execute(insert(turns), [asdict(understood(2, 0.0)), asdict(understood(4, 0.5))])
        await database.close()

    asyncio.run(keep())
    (tmp_path / "policy.toml").write_text("failed_twice = 0.45\n")
    assert desk("replay", "--policy", "policy.toml", "--json").exit_code == 0
    changes = json.loads(capfd.readouterr().out.strip().splitlines()[-1])
    assert (changes["gained"], changes["load_before"], changes["load_after"]) == (["c_kept.1"], 0.0, 1.0)
    assert desk("replay", "--policy", "policy.toml", "--conversations", "c_other", "--json").exit_code == 0
    assert json.loads(capfd.readouterr().out.strip().splitlines()[-1])["gained"] == []


def test_replay_takes_scripts_or_conversations():
    refused = desk("replay", "--policy", "p.toml", "--scripts", "s.jsonl", "--conversations", "c_1")
    assert refused.exit_code == 1
    assert "not both" in refused.output


def test_replay_of_a_policy_that_is_not_there():
    assert desk("replay", "--policy", "nowhere.toml").exit_code == 1
