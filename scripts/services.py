"""The four processes under supervisord: start in order, wait for health, stop together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import httpx
from supervisor.xmlrpc import SupervisorTransport

from scripts.surroundings import ROOT, StartError, Surroundings

SUPERVISOR_S = 10.0
HEALTHY_S = 120.0
STOP_S = 40.0
POLL_S = 0.1
LOG_LINES = 12
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class Services:
    """A running supervisord, and the processes that it keeps alive."""

    def __init__(self, surroundings: Surroundings, environ: dict[str, str]) -> None:
        self.surroundings = surroundings
        self.environ = environ
        self.logs = surroundings.state / "log"
        self._daemon: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start supervisord, with none of the processes yet."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.surroundings.socket_path.unlink(missing_ok=True)
        command = [".venv/bin/python", "-m", "supervisor.supervisord", "-c", str(ROOT / "supervisord.conf")]
        # In a process group of its own: a Ctrl-C reaches us alone, and we stop the rest in order.
        self._daemon = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=self.environ, start_new_session=True, preexec_fn=_stop_with_parent
        )
        self._wait(self._answers, SUPERVISOR_S, "supervisord", self.logs / "supervisor.log")

    def start(self, name: str) -> None:
        """Start one process and wait until it is healthy; raises `StartError` with the end of its log."""
        self._rpc().startProcess(name, False)
        self._wait(lambda: self.healthy(name), HEALTHY_S, name, self.logs / f"{name}.log", self._crashed)

    def start_watch(self) -> None:
        """Start what publishes edited pages; nobody waits for it, and serving does not depend on it."""
        self._rpc().startProcess("watch", False)

    def pid(self, name: str) -> int:
        """Give the process's number, 0 when it is not running."""
        return int(self._rpc().getProcessInfo(name)["pid"])

    def healthy(self, name: str) -> bool:
        try:
            return httpx.get(self._health_url(name), headers=self._token(), timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def wait(self) -> int:
        """Wait until supervisord ends; gives its exit code."""
        return self._daemon.wait() if self._daemon else 0

    def close(self) -> None:
        """Stop every process, then supervisord."""
        if self._daemon is None or self._daemon.poll() is not None:
            return
        self._daemon.terminate()
        try:
            self._daemon.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._daemon.kill()
            self._daemon.wait()

    def _health_url(self, name: str) -> str:
        ports = self.surroundings
        return {
            "knowledge": f"http://127.0.0.1:{ports.knowledge_port}/healthz",
            "actions": f"http://127.0.0.1:{ports.actions_port}/healthz",
            "engine": f"http://127.0.0.1:{ports.engine_port}/webhooks/cornerdesk/",
            "bridge": f"{ports.url}/healthz",
        }[name]

    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.environ['CORNERDESK_INNER_TOKEN']}"}

    def _rpc(self) -> Any:
        transport = SupervisorTransport(None, None, f"unix://{self.surroundings.socket_path}")
        return ServerProxy("http://127.0.0.1", transport=transport).supervisor

    def _answers(self) -> bool:
        try:
            return bool(self._rpc().getState()["statename"] == "RUNNING")
        except OSError:
            return False

    def _crashed(self, name: str) -> bool:
        return self._rpc().getProcessInfo(name)["statename"] in ("BACKOFF", "FATAL")

    def _wait(
        self,
        ready: Callable[[], bool],
        limit_s: float,
        name: str,
        log: Path,
        crashed: Callable[[str], bool] = lambda name: False,
    ) -> None:
        deadline = time.monotonic() + limit_s
        while not ready():
            if self._daemon and self._daemon.poll() is not None:
                raise StartError(f"supervisord stopped while {name} was starting. {_ending(log)}")
            if crashed(name) or time.monotonic() > deadline:
                raise StartError(f"{name} did not come up. {_ending(log)}")
            time.sleep(POLL_S)


def _stop_with_parent() -> None:
    """Have the kernel end supervisord when we are killed outright (Linux only), so that no process is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _ending(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-LOG_LINES:] if log.exists() else []
    return f"The end of {log}:\n" + "\n".join(f"  {line}" for line in lines)
