"""The picture of an evaluation: reliability on the left, thresholds on the right. PNG or SVG, by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from knowledge.content.evaluate import Evaluation, Threshold
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENDINGS: Final = (".png", ".svg")
INK, GREEN, RUST, SOFT = "#1d1d1a", "#2f6f4f", "#b4532a", "#8a8a80"


class PlotError(KnowledgeError):
    """The picture cannot be drawn there."""

    code = "bad_plot"


def plot(evaluation: Evaluation, file: Path) -> None:
    """Draw an evaluation into a file; raises `PlotError` when its ending or its place will not do."""
    if file.suffix.lower() not in ENDINGS:
        raise PlotError(f"A picture cannot be a {file.suffix or 'file without an ending'}. Name it .png or .svg.")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4.6), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    _reliability(left, evaluation)
    _thresholds(right, evaluation)
    try:
        figure.savefig(file, dpi=140)
    except OSError as error:
        raise PlotError(f"The picture {file} cannot be written: {error.strerror}. Name another place.") from None


def _reliability(axes: Axes, evaluation: Evaluation) -> None:
    bins = evaluation.bins
    most = max(one.count for one in bins)
    axes.bar(
        [(one.low + one.high) / 2 for one in bins],
        [one.count / most * 0.3 for one in bins],
        width=0.09,
        color=SOFT,
        alpha=0.35,
        label=f"questions (tallest: {most})",
    )
    axes.plot([0, 1], [0, 1], color=SOFT, linestyle=":", label="as sure as right")
    axes.plot([one.sure for one in bins], [one.right for one in bins], "o-", color=GREEN, label="this index")
    error, brier = evaluation.calibration_error, evaluation.brier
    axes.set_title(f"Is it as sure as it is right?  calibration error {error:.3f}, Brier {brier:.3f}", fontsize=10)
    _frame(axes, "probability given", "share that was right")


def _thresholds(axes: Axes, evaluation: Evaluation) -> None:
    curve = evaluation.curve
    _line(axes, curve, [one.precision for one in curve], GREEN, "-", "right, of what is answered")
    _line(axes, curve, [one.answered for one in curve], INK, "-", "answered, of the answerable")
    _line(axes, curve, [one.false_answers for one in curve], RUST, "--", "answered, of the unanswerable")
    axes.axvline(evaluation.answer_from, color=GREEN, linewidth=1, linestyle=":", label="answers from here on")
    axes.axvline(evaluation.clarify_from, color=SOFT, linewidth=1, linestyle=":", label="offers headings from here on")
    axes.set_title("What other thresholds would give", fontsize=10)
    _frame(axes, "threshold", "share of questions")


def _line(
    axes: Axes, curve: tuple[Threshold, ...], values: list[float | None], color: str, style: str, label: str
) -> None:
    points = [(one.at, value) for one, value in zip(curve, values, strict=True) if value is not None]
    if points:
        axes.plot([x for x, _ in points], [y for _, y in points], color=color, linestyle=style, label=label)


def _frame(axes: Axes, x: str, y: str) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=x, ylabel=y)
    axes.grid(alpha=0.2)
    axes.legend(fontsize=8, loc="best")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
