"""SQLite without a thread for every statement: only the commit, which waits for the disk, runs in one.

A statement on a few rows takes some 20 microseconds, a hop to a thread and back ten times that. So short reads and
the statements of a write run in place.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable, create_engine, event
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


class DirectSqlite:
    """Short reads, and writes one at a time."""

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
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="sqlite-commit")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Access]:
        """A consistent view for a few rows."""
        with self.reader.connect() as connection, connection.begin():
            yield InPlace(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Access]:
        """One transaction, committed when the block ends, or not at all."""
        async with self._turn:
            with self.writer.connect() as connection:
                transaction = await _begin(connection)
                try:
                    yield InPlace(connection)
                except BaseException:
                    transaction.rollback()
                    raise
                await self._commit(transaction.commit)

    async def _commit(self, commit: Any) -> None:
        """Wait for the disk, even when the caller is told to stop: half a commit is nobody's wish."""
        committing = asyncio.get_running_loop().run_in_executor(self._disk, commit)
        try:
            await asyncio.shield(committing)
        except asyncio.CancelledError:
            await asyncio.wait([committing])
            raise

    def close(self) -> None:
        self._disk.shutdown()
        self.writer.dispose()
        self.reader.dispose()


async def _begin(connection: Connection) -> Any:
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
