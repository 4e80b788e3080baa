"""The content team's commands: check, import, diff, eval, watch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from knowledge.check import Report, check
from knowledge.embedder import ModelEmbedder
from knowledge.importing.run import Imported, import_pages
from knowledge.terminal import (
    FOUND,
    JsonOption,
    echo_json,
    fault_record,
    out,
    progress,
    settings_or_stop,
    show_faults,
    stopping,
)

SHOWN = 20  # files named on the screen

content = typer.Typer(no_args_is_help=True, add_completion=False)


@content.command("check")
def check_command(
    path: Annotated[Path | None, typer.Argument(help="Folder of pages (CORNERDESK_PAGES).")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what needs the model.")] = False,
    also: Annotated[list[str] | None, typer.Option("--also", help="An address of the site that is no page.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Find every fault of the pages, by file and line, with its remedy. Exit code 0: none, 1: some, 2: not checked."""
    settings = settings_or_stop(as_json)
    with stopping(as_json), progress(quiet=as_json) as tell:
        tell("loading the model", 0, None)
        embedder = None if quick else ModelEmbedder(settings.model)
        report = check(path or settings.pages, embedder, elsewhere=also or (), step=lambda name: tell(name, 0, None))
    if as_json:
        faults = [fault_record(fault) for fault in report.faults]
        echo_json({"pages": report.pages, "sections": report.sections, "faults": faults})
    else:
        _show_report(report)
    if not report.clean:
        raise typer.Exit(FOUND)


def _show_report(report: Report) -> None:
    show_faults(report.faults)
    read = f"{report.pages} pages, {report.sections} sections"
    if report.clean:
        out.print(f"{read}: nothing to mend.", style="green", highlight=False)
        return
    left_out = len({fault.path for fault in report.faults if fault.fatal})
    ending = f"; {left_out} files cannot be used" if left_out else ""
    out.print(f"\n{read}: {len(report.faults)} faults{ending}.", style="bold", highlight=False)


@content.command("import")
def import_command(
    source: Annotated[Path, typer.Argument(help="Addresses (.txt), a folder of HTML, or a feed (.csv).")],
    into: Annotated[Path | None, typer.Option("--into", help="Folder of pages (CORNERDESK_PAGES).")] = None,
    currency: Annotated[str | None, typer.Option("--currency", help="Refuse prices in others, such as EUR.")] = None,
    private: Annotated[bool, typer.Option("--private", help="Allow addresses of private networks.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make Markdown pages of HTML pages or of a product feed. Exit code 0: all of it, 1: with faults, 2: nothing."""
    settings = settings_or_stop(as_json)
    with stopping(as_json), progress(quiet=as_json) as tell:
        done = import_pages(source, into or settings.pages, currency, tell=tell, private=private)
    if as_json:
        echo_json(_import_record(done))
    else:
        _show_imported(done)
    if done.faults:
        raise typer.Exit(FOUND)


def _import_record(done: Imported) -> dict[str, object]:
    faults = [fault_record(fault) for fault in done.faults]
    return {"written": done.written, "unchanged": done.unchanged, "faults": faults, "more_faults": done.more_faults}


def _show_imported(done: Imported) -> None:
    show_faults(done.faults)
    if done.more_faults:
        out.print(f"\n… and {done.more_faults} more faults of the same feed.", style="yellow", highlight=False)
    for path in done.written[:SHOWN]:
        out.print(f"written  {path}", style="green", markup=False, highlight=False)
    if len(done.written) > SHOWN:
        out.print(f"… and {len(done.written) - SHOWN} more.", highlight=False)
    faults = len(done.faults) + done.more_faults
    out.print(f"\n{len(done.written)} written, {len(done.unchanged)} unchanged, {faults} faults.", highlight=False)
