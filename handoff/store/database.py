"""One database, SQLite or PostgreSQL: opened, migrated, and handed out for reading or for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from handoff.errors import SettingsError, StorageUnavailable
from handoff.store.sqlite import BUSY_S, Access, DirectSqlite, set_up

MIGRATIONS = Path(__file__).parent.parent / "migrations"
# Any number, the same in all processes: whoever holds it migrates, the others wait.
MIGRATION_LOCK = 7_204_518


class Database:
    """The way in to the database: `reading` for whatever takes long, `glancing` for a few rows, `writing`.

    On SQLite one change runs at a time in this process, in a transaction that begins with BEGIN IMMEDIATE, so that it
    never fails half-way for want of the lock; those that come together share the commit. On PostgreSQL rows are locked
    by whoever changes them.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine = _open(url, self.is_sqlite)
        self.direct = DirectSqlite(self.url) if self.is_sqlite else None

    async def migrate(self) -> None:
        """Bring the schema up to date; raises SettingsError when the database cannot be opened for writing."""
        try:
            self._make_folder()
            async with self._engine.begin() as connection:
                if not self.is_sqlite:
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
                else:
                    await connection.execute(text("BEGIN IMMEDIATE"))
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
    async def reading(self) -> AsyncIterator[Access]:
        """A consistent view, read aside; nothing is written."""
        with _translated():
            async with self._engine.begin() as connection:
                if self.is_sqlite:
                    await connection.execute(text("BEGIN"))
                yield connection

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[Access]:
        """A consistent view of a few rows, read in place where that is quicker."""
        with _translated():
            async with self.direct.reading() if self.direct else self._engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, after: Callable[[], None] | None = None) -> AsyncIterator[Access]:
        """One change: all of it is committed when the block has ended, or none of it; `after` is called once it is."""
        with _translated():
            if self.direct:
                async with self.direct.writing(after) as access:
                    yield access
                return
            async with self._engine.begin() as connection:
                yield connection
        if after is not None:
            after()

    async def check(self) -> None:
        """Raise StorageUnavailable unless a write could begin now."""
        async with self.writing() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self._engine.dispose()
        if self.direct:
            await self.direct.close()


class _translated:  # noqa: N801 - reads as a verb where it is used
    """Database trouble becomes StorageUnavailable; a broken constraint stays what it is."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, IntegrityError) or not isinstance(error, (SQLAlchemyError, OSError, sqlite3.Error)):
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
    engine = create_async_engine(url, pool_size=8, max_overflow=8, pool_timeout=5, connect_args={"timeout": BUSY_S})
    event.listen(engine.sync_engine, "connect", set_up)
    return engine


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
