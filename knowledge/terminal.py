"""How the command `knowledge` speaks: colours, tables, progress bars, JSON, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from knowledge.errors import Fault, KnowledgeError
from knowledge.settings import PagesSettings, read_settings

FOUND = 1  # exit code: the command did its work and found something wrong
STOPPED = 2  # exit code: the command could not do its work

PagesOption = Annotated[Path | None, typer.Option("--pages", help="Folder of pages (CORNERDESK_PAGES).")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

out = Console()
err = Console(stderr=True)

# (what is being done, how much is done, how much there is or None)
ShowProgress = Callable[[str, int, int | None], None]


@contextmanager
def progress(quiet: bool = False) -> Iterator[ShowProgress]:
    """A progress bar on stderr, gone when the work is done; nothing when `quiet`."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=quiet) as bar:
        task = bar.add_task("Starting", total=None)

        def show(what: str, done: int = 0, whole: int | None = None) -> None:
            bar.update(task, description=what, completed=done, total=whole)

        yield show


@contextmanager
def stopping(as_json: bool) -> Iterator[None]:
    """Turn an error of the knowledge room into one sentence (or a JSON object) and exit code 2."""
    try:
        yield
    except KnowledgeError as error:
        if as_json:
            typer.echo(json.dumps({"error": {"code": error.code, "message": error.message}}))
        else:
            err.print(error.message, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(STOPPED) from None


def settings_or_stop(as_json: bool = False) -> PagesSettings:
    """The settings of the command line, or one sentence and exit code 2."""
    with stopping(as_json):
        return read_settings(PagesSettings)


def echo_json(record: Any) -> None:
    """Print one JSON object on one line."""
    typer.echo(json.dumps(record, ensure_ascii=False, default=str))


def fault_record(fault: Fault) -> dict[str, Any]:
    """A fault for machines."""
    return {
        "path": fault.path,
        "line": fault.line,
        "code": fault.code,
        "message": fault.message,
        "remedy": fault.remedy,
        "fatal": fault.fatal,
    }


def show_faults(faults: tuple[Fault, ...] | list[Fault]) -> None:
    """Faults by file: line, what is wrong (red when the page is left out), and the remedy."""
    path = None
    for fault in faults:
        if fault.path != path:
            path = fault.path
            out.print(f"\n{path}", style="bold", markup=False, highlight=False)
        line = str(fault.line) if fault.line else "-"
        out.print(f"  {line:>5}  ", style="cyan", end="", highlight=False)
        out.print(f"{fault.code}  ", style="red" if fault.fatal else "yellow", end="", markup=False, highlight=False)
        out.print(fault.message, markup=False, highlight=False, soft_wrap=True)
        out.print(f"         {fault.remedy}", style="green", markup=False, highlight=False, soft_wrap=True)
