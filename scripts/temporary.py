"""A whole desk for the length of a test or a benchmark: free ports, an empty folder, real processes."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.run import bring_up, desk_environment
from scripts.services import Services
from scripts.surroundings import ROOT, StartError, Surroundings

PORTS = ("CORNERDESK_PORT", "CORNERDESK_KNOWLEDGE_PORT", "CORNERDESK_ACTIONS_PORT", "CORNERDESK_ENGINE_PORT")


@dataclass(frozen=True)
class TemporaryDesk:
    """A desk that serves at `url`; its processes can be killed one by one."""

    url: str
    state: Path
    services: Services
    environ: Mapping[str, str]

    def add_agent(self, email: str, name: str, role: str = "agent") -> str:
        """Add an agent; gives the password."""
        password = secrets.token_urlsafe(12)
        command = [".venv/bin/python", "-m", "handoff.cli", "agent", "add", email, "--name", name, "--role", role]
        environ = {**self.environ, "CORNERDESK_AGENT_PASSWORD": password}
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)  # noqa: S603
        if done.returncode != 0:
            raise StartError(done.stdout + done.stderr)
        return password


def free_ports(count: int) -> list[int]:
    """Give ports that nobody listens on, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def temporary_desk(**settings: str) -> Iterator[TemporaryDesk]:
    """Bring up a desk of its own; `settings` are environment variables that differ from the shipped ones.

    The trained engine and the model's graph are shared with `make run`, since they depend on their inputs alone.
    Edited pages are not published unless `CORNERDESK_WATCH` is on.
    """
    with tempfile.TemporaryDirectory(prefix="cornerdesk-") as folder:
        numbers = map(str, free_ports(len(PORTS)))
        ours = {
            "CORNERDESK_WATCH": "off",
            "CORNERDESK_STATE": folder,
            "CORNERDESK_MODELS": str(ROOT / "var" / "models"),
            "CORNERDESK_GRAPHS": str(ROOT / "var" / "graphs"),
        }
        given = {**os.environ, **ours, **dict(zip(PORTS, numbers, strict=True)), **settings}
        surroundings = Surroundings.read(given)
        environ = desk_environment(surroundings, given)
        services = Services(surroundings, environ)
        try:
            bring_up(services, surroundings, environ)
            yield TemporaryDesk(surroundings.url, surroundings.state, services, environ)
        finally:
            services.close()
            _keep_logs(surroundings.state)


def _keep_logs(state: Path) -> None:
    """Leave the logs of the last temporary desk where a failed test can be understood."""
    if (state / "log").is_dir():
        shutil.copytree(state / "log", ROOT / "var" / "log-temporary", dirs_exist_ok=True)
