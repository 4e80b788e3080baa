"""What the bridge asks of the pages folder for what is learned from use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from knowledge.content.lessons import Curriculum, Learnable, Lesson, tried
from knowledge.content.taught import owed
from knowledge.index.index_folder import Opened
from knowledge.model.embedding_cache import EmbeddingCache
from knowledge.model.reading import Embedder
from knowledge.page.folder import load_pages
from knowledge.page.page import Page
from knowledge.search.entities import EntityReader
from knowledge.wire import learning as told


class LearningDesk:
    """The pages folder as it can learn, beside the index that shoppers are answered from."""

    def __init__(self, folder: Path, embedder: Embedder, real_words: frozenset[str] = frozenset()) -> None:
        self._folder = folder
        self._embedder = EmbeddingCache(embedder)
        self._real_words = real_words

    def learnable(self, served: Opened, entities: EntityReader, asked: told.Pairs) -> told.Learnables:
        """What can be learned of each pair, as the folder stands."""
        words = self._real_words | served.index.vocabulary
        curriculum = Curriculum(self._pages(served), entities, words)
        return told.Learnables(pairs=[_told(curriculum.learnable(lesson)) for lesson in _lessons(asked.pairs)])

    def trial(self, served: Opened, asked: told.Pairs) -> told.Trial:
        """The shop's own held-out questions without the pairs and with them, listed by now or not."""
        calibration = served.manifest.calibration
        return tried(self._pages(served), _lessons(asked.pairs), self._embedder, calibration, served.index)

    def taught(self, served: Opened, asked: told.TaughtRequest) -> told.Taught:
        """The answers that are owed to accepted pairs."""
        found = owed(_lessons(asked.accepted), _lessons(asked.answers), served.index.pages, self._embedder)
        pairs = zip(asked.answers, found, strict=True)
        return told.Taught(
            answers=[told.TaughtAnswer(id=one.id, accepted=number) for one, number in pairs if number is not None]
        )

    def _pages(self, served: Opened) -> tuple[Page, ...]:
        return load_pages(self._folder, known={page.digest: page for page in served.index.pages}).pages


def _lessons(pairs: Iterable[told.Pair | told.AnsweredPair]) -> list[Lesson]:
    return [Lesson(pair.passage_id, pair.question) for pair in pairs]


def _told(found: Learnable) -> told.Learnable:
    page, section = found.page, found.section
    if page is None or section is None:
        return told.Learnable(standing=found.standing, question=found.lesson.question)
    return told.Learnable(
        standing=found.standing,
        question=found.lesson.question,
        page_title=page.title,
        heading=section.heading or page.title,
        url=f"{page.url}#{section.anchor}" if section.anchor else page.url,
    )
