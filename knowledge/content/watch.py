"""Watching the pages: on each save, publish what changed and tell what that changes for shoppers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from knowledge.content.diff import Change, compare
from knowledge.errors import Fault, IndexUnusableError, KnowledgeError
from knowledge.index.build import Built, build
from knowledge.index.index_folder import Opened, open_index
from knowledge.index.publish_faults import note_publish_faults
from knowledge.model.embedding_cache import EmbeddingCache
from knowledge.model.reading import Embedder
from knowledge.page.folder import load_pages
from knowledge.page.page import Page
from knowledge.page.questions import questions_of
from knowledge.search.answers import QuestionAnswer, answer_all

QUIET_MS: Final = 150  # how long the folder must be still before a save counts as done

What = Literal["new", "gone", "edited"]


@dataclass(frozen=True)
class Edited:
    """A section that is new, gone or edited."""

    what: What
    page: str
    title: str
    heading: str


@dataclass(frozen=True)
class Round:
    """What one save led to. Either `built`, or the faults or trouble because of which the last good index stays.

    `sections` are the sections that changed, `changes` the questions that are told something else now.
    """

    built: Built | None
    refused: tuple[Fault, ...]
    trouble: str | None
    sections: tuple[Edited, ...]
    changes: tuple[Change, ...]
    seconds: float


class Watcher:
    """Publishes the pages folder again and again, and knows what shoppers were told before."""

    def __init__(
        self,
        pages: Path,
        index: Path,
        embedder: Embedder,
        questions: tuple[str, ...] = (),
        real_words: frozenset[str] = frozenset(),
    ) -> None:
        self.pages = pages
        self._index = index
        self._embedder = EmbeddingCache(embedder)
        self._questions = questions
        self._real_words = real_words
        # What the last two versions answer, by question.
        self._answers: dict[str, dict[str, QuestionAnswer]] = {}

    def round(self) -> Round:
        """Publish what the folder holds now, unless a page that is served would be lost to a fault."""
        began = time.perf_counter()
        before = self._open()
        refused = self._broken(before)
        if refused:
            note_publish_faults(self._index, refused)
            return Round(None, refused, None, (), (), time.perf_counter() - began)
        try:
            built = build(self.pages, self._index, self._embedder)
        except KnowledgeError as error:
            note_publish_faults(self._index, [Fault(str(self.pages), 0, error.code, error.message, "")])
            return Round(None, (), error.message, (), (), time.perf_counter() - began)
        sections, changes = self._changes(before, built)
        return Round(built, (), None, sections, changes, time.perf_counter() - began)

    def _open(self) -> Opened | None:
        try:
            return open_index(self._index, self._embedder)
        except IndexUnusableError:
            return None

    def _broken(self, before: Opened | None) -> tuple[Fault, ...]:
        """The faults of pages that are in the index now and could not be read again."""
        if before is None or not self.pages.is_dir():
            return ()
        known = {page.digest: page for page in before.index.pages}
        faults = load_pages(self.pages, known=known).faults
        return tuple(fault for fault in faults if fault.fatal and fault.path in before.manifest.pages)

    def _changes(self, before: Opened | None, built: Built) -> tuple[tuple[Edited, ...], tuple[Change, ...]]:
        after = self._open() if built.changed else None
        if before is None or after is None:
            return (), ()
        questions = dict.fromkeys(
            (*self._questions, *(asked.text for asked in questions_of((*before.index.pages, *after.index.pages))))
        )
        answers = [self._answer_all(state, list(questions)) for state in (before, after)]
        changes = tuple(change for change in compare(*answers) if change.kind != "same")
        return tuple(edited(before.index.pages, after.index.pages)), changes

    def _answer_all(self, state: Opened, questions: list[str]) -> list[QuestionAnswer]:
        """What a state answers; what it answered in the round before is not worked out again."""
        version = state.manifest.version
        known = self._answers.pop(version, {})
        fresh = [question for question in questions if question not in known]
        if fresh:
            known |= zip(fresh, answer_all(state, fresh, self._embedder, self._real_words), strict=True)
        self._answers = {**dict(list(self._answers.items())[-1:]), version: known}
        return [known[question] for question in questions]


def watch(watcher: Watcher, stop: threading.Event) -> Iterator[Round]:
    """Yield a round at once, and one after each save, until `stop` is set."""
    import watchfiles

    saves = watchfiles.watch(
        watcher.pages,
        stop_event=stop,
        debounce=QUIET_MS * 4,
        step=QUIET_MS,
        rust_timeout=QUIET_MS,
        yield_on_timeout=True,
        watch_filter=is_page,
        raise_interrupt=False,
    )
    # Watching begins before the first round, which takes a while: a save in the middle of it must not be missed.
    next(saves, None)
    yield watcher.round()
    for saved in saves:
        if saved:
            yield watcher.round()


def edited(before: tuple[Page, ...], after: tuple[Page, ...]) -> Iterator[Edited]:
    """The sections that differ between two states of the pages, in order of file and place."""
    old, new = _sections(before), _sections(after)
    for key in sorted({**old, **new}):
        if old.get(key) != new.get(key):
            what: What = "edited" if key in old and key in new else "new" if key in new else "gone"
            title, heading, _ = new.get(key) or old[key]
            yield Edited(what, key[0], title, heading)


def _sections(pages: tuple[Page, ...]) -> Mapping[tuple[str, str], tuple[str, str, str]]:
    return {
        (page.path, section.anchor): (page.title, section.heading, page.body(section))
        for page in pages
        for section in page.sections
    }


def is_page(change: object, path: str) -> bool:
    """Whether a change of this file matters: editors leave hidden and passing files all the time."""
    name = path.rsplit("/", 1)[-1]
    return not (name.startswith((".", "#", "~")) or name.endswith(("~", ".swp", ".tmp", ".part")))
