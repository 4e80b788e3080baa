"""The actions process from outside: who may call it, and what stops it from starting."""

import os
import socket
import subprocess
import sys
import time

import httpx
import pytest

from tests.actions.turns import typed

TOKEN = "a-token-for-tests"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def start(**environ):
    given = {name: value for name, value in os.environ.items() if not name.startswith("CORNERDESK_")}
    return subprocess.Popen(
        [sys.executable, "-m", "actions.server"],
        env={**given, **environ},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


@pytest.fixture(scope="module")
def server():
    port = free_port()
    process = start(CORNERDESK_INNER_TOKEN=TOKEN, CORNERDESK_ACTIONS_PORT=str(port))
    url = f"http://127.0.0.1:{port}"
    try:
        await_health(url, process)
        yield url
    finally:
        process.terminate()
        process.communicate()


def await_health(url, process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            continue
    raise RuntimeError("the actions server did not come up")


def call(url, body, token=TOKEN):
    return httpx.post(f"{url}/webhook", json=body, headers={"Authorization": f"Bearer {token}".encode()})


def tracker(latest):
    events = [{"event": "user", "text": latest["text"], "parse_data": latest}]
    return {"sender_id": "c1.1", "slots": {}, "latest_message": latest, "events": events, "paused": False}


def test_an_act_answers_with_our_message(server):
    body = {"next_action": "action_answer", "tracker": tracker(typed("how long")), "domain": {}, "version": "3.6.21"}
    (response,) = call(server, body).json()["responses"]
    assert response["custom"]["answer"]["passage"] == "You have 60 days to send it back."
    assert response["custom"]["report"]["decision"] == "carry_on"


@pytest.mark.parametrize("token", ["wrong", TOKEN + "x", "é"])
def test_without_the_token_nothing_opens(server, token):
    answer = call(server, {}, token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")
    assert httpx.get(f"{server}/actions", headers={"Authorization": f"Bearer {token}".encode()}).status_code == 401


def test_an_unknown_action_is_refused(server):
    body = {"next_action": "action_none", "tracker": tracker(typed("x")), "domain": {}, "version": "3.6.21"}
    assert call(server, body).status_code == 404


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "CORNERDESK_INNER_TOKEN"),
        ({"CORNERDESK_INNER_TOKEN": TOKEN, "CORNERDESK_ACTIONS_PORT": "many"}, "CORNERDESK_ACTIONS_PORT"),
        ({"CORNERDESK_INNER_TOKEN": TOKEN, "CORNERDESK_POLICY__UPSET": "7"}, "CORNERDESK_POLICY__UPSET"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_stops_the_start_by_name(environ, named):
    process = start(**environ)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert named in complaint.splitlines()[-1]


def test_a_taken_port_stops_the_start():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(CORNERDESK_INNER_TOKEN=TOKEN, CORNERDESK_ACTIONS_PORT=str(port))
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "CORNERDESK_ACTIONS_PORT" in complaint
