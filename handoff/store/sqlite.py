"""SQLite without a thread for every statement, and with one wait for the disk for many changes.

A statement on a few rows takes some 20 microseconds, a hop to a thread and back ten times that: so short reads and the
statements of a change run in place. A commit waits milliseconds for the disk: so changes that arrive while one is under
way are gathered, each in a savepoint of its own, and committed together. None is acknowledged before that commit.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable, RootTransaction, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

# How long a write waits for another process's write, and how often it looks.
BUSY_S = 5.0
LOOK_AGAIN_S = 0.002
# A read waits only for a log being recovered or reset, which is rare and short.
READ_BUSY_S = 1.0


class Access(Protocol):
    """A transaction under way, on either database."""

    async def execute(self, statement: Executable, parameters: Any = None, /) -> CursorResult[*tuple[Any, ...]]: ...


class InPlace:
    """A connection whose statements run at once, in the caller's thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable, parameters: Any = None, /) -> CursorResult[*tuple[Any, ...]]:
        return self._connection.execute(statement, parameters)


class NotCommitted(OSError):  # noqa: N818 - see handoff/errors.py
    """The disk refused the commit that this change was part of, so nothing of it is kept."""


class Batch:
    """Changes that share one commit. `done` tells each of them how that went."""

    def __init__(self, connection: Connection, transaction: RootTransaction) -> None:
        self.connection = connection
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.size = 0
        self._transaction = transaction
        self._sql: Any = connection.connection.dbapi_connection
        self._after: list[Callable[[], None]] = []

    @asynccontextmanager
    async def change(self, after: Callable[[], None] | None) -> AsyncIterator[Access]:
        """One change: what it wrote is taken back if it fails, and nobody else's."""
        self._sql.execute("SAVEPOINT one")
        try:
            yield InPlace(self.connection)
            self._sql.execute("RELEASE one")
        except BaseException as error:
            self._take_back(error)
            raise
        self.size += 1
        if after is not None:
            self._after.append(after)

    def _take_back(self, error: BaseException) -> None:
        # A full disk ends the whole transaction, and with it what the others had written.
        if self._sql.in_transaction:
            self._sql.execute("ROLLBACK TO one")
            self._sql.execute("RELEASE one")
        else:
            self.fail(error)

    def write(self) -> None:
        """Wait for the disk. Runs in a thread."""
        if self.size:
            self._transaction.commit()
        else:
            self._transaction.rollback()

    def succeed(self) -> None:
        self.connection.close()
        self.done.set_result(None)
        # Those who wait go on in the next round of the loop; what was committed is told first.
        for after in self._after:
            after()

    def fail(self, error: BaseException) -> None:
        # Whatever state it is in now, the next batch begins with a connection of its own.
        self.connection.invalidate()
        self.connection.close()
        self.done.set_exception(NotCommitted(f"The change was not committed ({error})."))
        # Nobody may be waiting; that is no error of its own.
        self.done.exception()


class DirectSqlite:
    """Short reads in place, and changes that share their wait for the disk."""

    def __init__(self, url: URL) -> None:
        plain = url.set(drivername="sqlite+pysqlite")
        options = {"check_same_thread": False, "timeout": READ_BUSY_S}
        self.writer = create_engine(plain, connect_args=options, pool_size=1, max_overflow=0)
        self.reader = create_engine(plain, connect_args=options, pool_size=4, max_overflow=4)
        event.listen(self.writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        event.listen(self.reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        for engine in (self.writer, self.reader):
            event.listen(engine, "connect", set_up)
        event.listen(self.writer, "connect", _never_wait)
        self._turn = asyncio.Lock()
        self._batch: Batch | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="sqlite-commit")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Access]:
        """A consistent view for a few rows."""
        with self.reader.connect() as connection, connection.begin():
            yield InPlace(connection)

    @asynccontextmanager
    async def writing(self, after: Callable[[], None] | None = None) -> AsyncIterator[Access]:
        """One change, committed when the block has ended, or not at all; `after` is called once it is."""
        async with self._turn:
            batch = await self._join()
            async with batch.change(after) as access:
                yield access
        # Whoever is told to stop meanwhile stops waiting; the commit goes on.
        await asyncio.shield(batch.done)

    async def _join(self) -> Batch:
        """The batch that is being gathered, or a new one."""
        if self._batch is not None and not self._batch.done.done():
            return self._batch
        connection = self.writer.connect()
        try:
            batch = self._batch = Batch(connection, await _begin(connection))
        except BaseException:
            connection.close()
            raise
        closing = asyncio.create_task(self._close(batch), name="commit")
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
        return batch

    async def _close(self, batch: Batch) -> None:
        """Commit for everybody in the batch: in line behind those who wait by now, before those still to come."""
        async with self._turn:
            if batch.done.done():
                return
            self._batch = None
            try:
                await asyncio.get_running_loop().run_in_executor(self._disk, batch.write)
            except Exception as error:
                batch.fail(error)
            else:
                batch.succeed()

    async def close(self) -> None:
        await asyncio.gather(*self._closing)
        self._disk.shutdown()
        self.writer.dispose()
        self.reader.dispose()


async def _begin(connection: Connection) -> RootTransaction:
    """Begin to write; while another process writes, let this one go on with other things."""
    until = time.monotonic() + BUSY_S
    while True:
        try:
            return connection.begin()
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
        await asyncio.sleep(LOOK_AGAIN_S)


def set_up(dbapi_connection: Any, _: object) -> None:
    """What every SQLite connection of ours has in common."""
    # The driver's own idea of when a transaction begins is switched off; ours begin explicitly.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # An acknowledged message survives a power cut, not only a crash of this process.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _never_wait(dbapi_connection: Any, _: object) -> None:
    """The writer asks again by itself, and meanwhile lets this process go on with other things."""
    cursor = dbapi_connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 0")
    cursor.close()
