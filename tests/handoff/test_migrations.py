"""A desk that has been running since the first version keeps what it has when it is updated."""

from datetime import UTC, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import insert, inspect

from handoff import tables as t
from handoff.store import Database, Store
from handoff.store.database import MIGRATIONS
from tests.handoff.conftest import new_postgres_database

THEN = datetime(2026, 1, 5, 9, tzinfo=UTC)
CONVERSATION = {
    "id": "c_old",
    "token_hash": "h",
    "state": "waiting",
    "version": 2,
    "episode": 1,
    "reason": "asked",
    "priority": 2,
    "waiting_since": THEN,
    "last_seq": 1,
    "opened_at": THEN,
    "updated_at": THEN,
    "brief": {"wants": "a person"},
}
EVENT = {
    "conversation_id": "c_old",
    "seq": 1,
    "at": THEN,
    "type": "message",
    "sender": "shopper",
    "episode": 1,
    "client_id": "one",
    "body": {"type": "message", "from": "shopper", "text": "hello", "client_id": "one"},
}
AGENT = {"id": "a_old", "email": "robin@desk.test", "name": "Robin", "role": "agent", "password_hash": "x"}


def to(revision):
    def migrate(connection):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    return migrate


async def at_the_first_version(database):
    """The tables as the first version made them, with a chat waiting in them."""
    async with database._engine.begin() as connection:
        await connection.run_sync(to("0001"))
        assert "outbox" not in await connection.run_sync(lambda plain: inspect(plain).get_table_names())
        await connection.execute(insert(t.conversations).values(CONVERSATION))
        await connection.execute(insert(t.events).values(EVENT))
        await connection.execute(insert(t.agents).values({**AGENT, "created_at": THEN}))


async def test_what_was_stored_at_first_is_there_at_last(tmp_path, database):
    if database == "sqlite":
        await kept_through(f"sqlite+aiosqlite:///{tmp_path}/old.sqlite3")
        return
    async with new_postgres_database() as url:
        await kept_through(url)


async def kept_through(url):
    database = Database(url)
    await at_the_first_version(database)
    await database.migrate()
    store = Store(database)
    chat = await store.chats.find("c_old")
    assert (chat.state, chat.waiting_since, chat.brief, chat.last_seq) == ("waiting", THEN, {"wants": "a person"}, 1)
    assert (chat.tags, chat.email, chat.reply_warned) == (None, None, None)
    assert [e.body["text"] for e in await store.chats.events_after("c_old", 0)] == ["hello"]
    (agent,) = await store.people.all()
    assert (agent.name, agent.languages, agent.skills) == ("Robin", [], [])
    async with store.chats.changing("c_old", THEN) as change:
        change.say_as_desk("Still here.")
    assert (await store.chats.find("c_old")).last_seq == 2
    await database.close()
