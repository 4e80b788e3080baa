"""What an edit of the pages changes for shoppers: each question asked of the old state and of the new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from knowledge.model.reading import Embedder
from knowledge.search.answers import Progress, QuestionAnswer, answer_all, open_either
from knowledge.wire.search import Found

Kind = Literal["lost", "uncertain", "other", "reworded", "gained", "choices", "same"]

# Worst first: the order of the report.
KINDS: Final[dict[Kind, str]] = {
    "lost": "lose their answer",
    "uncertain": "become uncertain: headings are offered instead of an answer",
    "other": "are answered from another section",
    "reworded": "are answered with other words of the same section",
    "choices": "are offered other headings",
    "gained": "gain an answer",
    "same": "stay as they are",
}


@dataclass(frozen=True)
class Change:
    """One question, what it is told before and after, and what kind of change that is."""

    kind: Kind
    old: QuestionAnswer
    new: QuestionAnswer

    @property
    def question(self) -> str:
        """The question."""
        return self.old.question


@dataclass(frozen=True)
class Diff:
    """Every question's change between two states of the pages, the worst kinds first."""

    old_version: str
    new_version: str
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[Kind, int]:
        """How many questions changed in each way."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in KINDS}

    @property
    def changed(self) -> tuple[Change, ...]:
        """The questions that are told something else."""
        return tuple(change for change in self.changes if change.kind != "same")


def diff(
    old: Path,
    new: Path,
    questions: Iterable[str],
    embedder: Embedder,
    real_words: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> Diff:
    """Compare two folders, of pages or of an index, by what the questions are told."""
    questions = list(questions)
    before, after = open_either(old, embedder), open_either(new, embedder)
    whole = 2 * len(questions)
    first = answer_all(before, questions, embedder, real_words, progress and (lambda done, _: progress(done, whole)))
    second = answer_all(
        after, questions, embedder, real_words, progress and (lambda done, _: progress(done + len(questions), whole))
    )
    return Diff(before.manifest.version, after.manifest.version, compare(first, second))


def compare(first: Iterable[QuestionAnswer], second: Iterable[QuestionAnswer]) -> tuple[Change, ...]:
    """The change of each question, worst kinds first and within a kind in the order given."""
    changes = [Change(kind_of(old, new), old, new) for old, new in zip(first, second, strict=True)]
    order = list(KINDS)
    return tuple(sorted(changes, key=lambda change: order.index(change.kind)))


def kind_of(old: QuestionAnswer, new: QuestionAnswer) -> Kind:
    """What has become of a question."""
    if old.shown and new.shown:
        return _answers(old.shown, new.shown)
    if new.shown:
        return "gained"
    if old.shown:
        return "uncertain" if new.verdict == "clarify" else "lost"
    if old.verdict == new.verdict == "unknown":
        return "same"
    return "same" if old.verdict == new.verdict and old.choices == new.choices else "choices"


def _answers(old: Found, new: Found) -> Kind:
    if old.passage_id != new.passage_id:
        return "other"
    return "same" if old.text == new.text else "reworded"
