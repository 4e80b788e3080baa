"""What the content team's commands print for people: coloured tables and lists."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime

from rich.markup import escape
from rich.table import Table

from knowledge.check.check import Report
from knowledge.content.diff import KINDS, Change, Diff
from knowledge.content.evaluate import Evaluation, Outcome, Threshold
from knowledge.content.learn import Learned, Suggestion
from knowledge.content.watch import Round
from knowledge.importing.run import Imported
from knowledge.search.answers import QuestionAnswer
from knowledge.terminal import out, show_faults
from knowledge.text.plain import plain

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
EDITED = {"new": "green", "gone": "red", "edited": "cyan"}


def show_report(report: Report) -> None:
    """The faults of a folder, and how many there are."""
    show_faults(report.faults)
    read = f"{report.pages} pages, {report.sections} sections"
    if report.clean:
        out.print(f"{read}: nothing to mend.", style="green", highlight=False)
        return
    left_out = len({fault.path for fault in report.faults if fault.fatal})
    ending = f"; {left_out} files cannot be used" if left_out else ""
    out.print(f"\n{read}: {len(report.faults)} faults{ending}.", style="bold", highlight=False)


def show_imported(done: Imported) -> None:
    """What an import did, and what went wrong."""
    show_faults(done.faults)
    if done.more_faults:
        out.print(f"\n… and {done.more_faults} more faults of the same feed.", style="yellow", highlight=False)
    for path in done.written[:SHOWN]:
        out.print(f"written  {path}", style="green", markup=False, highlight=False)
    if len(done.written) > SHOWN:
        out.print(f"… and {len(done.written) - SHOWN} more.", highlight=False)
    faults = len(done.faults) + done.more_faults
    out.print(f"\n{len(done.written)} written, {len(done.unchanged)} unchanged, {faults} faults.", highlight=False)


def show_diff(found: Diff) -> None:
    """How many questions change in each way, and each that does."""
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
        for mark, answer, style in (("-", change.old, "red"), ("+", change.new, "green")):
            out.print(f"  {mark} {_said(answer, skip)}", style=style, markup=False, highlight=False, soft_wrap=True)


def _first_difference(change: Change) -> int:
    """From which word on a reworded answer is shown: a few before the first that differs."""
    texts = [plain(answer.first.text).split() if answer.first else [] for answer in (change.old, change.new)]
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(*texts, strict=False))
    return max(0, sum(1 for _ in same) - 8)


def _said(answer: QuestionAnswer, skip: int = 0) -> str:
    if shown := answer.shown:
        words = ("… " if skip else "") + " ".join(plain(shown.text).split()[skip:])
        words = words if len(words) <= SAID else f"{words[:SAID]}…"
        likely = "likely: " if answer.verdict == "likely" else ""
        return f"{likely}{shown.page_title} › {shown.heading}: {words} ({answer.probability:.2f})"
    if answer.verdict == "clarify":
        return f"offers: {'; '.join(answer.choices)} ({answer.probability:.2f})"
    return f"no answer ({answer.probability:.2f})"


def show_evaluation(found: Evaluation) -> None:
    """Thresholds against outcomes, and the questions to look at."""
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


def show_round(done: Round) -> None:
    """What one save changed for shoppers."""
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


def show_learned(found: Learned, written: Sequence[Suggestion], accept: bool) -> None:
    """What old tickets teach, by section, what they cannot, and whether it was written."""
    for one in found.unplaced[:SHOWN]:
        out.print(f"line {one.line}: “{one.question[:SAID]}”: {one.why}", style="yellow", markup=False, highlight=False)
    if len(found.unplaced) > SHOWN:
        out.print(f"… and {len(found.unplaced) - SHOWN} more that teach nothing.", highlight=False)
    by_section = sorted(found.suggestions, key=lambda one: one.heading)
    for heading, group in itertools.groupby(by_section, key=lambda one: one.heading):
        out.print(f"\n{heading}", style="bold", markup=False, highlight=False)
        for said in group:
            times = f"  ({said.times} tickets)" if said.times > 1 else ""
            out.print(f"  {said.lesson.question}{times}", markup=False, highlight=False, soft_wrap=True)
    proof = found.proof
    out.print(
        f"\n{len(found.suggestions)} questions to learn. Asked with the other half of them learned, {proof.after} of "
        f"{proof.asked} find their section first; as the pages are now, {proof.before}.",
        highlight=False,
        soft_wrap=True,
    )
    out.print(_ending(found, written, accept), style="red" if proof.harmful else "green", highlight=False)


def _ending(found: Learned, written: Sequence[Suggestion], accept: bool) -> str:
    if found.proof.harmful:
        return "Fewer would be right than now, so nothing was written. Look through the links, section by section."
    if accept:
        return f"{len(written)} written."
    return "Nothing was written. With --accept they are." if found.suggestions else "Nothing was written."
