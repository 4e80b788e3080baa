"""Many changes, one wait for the disk: each is kept or refused on its own, and none is told before it is kept."""

import asyncio

import pytest
from sqlalchemy import event, text

from handoff.errors import StorageUnavailable
from handoff.store import Database


@pytest.fixture
async def database(sqlite_url):
    opened = Database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
def commits(database):
    """One item for each commit that the writer makes."""
    seen = []
    event.listen(database.direct.writer, "commit", lambda connection: seen.append(1))
    return seen


INSERT = "INSERT INTO canned (name, text, position) VALUES (:name, 'x', 1)"


async def write(database, name, after=None, trouble=None):
    async with database.writing(after) as access:
        await access.execute(text(INSERT), {"name": name})
        if trouble:
            await trouble(access)


async def names(database):
    async with database.glancing() as access:
        return [row[0] for row in await access.execute(text("SELECT name FROM canned ORDER BY name"))]


async def refuse(access):
    raise ValueError("this change is not wanted")


async def lose_the_transaction(access):
    """What SQLite does by itself when the disk is full."""
    await access.execute(text("ROLLBACK"))
    raise OSError("disk full")


async def test_changes_that_come_together_share_a_commit(database, commits):
    await asyncio.gather(*(write(database, f"n{n:02}") for n in range(20)))
    assert len(await names(database)) == 20
    assert len(commits) <= 2


async def test_one_change_that_fails_fails_alone(database):
    told = []
    changes = [write(database, f"n{n}", lambda n=n: told.append(n), refuse if n == 2 else None) for n in range(5)]
    ended = await asyncio.gather(*changes, return_exceptions=True)
    assert [type(e) for e in ended] == [type(None), type(None), ValueError, type(None), type(None)]
    assert await names(database) == ["n0", "n1", "n3", "n4"]
    assert told == [0, 1, 3, 4]


async def test_a_commit_that_fails_is_told_to_everybody_and_announced_to_nobody(database):
    told = []

    @event.listens_for(database.direct.writer, "commit")
    def full(connection):
        raise OSError("disk full")

    changes = [write(database, f"n{n}", lambda: told.append(1)) for n in range(3)]
    ended = await asyncio.gather(*changes, return_exceptions=True)
    assert [type(e) for e in ended] == [StorageUnavailable] * 3
    assert (await names(database), told) == ([], [])
    event.remove(database.direct.writer, "commit", full)
    await write(database, "afterwards")
    assert await names(database) == ["afterwards"]


async def test_a_transaction_that_is_lost_takes_nobody_into_believing_that_it_was_kept(database):
    changes = [write(database, f"n{n}", None, lose_the_transaction if n == 1 else None) for n in range(3)]
    ended = await asyncio.gather(*changes, return_exceptions=True)
    assert [type(e) for e in ended[:2]] == [StorageUnavailable] * 2
    kept = [f"n{n}" for n, e in enumerate(ended) if e is None]
    assert await names(database) == kept


async def test_what_is_committed_is_announced_even_when_its_sender_has_gone(database):
    told = asyncio.Event()
    sender = asyncio.create_task(write(database, "n", told.set))
    while not database.direct._closing:  # noqa: ASYNC110 - it is written, and waits for the disk
        await asyncio.sleep(0)
    sender.cancel()
    await asyncio.wait_for(told.wait(), 10)
    assert await names(database) == ["n"]
