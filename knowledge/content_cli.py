"""The content team's commands: check, import, diff, eval, watch."""

from __future__ import annotations

import itertools
import threading
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from knowledge.check import Report, check
from knowledge.diff import KINDS, Change, Diff, diff
from knowledge.diff_html import diff_html
from knowledge.embedder import ModelEmbedder, packaged_folder, whole_words
from knowledge.errors import KnowledgeError, PagesError
from knowledge.evaluate import Evaluation, Outcome, Threshold, evaluate
from knowledge.importing.run import Imported, import_pages
from knowledge.plain import plain
from knowledge.questions import QuestionsError, questions_of, read_questions
from knowledge.reliability import plot
from knowledge.terminal import (
    FOUND,
    JsonOption,
    PagesOption,
    echo_json,
    fault_record,
    out,
    progress,
    settings_or_stop,
    show_faults,
    stopping,
)
from knowledge.told import Told, open_either, pages_of
from knowledge.watch import Round, Watcher, watch

SHOWN = 20  # files named on the screen
SAID = 160  # characters of an answer on the screen

COLOURS = {
    "lost": "red",
    "uncertain": "yellow",
    "other": "magenta",
    "reworded": "cyan",
    "choices": "blue",
    "gained": "green",
    "same": "dim",
}
QuestionsOption = Annotated[Path | None, typer.Option("--questions", help="Questions: one a line, or a CSV.")]
EDITED = {"new": "green", "gone": "red", "edited": "cyan"}

content = typer.Typer(no_args_is_help=True, add_completion=False)


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
        embedder = ModelEmbedder(settings.model)
        tell("reading both", 0, None)
        words = whole_words(packaged_folder())
        found = diff(old, new, asked, embedder, words, lambda done, whole: tell("asking questions", done, whole))
        if html:
            _write_text(html, diff_html(found))
    if as_json:
        echo_json(_diff_record(found))
    else:
        _show_diff(found)
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


def _write_text(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise ReportError(f"The report {file} cannot be written: {error.strerror}. Name another place.") from None


def _told_record(told: Told) -> dict[str, object]:
    first = told.first
    return {
        "verdict": told.verdict,
        "probability": round(told.probability, 4),
        "passage": first.passage_id if first else None,
        "text": first.text if first and told.verdict == "answer" else None,
        "choices": told.choices if told.verdict == "clarify" else (),
    }


def _diff_record(found: Diff) -> dict[str, object]:
    changes = [
        {
            "kind": change.kind,
            "question": change.question,
            "old": _told_record(change.old),
            "new": _told_record(change.new),
        }
        for change in found.changed
    ]
    return {"old": found.old_version, "new": found.new_version, "counts": found.counts, "changes": changes}


def _show_diff(found: Diff) -> None:
    table = Table(show_header=False, box=None)
    for kind, count in found.counts.items():
        table.add_row(str(count), f"questions {KINDS[kind]}", style=COLOURS[kind] if count else "dim")
    out.print(table)
    show_changes(found.changed)


def show_changes(changes: tuple[Change, ...]) -> None:
    """Each changed question with what it is told before and after."""
    for change in changes:
        out.print(f"\n{change.question}", style="bold", markup=False, highlight=False)
        out.print(f"  {change.kind}", style=COLOURS[change.kind], highlight=False)
        skip = _first_difference(change) if change.kind == "reworded" else 0
        for mark, told, style in (("-", change.old, "red"), ("+", change.new, "green")):
            out.print(f"  {mark} {_said(told, skip)}", style=style, markup=False, highlight=False, soft_wrap=True)


def _first_difference(change: Change) -> int:
    """From which word on a reworded answer is shown: a few before the first that differs."""
    texts = [plain(told.first.text).split() if told.first else [] for told in (change.old, change.new)]
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(*texts, strict=False))
    return max(0, sum(1 for _ in same) - 8)


def _said(told: Told, skip: int = 0) -> str:
    if told.verdict == "answer" and told.first:
        words = ("… " if skip else "") + " ".join(plain(told.first.text).split()[skip:])
        words = words if len(words) <= SAID else f"{words[:SAID]}…"
        return f"{told.first.page_title} › {told.first.heading}: {words} ({told.probability:.2f})"
    if told.verdict == "clarify":
        return f"offers: {'; '.join(told.choices)} ({told.probability:.2f})"
    return f"no answer ({told.probability:.2f})"


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
        embedder = ModelEmbedder(settings.model)
        opened = open_either(pages or settings.index, embedder)
        words = whole_words(packaged_folder())
        found = evaluate(opened, asked, embedder, words, lambda done, whole: tell("asking questions", done, whole))
        if picture:
            plot(found, picture)
    if as_json:
        echo_json(_evaluation_record(found))
    else:
        _show_evaluation(found)


def _evaluation_record(found: Evaluation) -> dict[str, object]:
    right, asked_back = found.clarified
    return {
        "questions": len(found.outcomes),
        "answer_from": found.answer_from,
        "clarify_from": found.clarify_from,
        "shipped": asdict(found.shipped),
        "best_at_90": asdict(found.best) if found.best else None,
        "clarified": {"asked": asked_back, "with_right_heading": right},
        "brier": found.brier,
        "calibration_error": found.calibration_error,
        "curve": [asdict(one) for one in found.curve],
        "bins": [asdict(one) for one in found.bins],
        "wrong": [asdict(one) for one in found.wrong],
        "missed": [asdict(one) for one in found.missed],
    }


def _show_evaluation(found: Evaluation) -> None:
    table = Table("from", "answered", "right", "false answers", title="Thresholds", title_justify="left")
    for one in found.curve[::2]:
        table.add_row(f"{one.at:.2f}", *_shares(one))
    table.add_section()
    table.add_row(f"{found.answer_from:.2f} (in use)", *_shares(found.shipped), style="bold green")
    if found.best:
        table.add_row(f"{found.best.at:.2f} (90% right)", *_shares(found.best), style="cyan")
    out.print(table)
    right, asked_back = found.clarified
    out.print(f"Headings offered: {asked_back} times, {right} times with a right one among them.", highlight=False)
    out.print(f"Calibration error {found.calibration_error:.3f}, Brier {found.brier:.3f}.", highlight=False)
    _list("Wrong answers, the surest first", found.wrong)
    _list("Answerable, and told nothing", found.missed)


def _shares(one: Threshold) -> tuple[str, str, str]:
    shares = (one.answered, one.precision, one.false_answers)
    answered, right, false = ("-" if share is None else f"{share:.0%}" for share in shares)
    return answered, right, false


def _list(title: str, outcomes: tuple[Outcome, ...]) -> None:
    if outcomes:
        table = Table(
            "probability", "question", "first passage", title=f"{title}: {len(outcomes)}", title_justify="left"
        )
        for one in outcomes[:SHOWN]:
            table.add_row(f"{one.probability:.2f}", escape(one.question[:70]), one.first or "-")
        out.print(table)


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
        embedder = ModelEmbedder(settings.model)
        folder = pages or settings.pages
        if not folder.is_dir():
            raise PagesError(f"There is no folder of pages at {folder}. Make it, or name another with --pages.")
        watcher = Watcher(folder, index or settings.index, embedder, asked, whole_words(packaged_folder()))
        with suppress(KeyboardInterrupt):
            for done in watch(watcher, stop):
                if as_json:
                    echo_json(_round_record(done))
                else:
                    _show_round(done)


def _round_record(done: Round) -> dict[str, object]:
    return {
        "version": done.built.manifest.version if done.built else None,
        "changed": done.built.changed if done.built else (),
        "refused": [fault_record(fault) for fault in done.refused],
        "trouble": done.trouble,
        "sections": [asdict(section) for section in done.sections],
        "changes": [{"kind": change.kind, "question": change.question} for change in done.changes],
        "seconds": round(done.seconds, 3),
    }


def _show_round(done: Round) -> None:
    now = datetime.now().strftime("%H:%M:%S")
    if done.built is None:
        show_faults(done.refused)
        if done.trouble:
            out.print(done.trouble, style="red", markup=False)
        out.print(f"{now}  Not published: the last good index goes on being served.", style="bold red", highlight=False)
        return
    version, pages = done.built.manifest.version, len(done.built.manifest.pages)
    if not done.built.changed:
        out.print(f"{now}  {pages} pages, version {version}: nothing to publish.", style="dim", highlight=False)
        return
    show_faults([fault for fault in done.built.pages.faults if fault.path in done.built.changed])
    for section in done.sections:
        where = f"{section.title} › {section.heading}" if section.heading else section.title
        out.print(f"  {section.what:6}  {where}", style=EDITED[section.what], markup=False, highlight=False)
    show_changes(done.changes)
    what = f"{len(done.built.changed)} pages changed, {len(done.changes)} questions are told something else"
    out.print(f"{now}  Published {version}: {what} ({done.seconds:.1f} s).", style="bold green", highlight=False)
