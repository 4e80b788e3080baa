import socket

import pytest

from scripts.surroundings import StartError, Surroundings


def surroundings(tmp_path, **ports):
    return Surroundings.read({"CORNERDESK_STATE": str(tmp_path), **{name: str(port) for name, port in ports.items()}})


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    numbers = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return numbers


@pytest.fixture
def ports():
    names = ("CORNERDESK_PORT", "CORNERDESK_KNOWLEDGE_PORT", "CORNERDESK_ACTIONS_PORT", "CORNERDESK_ENGINE_PORT")
    return dict(zip(names, free_ports(4), strict=True))


def test_free_ports_are_claimed_without_complaint(tmp_path, ports):
    surroundings(tmp_path, **ports).claim()


@pytest.mark.parametrize(
    "name", ["CORNERDESK_PORT", "CORNERDESK_KNOWLEDGE_PORT", "CORNERDESK_ACTIONS_PORT", "CORNERDESK_ENGINE_PORT"]
)
def test_a_taken_port_is_named_with_its_setting(tmp_path, ports, name):
    with socket.create_server(("127.0.0.1", ports[name])), pytest.raises(StartError) as refused:
        surroundings(tmp_path, **ports).claim()
    assert str(ports[name]) in str(refused.value)
    assert f"{name}=" in str(refused.value)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", ""])
def test_a_port_that_is_none_is_refused_by_name(tmp_path, port):
    with pytest.raises(StartError, match="CORNERDESK_PORT"):
        surroundings(tmp_path, CORNERDESK_PORT=port)


def test_a_second_desk_in_the_same_folder_is_refused(tmp_path, ports):
    import os

    (tmp_path / "supervisor.pid").write_text(f"{os.getpid()}\n")
    with pytest.raises(StartError, match=f"kill {os.getpid()}"):
        surroundings(tmp_path, **ports).claim()


def test_the_token_is_made_once_and_read_by_its_owner_only(tmp_path):
    desk = surroundings(tmp_path)
    first = desk.environment({})["CORNERDESK_INNER_TOKEN"]
    assert desk.environment({})["CORNERDESK_INNER_TOKEN"] == first
    assert len(first) >= 32
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_given_settings_win_over_made_ones(tmp_path):
    environ = surroundings(tmp_path).environment({"DATABASE_URL": "postgresql+asyncpg://localhost/desk"})
    assert environ["DATABASE_URL"] == "postgresql+asyncpg://localhost/desk"


def test_a_long_path_still_gives_a_socket(tmp_path):
    deep = tmp_path / ("d" * 120)
    path = surroundings(deep).socket_path
    assert len(str(path)) < 107
    assert surroundings(deep).socket_path == path
