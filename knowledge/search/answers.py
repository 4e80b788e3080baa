"""What shoppers are told by one state of the pages: the answer to each of many questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import PagesError
from knowledge.index.build import index_pages
from knowledge.index.index_folder import CURRENT, Opened, open_index
from knowledge.model.reading import Embedder
from knowledge.page.folder import load_pages
from knowledge.page.page import Page
from knowledge.search.search import Searcher
from knowledge.wire.search import Found, SearchResult, Verdict

BATCH = 64

# (how many are done, how many there are)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class QuestionAnswer:
    """What one question is told: the verdict, and the passages behind it, best first (three at most)."""

    question: str
    verdict: Verdict
    probability: float
    passages: tuple[Found, ...]

    @property
    def first(self) -> Found | None:
        """The passage that is told, or heads the choices."""
        return self.passages[0] if self.passages else None

    @property
    def shown(self) -> Found | None:
        """The passage that is shown, as sure or as likely."""
        return self.first if self.verdict in ("answer", "likely") else None

    @property
    def choices(self) -> tuple[str, ...]:
        """The headings that are offered when the verdict is `clarify`."""
        return tuple(f"{found.page_title}: {found.heading}" for found in self.passages)


def open_either(folder: Path, embedder: Embedder) -> Opened:
    """An index folder as it is served, or a folder of pages indexed in memory."""
    if (folder / CURRENT).is_file():
        return open_index(folder, embedder)
    return index_pages(pages_of(folder), embedder)


def pages_of(folder: Path) -> tuple[Page, ...]:
    """The usable pages of a folder of pages or of an index; raises `PagesError` when there are none."""
    if (folder / CURRENT).is_file():
        return open_index(folder).index.pages
    pages = load_pages(folder).pages
    if not pages:
        raise PagesError(f"No page in {folder} can be used. Name a folder of pages or of an index.")
    return pages


def answer_all(
    opened: Opened,
    questions: Iterable[str],
    embedder: Embedder,
    real_words: frozenset[str],
    progress: Progress | None = None,
) -> list[QuestionAnswer]:
    """Ask every question, embedding many at once; the answers come in the order of the questions."""
    searcher = Searcher(opened, real_words)
    questions = list(questions)
    answers: list[QuestionAnswer] = []
    for begin in range(0, len(questions), BATCH):
        some = questions[begin : begin + BATCH]
        senses = [searcher.senses(question) for question in some]
        readings = iter(embedder.read([one.text for all_senses in senses for one in all_senses]))
        for question, all_senses in zip(some, senses, strict=True):
            result = searcher.answer(question, all_senses, [next(readings) for _ in all_senses], limit=3)
            answers.append(_answer(question, result))
        if progress:
            progress(len(answers), len(questions))
    return answers


def _answer(question: str, result: SearchResult) -> QuestionAnswer:
    return QuestionAnswer(question, result.verdict, result.probability, tuple(result.passages))
