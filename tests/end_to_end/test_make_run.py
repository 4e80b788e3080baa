"""`make run` as an operator meets it: where to go, how to sign in, one Ctrl-C, and sentences when it cannot start."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import httpx
import pytest

from scripts.surroundings import ROOT
from scripts.temporary import PORTS, free_ports

START_S = 240
STOP_S = 60


@pytest.fixture
def surroundings():
    with tempfile.TemporaryDirectory(prefix="cornerdesk-") as folder:
        ports = dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
        yield {**os.environ, **ports, "CORNERDESK_STATE": folder, "CORNERDESK_MODELS": str(ROOT / "var/models")}


def start(environ):
    """Start in a session of its own, as a terminal would, so that a Ctrl-C reaches all of it and us not."""
    return subprocess.Popen(
        ["make", "-s", "run"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def processes_of(folder):
    """Give the processes that run with this state folder."""
    marker = f"CORNERDESK_STATE={folder}".encode()
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker in environ.read_bytes().split(b"\0"):
                found.append(int(environ.parent.name))
        except OSError:
            continue
    return found


def read_until(process, pattern):
    seen = ""
    for line in process.stdout:
        seen += line
        if re.search(pattern, line):
            return seen
    pytest.fail(f"make run ended early:\n{seen}")


@pytest.mark.timeout(START_S)
def test_it_opens_says_where_to_go_and_leaves_nothing_behind(surroundings):
    process = start(surroundings)
    told = read_until(process, "Ctrl-C stops everything")
    url = re.search(r"Demo shop\s+(\S+)/", told).group(1)
    password = re.search(r"password: (\S+)", told).group(1)
    assert httpx.get(f"{url}/healthz").status_code == 200
    signed_in = httpx.post(f"{url}/api/v1/session", json={"email": "agent@fellandford.example", "password": password})
    assert signed_in.status_code == 200

    os.killpg(process.pid, signal.SIGINT)
    process.stdout.read()
    process.wait()
    assert processes_of(surroundings["CORNERDESK_STATE"]) == []


@pytest.mark.parametrize("name", PORTS)
def test_a_taken_port_ends_with_the_remedy(surroundings, name):
    with socket.create_server(("127.0.0.1", int(surroundings[name]))):
        process = start(surroundings)
        told, _ = process.communicate()
    assert process.returncode != 0
    assert surroundings[name] in told
    assert f"{name}=" in told


@pytest.mark.parametrize(
    "command",
    [
        [".venv/bin/python", "-m", "knowledge.service"],
        [".venv/bin/python", "-m", "actions.server"],
        [".venv/bin/python", "-m", "handoff.app"],
        ["bot/.venv/bin/python", "-m", "bot.engine"],
    ],
    ids=["knowledge", "actions", "bridge", "engine"],
)
def test_a_missing_secret_stops_the_start_by_name(surroundings, command):
    surroundings.pop("CORNERDESK_INNER_TOKEN", None)
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "CORNERDESK_INNER_TOKEN" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_desk_that_is_killed_outright_leaves_nothing_behind(surroundings):
    process = start(surroundings)
    read_until(process, "Starting bridge")
    run = next(
        pid
        for pid in processes_of(surroundings["CORNERDESK_STATE"])
        if b"scripts.run" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    os.kill(run, signal.SIGKILL)
    process.stdout.read()  # Ends when the last of them lets go of it.
    process.wait()
    supervisor = Path(surroundings["CORNERDESK_STATE"], "supervisor.pid")
    deadline = time.monotonic() + STOP_S
    while supervisor.exists() or processes_of(surroundings["CORNERDESK_STATE"]):
        assert time.monotonic() < deadline, processes_of(surroundings["CORNERDESK_STATE"])
