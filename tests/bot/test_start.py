import pytest

from bot.engine import arguments


def test_the_token_comes_from_the_environment():
    words = arguments({"CORNERDESK_INNER_TOKEN": "t0ken", "CORNERDESK_ENGINE_PORT": "6005"})
    assert words[words.index("--auth-token") + 1] == "t0ken"
    assert words[words.index("--port") + 1] == "6005"


def test_it_listens_on_loopback_only():
    words = arguments({"CORNERDESK_INNER_TOKEN": "t0ken"})
    assert words[words.index("--interface") + 1] == "127.0.0.1"


@pytest.mark.parametrize("environ", [{}, {"CORNERDESK_INNER_TOKEN": ""}])
def test_a_missing_token_stops_the_start_with_the_remedy(environ):
    with pytest.raises(SystemExit, match=r"CORNERDESK_INNER_TOKEN is not set.*make run"):
        arguments(environ)
