"""One database, SQLite or PostgreSQL: opened, migrated, and handed out for reading or for writing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from handoff.errors import SettingsError, StorageUnavailable

MIGRATIONS = Path(__file__).parent.parent / "migrations"
BUSY_TIMEOUT_MS = 5_000
# Any number, the same in all processes: whoever holds it migrates, the others wait.
MIGRATION_LOCK = 7_204_518


class Database:
    """The way in to the database. Write transactions take their turn; nobody reads, decides and then loses.

    On SQLite a write transaction begins with BEGIN IMMEDIATE, one at a time in this process, so that it never
    fails half-way for want of the lock. On PostgreSQL rows are locked by whoever changes them.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine = _open(url, self.is_sqlite)
        self._reading = self._engine.execution_options(desk_reads=True)
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if self.is_sqlite else nullcontext()

    async def migrate(self) -> None:
        """Bring the schema up to date; raises SettingsError when the database cannot be opened for writing."""
        try:
            self._make_folder()
            async with self._engine.begin() as connection:
                if not self.is_sqlite:
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
                await connection.run_sync(_upgrade)
        except (SQLAlchemyError, OSError) as error:
            raise SettingsError(
                f"The database {self.url.render_as_string()} cannot be opened for writing ({_cause(error)}): "
                "check DATABASE_URL, that the server or folder is there, and its permissions."
            ) from error

    def _make_folder(self) -> None:
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A consistent view; nothing is written."""
        with _translated():
            async with self._reading.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it is committed when the block ends, or none of it."""
        with _translated():
            async with self._turn, self._engine.begin() as connection:
                yield connection

    async def check(self) -> None:
        """Raise StorageUnavailable unless a write could begin now."""
        async with self.writing() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self._engine.dispose()


class _translated:  # noqa: N801 - reads as a verb where it is used
    """Database trouble becomes StorageUnavailable; a broken constraint stays what it is."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, IntegrityError) or not isinstance(error, (SQLAlchemyError, OSError)):
            return
        raise StorageUnavailable(
            "This could not be stored just now, so nothing was changed. Please send it again in a moment."
        ) from error


def _cause(error: BaseException) -> str:
    return str(error.orig) if isinstance(error, DBAPIError) and error.orig else str(error).splitlines()[0]


def _open(url: str, is_sqlite: bool) -> AsyncEngine:
    if not is_sqlite:
        # A connection that the server has dropped is noticed before it is used, not by a shopper.
        return create_async_engine(url, pool_size=10, max_overflow=10, pool_timeout=5, pool_pre_ping=True)
    engine = create_async_engine(url, pool_size=8, max_overflow=8, pool_timeout=5)
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(dbapi_connection: Any, _: object) -> None:
    # The driver's own idea of when a transaction begins is switched off; see _begin_sqlite.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # An acknowledged message survives a power cut, not only a crash of this process.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("desk_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
