"""`desk`: what an operator does from a shell."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from handoff.agents import Agents
from handoff.engine import HttpEngine
from handoff.erasure import Erasure
from handoff.errors import DeskError
from handoff.settings import Settings, read_settings
from handoff.store import Database, Store
from handoff.wire import Json

app = typer.Typer(help="Run a Cornerdesk.", no_args_is_help=True, add_completion=False)
agent = typer.Typer(help="The people at the desk.", no_args_is_help=True)
app.add_typer(agent, name="agent")

PASSWORD_VARIABLE = "CORNERDESK_AGENT_PASSWORD"  # noqa: S105 - the name of a variable
Done = TypeVar("Done")
Email = Annotated[str, typer.Argument(help="The agent's e-mail address.")]


@app.callback()
def desk() -> None:
    """Run a Cornerdesk."""


@agent.command("add")
def add_agent(
    email: Email,
    name: Annotated[str, typer.Option(help="How shoppers see the agent.")] = "",
    role: Annotated[str, typer.Option(help="agent, lead, admin or content.")] = "agent",
    if_missing: Annotated[bool, typer.Option("--if-missing", help="Leave an agent who exists as they are.")] = False,
) -> None:
    """Add an agent. The password is asked for, or taken from CORNERDESK_AGENT_PASSWORD."""

    async def work(store: Store, agents: Agents) -> str:
        if if_missing and await store.people.by_email(email):
            return f"{email} is there already."
        added = await agents.add(email, _password(), name=name, role=role)
        return f"{added.email} added as {added.role}."

    typer.echo(_run(work))


@agent.command("password")
def set_password(email: Email) -> None:
    """Set another password; it ends the agent's sessions."""

    async def work(store: Store, agents: Agents) -> str:
        found = await store.people.by_email(email)
        if found is None:
            raise DeskError(f"There is no agent {email}. `desk agent list` shows who there is.")
        await store.people.set_password(found.id, await agents.hash_password(_password()))
        return f"{found.email} has a new password."

    typer.echo(_run(work))


@agent.command("list")
def list_agents() -> None:
    """Everybody who may sign in."""

    async def work(store: Store, agents: Agents) -> str:
        return "\n".join(f"{a.email}  {a.name}  {a.role}" for a in await store.people.all())

    typer.echo(_run(work))


@app.command()
def erase(
    conversation: Annotated[str, typer.Argument(help="The conversation's id, or an e-mail address.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a shopper's conversations with everything that belongs to them, and print the receipt."""
    if not yes:
        typer.confirm(f"Erase {conversation}? There is no way back.", abort=True)

    async def work(store: Store, agents: Agents) -> str:
        async with _erasure(store, agents.clock) as erasure:
            if "@" in conversation:
                done = await erasure.erase_of(conversation, who="operator")
            else:
                done = await erasure.erase([conversation], who="operator")
        memory = {"erased": "The assistant has forgotten them.", "pending": "The assistant will, once it is reached."}
        line = f"Erased {done.conversations} conversation(s), {done.events} event(s). {memory[done.assistant]}"
        return f"{line} Receipt {done.receipt}."

    typer.echo(_run(work))


@app.command()
def export(conversation: Annotated[str, typer.Argument(help="The conversation's id.")]) -> None:
    """Print all that is kept of a conversation, as JSON."""

    async def work(store: Store, agents: Agents) -> str:
        async with _erasure(store, agents.clock) as erasure:
            kept = await erasure.export(conversation, who="operator")
        return json.dumps(kept, ensure_ascii=False, indent=2)

    typer.echo(_run(work))


@app.command()
def audit(limit: Annotated[int, typer.Option(help="How many lines.")] = 50) -> None:
    """Who did what, the newest first."""

    async def work(store: Store, agents: Agents) -> str:
        entries = await store.audit.entries(limit=limit)
        lines = (f"{e.at:%Y-%m-%d %H:%M:%S}  {e.who}  {e.action}  {e.conversation_id or ''}" for e in entries)
        return "\n".join(lines)

    typer.echo(_run(work))


@app.command()
def replay(
    policy: Annotated[Path, typer.Option(help="TOML: thresholds, and [[table]] rows if any.")],
    scripts: Annotated[Path | None, typer.Option(help="JSONL of scripts, instead of stored conversations.")] = None,
    conversations: Annotated[list[str] | None, typer.Option(help="Only this one; may be given again.")] = None,
    days: Annotated[int, typer.Option(help="Stored conversations of the last so many days.")] = 30,
    before: Annotated[Path | None, typer.Option(help="Compare with this policy, not with what happened.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
) -> None:
    """Say what another policy would have done: hand-offs gained, lost, earlier, later, and the load on agents."""
    if scripts and conversations:
        typer.echo("desk: give --scripts or --conversations, not both.", err=True)
        raise typer.Exit(1)
    words = ["--policy", str(policy), *(["--before", str(before)] if before else []), *(["--json"] if as_json else [])]
    if scripts:
        raise typer.Exit(_replayed([*words, "--scripts", str(scripts)]))

    async def work(store: Store, agents: Agents) -> dict[str, list[Json]]:
        return await store.turn_reports.by_episode(agents.clock() - timedelta(days=days), conversations or ())

    kept = [{"id": name, "reports": reports} for name, reports in _run(work).items()]
    raise typer.Exit(_replayed([*words, "--stored", "-"], "".join(json.dumps(one) + "\n" for one in kept)))


def _replayed(words: Sequence[str], given: str | None = None) -> int:
    """Have the actions decide again, in a process of their own: the desk does not know their table."""
    command = [sys.executable, "-m", "actions.replay", *words]
    return subprocess.run(command, input=given, text=True, check=False).returncode  # noqa: S603 - our own words


@asynccontextmanager
async def _erasure(store: Store, clock: Callable[[], datetime]) -> AsyncIterator[Erasure]:
    """Erasure, with a way to the engine, which is asked to forget what is erased."""
    settings = read_settings()
    token = settings.inner_token.get_secret_value()
    engine = HttpEngine(settings.engine_url, token, timeout_s=settings.engine_timeout_s)
    try:
        yield Erasure(store, clock, engine)
    finally:
        await engine.close()


def _password() -> str:
    return os.environ.get(PASSWORD_VARIABLE) or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _run(work: Callable[[Store, Agents], Awaitable[Done]]) -> Done:
    """Open the store, work, and close it; an error is one sentence and exit code 1."""
    try:
        return asyncio.run(_with_store(read_settings(), work))
    except DeskError as error:
        typer.echo(f"desk: {error.message}", err=True)
        raise typer.Exit(1) from None


async def _with_store(settings: Settings, work: Callable[[Store, Agents], Awaitable[Done]]) -> Done:
    store = Store(Database(settings.database_url))
    try:
        await store.database.migrate()
        agents = Agents(
            store, lambda: datetime.now(UTC), session_hours=settings.session_hours, lease_s=settings.lease_s
        )
        return await work(store, agents)
    finally:
        await store.database.close()


if __name__ == "__main__":
    app()
