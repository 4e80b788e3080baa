import asyncio
import os
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from handoff.cli import app
from handoff.store import Conversation, Database, Store

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
