"""Where a desk keeps its state, which ports it takes, and the secrets that it makes for itself."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_SOCKET_PATH = 100  # characters; the kernel's limit is 107


class StartError(Exception):
    """The desk cannot start; the sentence says what to do."""


@dataclass(frozen=True)
class Surroundings:
    """One desk's folder and ports. Other desks on the machine have others."""

    state: Path
    models: Path
    bridge_host: str
    bridge_port: int
    knowledge_port: int
    actions_port: int
    engine_port: int

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Surroundings:
        state = (ROOT / environ.get("CORNERDESK_STATE", "var")).resolve()
        return cls(
            state=state,
            models=Path(environ.get("CORNERDESK_MODELS", state / "models")).resolve(),
            bridge_host=environ.get("CORNERDESK_HOST", "127.0.0.1"),
            bridge_port=_port(environ, "CORNERDESK_PORT", 8000),
            knowledge_port=_port(environ, "CORNERDESK_KNOWLEDGE_PORT", 5056),
            actions_port=_port(environ, "CORNERDESK_ACTIONS_PORT", 5055),
            engine_port=_port(environ, "CORNERDESK_ENGINE_PORT", 5005),
        )

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.bridge_host in ("0.0.0.0", "::") else self.bridge_host  # noqa: S104
        return f"http://{host}:{self.bridge_port}"

    @property
    def socket_path(self) -> Path:
        """The supervisor's socket; in the state folder, unless its path is longer than a socket's may be."""
        path = self.state / "supervisor.sock"
        if len(str(path)) <= LONGEST_SOCKET_PATH:
            return path
        digest = hashlib.sha256(str(self.state).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"cornerdesk-{digest}.sock"

    def environment(self, environ: Mapping[str, str], model: Path | None = None) -> dict[str, str]:
        """Give what every process of this desk reads: the given settings first, then these."""
        ours = {
            "CORNERDESK_STATE": str(self.state),
            "CORNERDESK_SUPERVISOR_SOCKET": str(self.socket_path),
            "CORNERDESK_PORT": str(self.bridge_port),
            "CORNERDESK_KNOWLEDGE_PORT": str(self.knowledge_port),
            "CORNERDESK_ACTIONS_PORT": str(self.actions_port),
            "CORNERDESK_ENGINE_PORT": str(self.engine_port),
            "CORNERDESK_KNOWLEDGE_URL": f"http://127.0.0.1:{self.knowledge_port}",
            "CORNERDESK_ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}/webhook",
            "CORNERDESK_ENGINE_URL": f"http://127.0.0.1:{self.engine_port}",
            "CORNERDESK_INDEX": str(self.state / "index"),
            "CORNERDESK_GRAPHS": str(self.state / "graphs"),
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.state / 'cornerdesk.sqlite3'}",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "RASA_TELEMETRY_ENABLED": "false",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "PYTHONWARNINGS": "ignore::DeprecationWarning",
        }
        if model is not None:
            ours["CORNERDESK_ENGINE_MODEL"] = str(model)
        return {**_secrets(self.state), **ours, **environ, **({} if model is None else _only(ours, "ENGINE_MODEL"))}

    def claim(self) -> None:
        """Raise `StartError` when this desk runs already, or another program has one of its ports."""
        if (running := self._running()) is not None:
            raise StartError(f"A desk already runs from {self.state} (process {running}). Stop it: kill {running}")
        self._claim_ports()

    def _running(self) -> int | None:
        try:
            number = int((self.state / "supervisor.pid").read_text())
            os.kill(number, 0)
            return number
        except (OSError, ValueError):
            return None

    def _claim_ports(self) -> None:
        wanted = {
            "CORNERDESK_PORT": (self.bridge_host, self.bridge_port),
            "CORNERDESK_KNOWLEDGE_PORT": ("127.0.0.1", self.knowledge_port),
            "CORNERDESK_ACTIONS_PORT": ("127.0.0.1", self.actions_port),
            "CORNERDESK_ENGINE_PORT": ("127.0.0.1", self.engine_port),
        }
        for name, (host, port) in wanted.items():
            if not _free(host, port):
                raise StartError(
                    f"Port {port} on {host} is taken by another program. Stop it, or choose another port: {name}=…"
                )


def _only(values: dict[str, str], ending: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if name.endswith(ending)}


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise StartError(f"{name} is {text!r}: give a port from 1 to 65535.")
    return int(text)


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _secrets(state: Path) -> dict[str, str]:
    """Read `secrets.env` in the state folder; the first start makes it, for this user's eyes only."""
    path = state / "secrets.env"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"CORNERDESK_INNER_TOKEN={secrets.token_urlsafe(32)}\n")
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
