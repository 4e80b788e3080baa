"""`make run`: build what is stale, start the four processes, say where to go, stop them all on Ctrl-C."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from rich.console import Console

from scripts import training
from scripts.services import Services
from scripts.surroundings import ROOT, StartError, Surroundings

DEMO_AGENT = "agent@fellandford.example"

console = Console(highlight=False)


class Stop(Exception):  # noqa: N818 (it is no error)
    """Ctrl-C, a closed terminal or a supervisor's request to end."""


@contextmanager
def step(label: str) -> Iterator[None]:
    """Show that something is under way, then that it is done and how long it took."""
    started = time.monotonic()
    with console.status(label):
        if not console.is_terminal:
            console.print(f"  {label} …")
        yield
    console.print(f"[green]✓[/] {label} [dim]({time.monotonic() - started:.1f} s)[/]")


def bring_up(services: Services, surroundings: Surroundings, environ: dict[str, str]) -> None:
    """Bring a desk to where shoppers can be served, in the order in which the processes need each other."""
    with step("Building the index from the pages"):
        _call([".venv/bin/python", "-m", "knowledge.cli", "build"], environ, "The index could not be built.")
    services.open()
    with step("Starting knowledge"):
        services.start("knowledge")
    model = training.model_path(surroundings.models, environ)
    if not model.exists():
        with step("Training the engine (about a minute, once)"):
            training.train(model, environ, services.logs / "train.log")
    for name in ("actions", "engine", "bridge"):
        with step(f"Starting {name}"):
            services.start(name)
    if environ.get("CORNERDESK_WATCH", "on") != "off":
        services.start_watch()


def desk_environment(surroundings: Surroundings, environ: Mapping[str, str]) -> dict[str, str]:
    """Give what every process of this desk reads, the engine's model included."""
    surroundings.models.mkdir(parents=True, exist_ok=True)
    model = training.model_path(surroundings.models, environ)
    return surroundings.environment(environ, model)


def add_demo_agent(environ: dict[str, str]) -> str:
    """Make an agent to sign in with, at the first start; gives what to tell.

    The password is shown this once and kept nowhere but as a hash.
    """
    password = secrets.token_urlsafe(9)
    command = [".venv/bin/python", "-m", "handoff.cli", "agent", "add", DEMO_AGENT, "--role", "admin"]
    command += ["--name", "Robin", "--if-missing"]
    told = _call(command, {**environ, "CORNERDESK_AGENT_PASSWORD": password}, "The demo agent could not be made.")
    if "added" in told:
        return f"{DEMO_AGENT}  password: {password}  (shown this once)"
    return f"{DEMO_AGENT}  (password shown at the first start; `desk agent password {DEMO_AGENT}` sets another)"


def _call(command: list[str], environ: dict[str, str], failure: str) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        raise StartError(f"{failure}\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _greet(surroundings: Surroundings, environ: Mapping[str, str], sign_in: str) -> None:
    console.print(f"""
  [bold]The desk is open.[/]
  Demo shop       {surroundings.url}/
  Agent console   {surroundings.url}/desk
  Sign in         {sign_in}
  Pages           {environ.get("CORNERDESK_PAGES", "knowledge/pages")}  (a saved edit is published by itself)
  Logs            {surroundings.state / "log"}

  Ctrl-C stops everything.
""")


def serve() -> int:
    surroundings = Surroundings.read(os.environ)
    surroundings.claim()
    environ = desk_environment(surroundings, os.environ)
    services = Services(surroundings, environ)
    try:
        bring_up(services, surroundings, environ)
        _greet(surroundings, environ, add_demo_agent(environ))
        return services.wait()
    except Stop:
        return 0
    finally:
        # A second Ctrl-C must not leave a process behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        console.print("Stopping …")
        services.close()


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        return serve()
    except StartError as error:
        Console(stderr=True, highlight=False).print(f"[red]cornerdesk:[/] {error}", markup=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
