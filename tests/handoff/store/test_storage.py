"""The store when the ground gives way: nothing is acknowledged that is not kept, and every refusal says so."""

import asyncio
import json

import pytest
from sqlalchemy import event, inspect, text

from handoff.errors import SettingsError, Stale, StorageUnavailable
from handoff.store import Database
from handoff.tables import metadata
from handoff.wire import MessageBody
from tests.handoff.conftest import running
from tests.handoff.wires import shopper_wire


def fill_up(context):
    """Let the database behave as on a full disk: SQLite may not grow it by a single page."""
    engine = context.store.database.direct.writer

    @event.listens_for(engine, "begin")
    def no_more_pages(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    return lambda: event.remove(engine, "begin", no_more_pages)


def make_read_only(context):
    engine = context.store.database.direct.writer

    @event.listens_for(engine, "begin")
    def query_only(connection):
        connection.exec_driver_sql("PRAGMA query_only = ON")

    def undo():
        event.remove(engine, "begin", query_only)

        @event.listens_for(engine, "begin")
        def writable(connection):
            connection.exec_driver_sql("PRAGMA query_only = OFF")

    return undo


@pytest.mark.parametrize("spoil", [fill_up, make_read_only])
async def test_a_message_that_cannot_be_stored_is_not_acknowledged(bridge, spoil):
    shopper = await bridge.shopper()
    await shopper.say("before")
    await bridge.settled()
    undo = spoil(bridge.context)
    refusals = [await shopper.post("messages", {"client_id": f"c{n}", "text": "x" * 3_000}) for n in range(20)]
    refused = [r for r in refusals if r.status_code != 202]
    assert refused
    assert {(r.status_code, r.json()["error"]["code"]) for r in refused} == {(503, "storage_unavailable")}
    undo()
    await shopper.http.aclose()
    kept = [r for r in refusals if r.status_code == 202]
    shopper.http = bridge.client()
    stored = [e for e in await shopper.events() if e.get("client_id", "").startswith("c")]
    assert [e["seq"] for e in stored] == [r.json()["seq"] for r in kept]
    assert (await shopper.post("messages", {"client_id": "c19", "text": "again"})).status_code in (202, 503)


async def test_a_database_file_that_is_read_only_stops_the_start(tmp_path):
    path = tmp_path / "folder"
    path.write_text("this is a file, so nothing can be made inside it")
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        await Database(f"sqlite+aiosqlite:///{path}/desk.sqlite3").migrate()


async def test_a_file_that_is_no_database_stops_the_start(tmp_path):
    path = tmp_path / "desk.sqlite3"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(SettingsError, match="cannot be opened"):
        await Database(f"sqlite+aiosqlite:///{path}").migrate()


async def test_health_says_that_nothing_can_be_stored(bridge):
    make_read_only(bridge.context)

    async def look():
        answer = await bridge.client().get("/healthz")
        return answer.status_code, answer.json()["storage"]["status"]

    # Connections already open are refused as they are used.
    await look()
    assert (await look()) == (503, "down")


async def test_a_failed_write_leaves_nothing_behind(either_bridge):
    shopper = await either_bridge.shopper()
    chats = either_bridge.context.store.chats
    with pytest.raises(ZeroDivisionError):
        async with chats.changing(shopper.id, either_bridge.clock()) as change:
            change.say(MessageBody(from_="system", text="never"), sender="system")
            raise ZeroDivisionError
    assert await shopper.events() == []


async def test_a_conversation_that_moved_on_is_not_overwritten(either_bridge):
    shopper = await either_bridge.shopper()
    chats, now = either_bridge.context.store.chats, either_bridge.clock()
    with pytest.raises(Stale):
        async with chats.changing(shopper.id, now) as change:
            await change.connection.execute(text("UPDATE conversations SET version = version + 1"))
            change.say(MessageBody(from_="system", text="never"), sender="system")


async def test_migrations_make_the_tables_that_the_code_expects(database_url):
    database = Database(database_url)
    await asyncio.gather(database.migrate())
    async with database.reading() as connection:

        def look(plain):
            found = inspect(plain)
            return {t: {c["name"] for c in found.get_columns(t)} for t in found.get_table_names()}

        tables = await connection.run_sync(look)
    await database.close()
    expected = {t.name: {c.name for c in t.columns} for t in metadata.sorted_tables}
    assert {name: tables[name] for name in expected} == expected


async def test_several_processes_may_migrate_at_once(database_url):
    databases = [Database(database_url) for _ in range(3)]
    await asyncio.gather(*(d.migrate() for d in databases))
    for database in databases:
        await database.close()


async def test_storage_trouble_on_a_socket_is_told_and_the_message_can_be_sent_again(sqlite_url):
    from tests.handoff.conftest import served

    async with running(sqlite_url) as bridge, served(bridge.app) as address:
        bridge.address = address
        shopper = await bridge.shopper()
        async with shopper_wire(bridge, shopper) as wire:
            await wire.next()
            real = bridge.context.desk.receive

            async def unlucky(conversation_id, message):
                raise StorageUnavailable("This could not be stored just now.")

            bridge.context.desk.receive = unlucky
            await wire.send(type="message", client_id="x", text="hello")
            refused = await wire.next()
            assert (refused["error"]["code"], refused["client_id"]) == ("storage_unavailable", "x")
            bridge.context.desk.receive = real
            await wire.send(type="message", client_id="x", text="hello")
            assert (await wire.until(type="ack"))["seq"] == 1
            assert json.dumps(wire.seen).count('"ack"') == 1
