"""A bridge for each test, on SQLite, and on PostgreSQL where there is one."""

import asyncio
import os
import secrets
import shutil
import socket
from contextlib import asynccontextmanager, closing

import asyncpg
import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from sqlalchemy.engine import make_url

from handoff.app import bind, create_app
from handoff.settings import Settings
from handoff.store import Database
from tests.handoff.fakes import FakeClock, FakeEngine
from tests.handoff.people import AgentClient, ShopperClient

TOKEN = "an inner token for tests only"
PASSWORD = "correct horse battery"
# Passwords in tests need no protection.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"


def listens(port):
    with closing(socket.socket()) as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def postgres_url():
    """Where the tests' PostgreSQL is, or nothing."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given or REQUIRED or listens(5432):
        return make_url(given or "postgresql+asyncpg://postgres@127.0.0.1:5432/test")
    return None


@asynccontextmanager
async def new_postgres_database():
    """The address of a new, empty database, dropped in the end."""
    server = postgres_url()
    if server is None:
        pytest.skip("no PostgreSQL on 127.0.0.1:5432, and TEST_DATABASE_URL is not set")
    name = f"desk_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(server.set(drivername="postgresql").render_as_string(hide_password=False))
    await connection.execute(f"CREATE DATABASE {name}")
    yield server.set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty SQLite database that need not be migrated again for every test."""
    path = tmp_path_factory.mktemp("migrated") / "desk.sqlite3"

    async def migrate():
        database = Database(f"sqlite+aiosqlite:///{path}")
        await database.migrate()
        await database.close()

    asyncio.run(migrate())
    return path


@pytest.fixture
def sqlite_url(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "desk.sqlite3")
    return f"sqlite+aiosqlite:///{tmp_path}/desk.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    return request.param


@pytest.fixture
async def database_url(database, sqlite_url):
    """Both databases in turn, each empty."""
    if database == "sqlite":
        yield sqlite_url
        return
    async with new_postgres_database() as url:
        yield url


def settings_for(url, **others):
    others = {"hours": "", "timezone": "UTC"} | others
    return Settings(_env_file=None, inner_token=TOKEN, database_url=url, **{"redis_url": ""} | others)


class Bridge:
    """A running bridge, and clients of it inside this process."""

    def __init__(self, app, engine, clock):
        self.app = app
        self.engine = engine
        self.clock = clock

    @property
    def context(self):
        return self.app.state.context

    def client(self):
        # Raised errors reach the test as the 500 that a client would see.
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://desk.test")

    async def shopper(self, page=None):
        return await ShopperClient.open(self.client(), page)

    async def agent(self, name="Robin", role="agent"):
        email = f"{name.lower()}@desk.test"
        await self.context.agents.add(email, PASSWORD, name=name, role=role)
        return await AgentClient.sign_in(self.client(), email, PASSWORD)

    async def settled(self):
        """Wait until no bot turn is under way."""
        while self.context.turn_runner.running:
            await asyncio.gather(*self.context.turn_runner.running)


@asynccontextmanager
async def running(url, *, engine=None, clock=None, inner=None, **settings):
    engine, clock = engine or FakeEngine(), clock or FakeClock()
    app = create_app(settings_for(url, **settings), engine=engine, clock=clock, inner=inner)
    async with app.router.lifespan_context(app):
        app.state.context.agents.hasher = QUICK
        # Tests do the duties themselves, so that nothing happens between two of their lines.
        app.state.context.duties.rest()
        yield Bridge(app, engine, clock)


@pytest.fixture
async def bridge(sqlite_url):
    """A bridge on SQLite."""
    async with running(sqlite_url) as started:
        yield started


@pytest.fixture
async def either_bridge(database_url):
    """A bridge on SQLite, then one on PostgreSQL."""
    async with running(database_url) as started:
        yield started


@asynccontextmanager
async def served(app):
    """The application behind a real listening socket; gives host and port."""
    listening = bind("127.0.0.1", 0)
    config = uvicorn.Config(
        app, lifespan="off", log_level="error", access_log=False, ws_per_message_deflate=False, ws_max_size=2**18
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.force_exit = True
        await server.shutdown(sockets=[listening])


@pytest.fixture
async def live(sqlite_url):
    """A bridge on SQLite behind a real listening port."""
    async with running(sqlite_url) as bridge, served(bridge.app) as address:
        bridge.address = address
        yield bridge
