import pytest

from bot.engine import arguments, shared


def test_the_token_comes_from_the_environment():
    words = arguments({"CORNERDESK_INNER_TOKEN": "t0ken", "CORNERDESK_ENGINE_PORT": "6005"})
    assert words[words.index("--auth-token") + 1] == "t0ken"
    assert words[words.index("--port") + 1] == "6005"


def test_it_listens_on_loopback_only():
    words = arguments({"CORNERDESK_INNER_TOKEN": "t0ken"})
    assert words[words.index("--interface") + 1] == "127.0.0.1"


SCALED = {
    "CORNERDESK_INNER_TOKEN": "t0ken",
    "DATABASE_URL": "postgresql+asyncpg://desk:pa%40ss@db:5433/cornerdesk",
    "REDIS_URL": "redis://:secret@cache:6380/3",
}


def test_the_bridges_two_settings_take_the_engine_off_one_machine_too():
    assert "bot/endpoints.scaled.yml" in arguments(SCALED)
    assert shared(SCALED) == {
        "CORNERDESK_TRACKER_URL": "postgresql://desk:pa%40ss@db:5433/cornerdesk",
        "POSTGRESQL_SCHEMA": "rasa",
        "CORNERDESK_LOCKS_HOST": "cache",
        "CORNERDESK_LOCKS_PORT": "6380",
        "CORNERDESK_LOCKS_DB": "3",
        "CORNERDESK_LOCKS_PASSWORD": "secret",
    }


@pytest.mark.parametrize("missing", ["DATABASE_URL", "REDIS_URL"])
def test_one_engine_keeps_to_its_memory(missing):
    alone = {name: value for name, value in SCALED.items() if name != missing}
    assert shared(alone) == {}
    assert "bot/endpoints.yml" in arguments(alone)


@pytest.mark.parametrize("environ", [{}, {"CORNERDESK_INNER_TOKEN": ""}])
def test_a_missing_token_stops_the_start_with_the_remedy(environ):
    with pytest.raises(SystemExit, match=r"CORNERDESK_INNER_TOKEN is not set.*make run"):
        arguments(environ)


@pytest.mark.parametrize("broken", [{"DATABASE_URL": "postgresql://[db/desk"}, {"REDIS_URL": "redis://cache:six"}])
def test_an_address_that_cannot_be_read_stops_the_start_with_the_remedy(broken):
    with pytest.raises(SystemExit, match="DATABASE_URL or REDIS_URL cannot be read"):
        shared({**SCALED, **broken})
