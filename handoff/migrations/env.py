"""Alembic's environment: migrates over a connection that the caller hands in, or over the address of the settings."""

from __future__ import annotations

import asyncio
import os

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from handoff.tables import metadata


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def _connect_and_migrate() -> None:
    default = os.environ.get("DATABASE_URL", "sqlite+aiosqlite:///var/cornerdesk.sqlite3")
    engine = create_async_engine(context.get_x_argument(as_dictionary=True).get("url", default))
    async with engine.begin() as connection:
        await connection.run_sync(_migrate)
    await engine.dispose()


handed = context.config.attributes.get("connection")
if handed is not None:
    _migrate(handed)
else:
    asyncio.run(_connect_and_migrate())
