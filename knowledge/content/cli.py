"""The content team's commands: check, import, diff, eval, learn, watch."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from knowledge.check.check import check
from knowledge.content.diff import diff
from knowledge.content.diff_html import diff_html
from knowledge.content.evaluate import evaluate
from knowledge.content.learn import Learned, prove, suggested, write
from knowledge.content.lessons import Curriculum
from knowledge.content.print_json import diff_record, evaluation_record, import_record, learned_record, round_record
from knowledge.content.print_tables import (
    show_diff,
    show_evaluation,
    show_imported,
    show_learned,
    show_report,
    show_round,
)
from knowledge.content.reliability import plot
from knowledge.content.tickets import read_tickets
from knowledge.content.watch import Watcher, watch
from knowledge.errors import KnowledgeError, PagesError
from knowledge.importing.run import import_pages
from knowledge.model.embedder import ADAPTER, ModelEmbedder, packaged_folder, whole_words
from knowledge.model.reading import Embedder
from knowledge.page.questions import QuestionsError, questions_of, read_questions
from knowledge.search.answers import open_either, pages_of
from knowledge.search.entities import EntityReader
from knowledge.settings import PagesSettings
from knowledge.terminal import (
    FOUND,
    JsonOption,
    PagesOption,
    echo_json,
    fault_record,
    progress,
    settings_or_stop,
    stopping,
)

QuestionsOption = Annotated[Path | None, typer.Option("--questions", help="Questions: one a line, or a CSV.")]
content = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)


class ReportError(KnowledgeError):
    """A report cannot be written."""

    code = "bad_report"


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
        embedder = None if quick else _model(settings, adapter=None)
        report = check(path or settings.pages, embedder, elsewhere=also or (), step=lambda name: tell(name, 0, None))
    if as_json:
        faults = [fault_record(fault) for fault in report.faults]
        echo_json({"pages": report.pages, "sections": report.sections, "faults": faults})
    else:
        show_report(report)
    if not report.clean:
        raise typer.Exit(FOUND)


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
        done = import_pages(source, into or settings.pages, currency, progress=tell, private=private)
    if as_json:
        echo_json(import_record(done))
    else:
        show_imported(done)
    if done.faults:
        raise typer.Exit(FOUND)


@content.command("diff")
def diff_command(
    old: Annotated[Path, typer.Argument(help="The pages (or the index) as they are.")],
    new: Annotated[Path, typer.Argument(help="The pages (or the index) as they would be.")],
    questions: QuestionsOption = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the report as an HTML file too.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what an edit changes for shoppers. Exit code 0: nothing, 1: something, 2: not compared."""
    settings = settings_or_stop(as_json)
    with stopping(as_json), progress(quiet=as_json) as tell:
        asked = _questions(questions, old, new)
        tell("loading the model", 0, None)
        embedder = _model(settings)
        tell("reading both", 0, None)
        words = whole_words(packaged_folder())
        found = diff(old, new, asked, embedder, words, lambda done, whole: tell("asking questions", done, whole))
        if html:
            _write_text(html, diff_html(found))
    if as_json:
        echo_json(diff_record(found))
    else:
        show_diff(found)
    if found.changed:
        raise typer.Exit(FOUND)


def _questions(file: Path | None, *folders: Path) -> list[str]:
    """The questions of the file; without one, those that the pages list themselves."""
    if file:
        return [asked.text for asked in read_questions(file)]
    pages = [page for folder in folders for page in pages_of(folder)]
    asked = [asked.text for asked in questions_of(pages)]
    if not asked:
        raise QuestionsError("The pages list no questions of their own. Name a file of questions with --questions.")
    return asked


def _model(settings: PagesSettings, adapter: Path | None = ADAPTER) -> Embedder:
    """The model on all cores; the watch, which runs beside the service, keeps to one."""
    return ModelEmbedder(settings.model, os.cpu_count() or 1, settings.graphs, adapter)


def _write_text(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise ReportError(f"The report {file} cannot be written: {error.strerror}. Name another place.") from None


@content.command("eval")
def eval_command(
    questions: Annotated[Path, typer.Option("--questions", help="CSV: question, accept (or label, with --gold).")],
    gold: Annotated[Path | None, typer.Option("--gold", help="CSV label,accept for questions with a label.")] = None,
    pages: Annotated[Path | None, typer.Option("--pages", help="Pages or index to ask (CORNERDESK_INDEX).")] = None,
    picture: Annotated[Path | None, typer.Option("--plot", help="Draw the reliability into a .png or .svg.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold the thresholds against outcomes. Exit code 0: done, 2: not done."""
    settings = settings_or_stop(as_json)
    with stopping(as_json), progress(quiet=as_json) as tell:
        asked = read_questions(questions, gold)
        tell("loading the model", 0, None)
        embedder = _model(settings)
        opened = open_either(pages or settings.index, embedder)
        words = whole_words(packaged_folder())
        found = evaluate(opened, asked, embedder, words, lambda done, whole: tell("asking questions", done, whole))
        if picture:
            plot(found, picture)
    if as_json:
        echo_json(evaluation_record(found))
    else:
        show_evaluation(found)


@content.command("learn")
def learn_command(
    tickets: Annotated[Path, typer.Argument(help="CSV or JSONL: question, and link or passage.")],
    pages: PagesOption = None,
    accept: Annotated[bool, typer.Option("--accept", help="Write the questions into the pages' asked_as.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Learn from old tickets which section answers what. Exit code 0: done, 1: it would do harm, 2: not done."""
    settings = settings_or_stop(as_json)
    folder = pages or settings.pages
    with stopping(as_json), progress(quiet=as_json) as tell:
        asked, read = read_tickets(tickets), pages_of(folder)
        words = whole_words(packaged_folder())
        curriculum = Curriculum(read, EntityReader(read, settings.order_pattern), words)
        found, unplaced = suggested(asked, read, curriculum)
        tell("loading the model", 0, None)
        embedder = _model(settings)
        proof = prove(read, found, embedder, words, lambda done, whole: tell("asking both halves", done, whole))
        written, refused = write(folder, found) if accept and not proof.harmful else ([], [])
        learned = Learned(tuple(found), (*unplaced, *refused), proof)
    if as_json:
        echo_json(learned_record(learned, written))
    else:
        show_learned(learned, written, accept)
    if proof.harmful:
        raise typer.Exit(FOUND)


@content.command("watch")
def watch_command(
    pages: PagesOption = None,
    index: Annotated[Path | None, typer.Option("--index", help="Index folder (CORNERDESK_INDEX).")] = None,
    questions: QuestionsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Publish the pages on every save, and tell what changes for shoppers. Ctrl-C ends it."""
    settings = settings_or_stop(as_json)
    stop = threading.Event()
    with stopping(as_json):
        asked = tuple(one.text for one in read_questions(questions)) if questions else ()
        embedder = ModelEmbedder(settings.model, graphs=settings.graphs)
        folder = pages or settings.pages
        if not folder.is_dir():
            raise PagesError(f"There is no folder of pages at {folder}. Make it, or name another with --pages.")
        watcher = Watcher(folder, index or settings.index, embedder, asked, whole_words(packaged_folder()))
        with suppress(KeyboardInterrupt):
            for done in watch(watcher, stop):
                if as_json:
                    echo_json(round_record(done))
                else:
                    show_round(done)
