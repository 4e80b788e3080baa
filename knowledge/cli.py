"""The command `knowledge`: what a content team does with its pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from knowledge.content.cli import content
from knowledge.errors import KnowledgeError
from knowledge.index.build import Built, build
from knowledge.index.index_folder import open_index
from knowledge.model.embedder import ModelEmbedder, packaged_folder, whole_words
from knowledge.model.reading import Embedder
from knowledge.page.questions import QuestionsError
from knowledge.search.search import Searcher
from knowledge.settings import PagesSettings, read_settings
from knowledge.terminal import JsonOption, PagesOption, echo_json, err, out
from knowledge.wire.search import PageContext, SearchResult

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Build and ask the shop's pages.",
)

app.add_typer(content)

IndexOption = Annotated[Path | None, typer.Option("--index", help="Index folder (CORNERDESK_INDEX).")]


@app.callback()
def main() -> None:
    """Build and ask the shop's pages."""


@app.command("build")
def build_command(
    pages: PagesOption = None,
    index: IndexOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at any fault instead of leaving pages out.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make the index of the pages and put it in use. Exit code 0: built, 1: nothing was built."""
    settings = read_or_stop()
    try:
        built = _build(settings, pages or settings.pages, index or settings.index, strict, quiet=as_json)
    except KnowledgeError as error:
        raise stop(error, as_json) from None
    if as_json:
        echo_json(_built_record(built))
    else:
        _show_built(built)


@app.command()
def ask(
    question: str,
    page: Annotated[str | None, typer.Option("--page", help="Address of the page the shopper is on.")] = None,
    index: IndexOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=50)] = 5,
    as_json: JsonOption = False,
) -> None:
    """Show what a shopper would be told, why, and the runners-up. Exit code 0: told, 3: no answer, 1: not asked."""
    settings = read_or_stop()
    try:
        if not question.strip():
            raise QuestionsError("The question is empty. Write it in quotes: knowledge ask “how long do I have?”")
        embedder = ModelEmbedder(settings.model, graphs=settings.graphs)
        searcher = Searcher(open_index(index or settings.index, embedder), whole_words(packaged_folder()))
        result = searcher.search(question, embedder, PageContext(url=page) if page else None, limit=limit)
    except KnowledgeError as error:
        raise stop(error, as_json) from None
    if as_json:
        typer.echo(result.model_dump_json())
    else:
        _show_result(result)
    if result.verdict == "unknown":
        raise typer.Exit(3)


def read_or_stop() -> PagesSettings:
    """The settings, or one sentence and exit code 2."""
    try:
        return read_settings(PagesSettings)
    except KnowledgeError as error:
        err.print(f"[red]{error.message}[/red]")
        raise typer.Exit(2) from None


def stop(error: KnowledgeError, as_json: bool) -> typer.Exit:
    """Tell what went wrong; raise what this returns to leave with exit code 1."""
    if as_json:
        echo_json({"error": {"code": error.code, "message": error.message}})
    else:
        err.print(error.message, style="red", markup=False, soft_wrap=True)
    return typer.Exit(1)


def _build(settings: PagesSettings, pages: Path, index: Path, strict: bool, quiet: bool) -> Built:
    with Progress(console=err, transient=True, disable=quiet) as bar:
        task = bar.add_task("Loading the model", total=None)
        embedder: Embedder = ModelEmbedder(settings.model, os.cpu_count() or 1, settings.graphs)

        def show(done: int, whole: int) -> None:
            bar.update(task, description="Reading the pages", completed=done, total=whole)

        return build(pages, index, embedder, strict, show)


def _built_record(built: Built) -> dict[str, object]:
    manifest = built.manifest
    return {
        "version": manifest.version,
        "pages": len(manifest.pages),
        "sections": manifest.sections,
        "passages": manifest.passages,
        "changed": list(built.changed),
        "embedded": built.embedded,
        "fit_refused": manifest.calibration.refused or None,
        "seconds": round(built.seconds, 3),
        "faults": [fault.model_dump() for fault in manifest.faults],
    }


def _show_built(built: Built) -> None:
    manifest = built.manifest
    for fault in manifest.faults:
        colour = "red" if fault.fatal else "yellow"
        err.print(str(fault), style=colour, markup=False, soft_wrap=True)
    left_out = f", {built.pages.left_out} left out" if built.pages.left_out else ""
    out.print(
        f"Index {manifest.version}: {len(manifest.pages)} pages{left_out}, {manifest.sections} sections, "
        f"{len(built.changed)} pages changed, {built.seconds:.1f} s.",
        soft_wrap=True,
    )
    if refused := manifest.calibration.refused:
        out.print(f"Your questions move nothing: {refused} The shipped weights are used.", soft_wrap=True)


def _show_result(result: SearchResult) -> None:
    out.print(f"Verdict: {result.verdict}, probability {result.probability:.2f}, index {result.index_version}\n")
    if result.passages:
        first = result.passages[0]
        out.print(f"{first.page_title} › {first.heading} ({first.url}, {first.updated})", style="bold", markup=False)
        out.print(first.text, markup=False)
    _table("Runners-up", [(f"{p.page_title} › {p.heading}", f"{p.score:.3f}") for p in result.passages[1:]])
    _table("Why", [(name, f"{value:.3f}") for name, value in result.features.items()])


def _table(title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        table = Table(title=title, show_header=False, title_justify="left")
        for row in rows:
            table.add_row(*row)
        out.print(table)


if __name__ == "__main__":
    app()
