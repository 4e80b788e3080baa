"""What the content desk asks of the pages folder and of the index in service; each call may take seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knowledge.check.check import Report, check
from knowledge.content.diff import Change, Diff, compare
from knowledge.content.gaps import gather, noun_phrases
from knowledge.errors import Fault, KnowledgeError
from knowledge.index.build import index_pages
from knowledge.index.index_folder import Opened
from knowledge.model.embedding_cache import EmbeddingCache
from knowledge.model.reading import Embedder
from knowledge.page.add_question import page_file
from knowledge.page.folder import Pages, load_pages
from knowledge.page.page import Page, read_page
from knowledge.page.passage import passages_of
from knowledge.search.answers import QuestionAnswer, answer_all
from knowledge.wire.content import (
    AnswerChange,
    AnswerDiff,
    Cluster,
    Clusters,
    Diagnostic,
    NamedQuestion,
    PageHealth,
    PagesHealth,
    Preview,
    PreviewPassage,
    PreviewRequest,
    Side,
)

if TYPE_CHECKING:
    from spacy.language import Language

# Faults that lead shoppers astray, beside those that keep a page from them.
MISLEADING: Final = frozenset({"contradiction", "dead_link", "expired", "duplicate_passage", "asked_as_heading"})


class EmptyRequestError(KnowledgeError):
    """There is nothing to do in what was asked."""

    code = "bad_request"


class ContentDesk:
    """The pages folder as editors see it, beside the index that shoppers are answered from.

    `embedder` is the search's; `packaged` is the model without its adapter, which checks compare statements with: the
    adapter draws together what is asked about one subject, and a check has to tell apart.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, packaged: Embedder, real_words: frozenset[str] = frozenset()
    ) -> None:
        self._folder = folder
        self._embedder = EmbeddingCache(embedder)
        self._packaged = EmbeddingCache(packaged)
        self._real_words = real_words
        self._language: Language | None = None
        self._checked: tuple[object, Report] | None = None

    def pages(self) -> PagesHealth:
        """Every file of the folder with its faults; the check is kept until something changes."""
        read = load_pages(self._folder, drafts=True)
        report = self._check(read)
        faults: dict[str, list[Diagnostic]] = {}
        for fault in report.faults:
            faults.setdefault(fault.path, []).append(_diagnostic(fault))
        healths = [_health(page, faults.pop(page.path, [])) for page in read.pages]
        healths += [_unread(path, found) for path, found in faults.items()]
        return PagesHealth(pages=sorted(healths, key=lambda page: page.path))

    def preview(self, request: PreviewRequest) -> Preview:
        """A page as shoppers get it, section by section."""
        if request.markdown is None and request.path is None:
            raise EmptyRequestError("Send the path of a page, or its markdown.")
        if request.markdown is not None:
            page = read_page(request.path or "preview.md", request.markdown)
        else:
            page = self._page(request.path or "")
        passages = [
            PreviewPassage(heading=section.heading or page.title, anchor=section.anchor, text=page.body(section))
            for section in page.sections
        ]
        return Preview(
            title=page.title, url=page.url, passages=passages, faults=[_diagnostic(note) for note in page.notes]
        )

    def diff(self, served: Opened, questions: Sequence[str]) -> AnswerDiff:
        """What the folder as it stands would answer, against the index in service."""
        pages = load_pages(self._folder, known={page.digest: page for page in served.index.pages}).pages
        new = index_pages(pages, self._embedder, served.index)
        different = list(dict.fromkeys(questions))
        answers = [answer_all(state, different, self._embedder, self._real_words) for state in (served, new)]
        found = Diff(served.manifest.version, new.manifest.version, compare(*answers))
        counts = {str(kind): count for kind, count in found.counts.items()}
        return AnswerDiff(counts=counts, changes=[_change(change) for change in found.changed])

    def clusters(self, served: Opened, questions: Sequence[NamedQuestion]) -> Clusters:
        """Questions gathered into gaps; a gap is closed when the index in service answers all of it."""
        if not questions:
            return Clusters(clusters=[])
        texts = [question.text for question in questions]
        groups = gather(texts, self._embedder.embed(texts), noun_phrases(self._english()))
        answers = answer_all(served, texts, self._embedder, self._real_words)
        made = []
        for group in groups:
            answered = sum(answers[number].verdict == "answer" for number in group.members)
            members = [questions[number].id for number in group.members]
            made.append(Cluster(name=group.name, members=members, answered=answered, closed=answered == len(members)))
        return Clusters(clusters=made)

    def _check(self, read: Pages) -> Report:
        key = (date.today(), tuple((page.path, page.digest) for page in read.pages), read.faults)
        if self._checked is None or self._checked[0] != key:
            self._checked = key, check(self._folder, self._packaged, elsewhere=())
        return self._checked[1]

    def _page(self, path: str) -> Page:
        found = next((page for page in load_pages(self._folder, drafts=True).pages if page.path == path), None)
        return found or read_page(path, page_file(self._folder, path).read_text("utf-8-sig"))

    def _english(self) -> Language:
        if self._language is None:
            from knowledge.search.entities import load_grammar

            self._language = load_grammar()
        return self._language


def _health(page: Page, faults: list[Diagnostic]) -> PageHealth:
    return PageHealth(
        path=page.path,
        title=page.title,
        url=page.url,
        category=page.category,
        updated=page.updated,
        passages=sum(len(passages_of(page, section)) for section in page.sections),
        draft=page.draft,
        faults=faults,
    )


def _unread(path: str, faults: list[Diagnostic]) -> PageHealth:
    return PageHealth(path=path, title=path, url="", category="", updated="", passages=0, draft=False, faults=faults)


def _diagnostic(fault: Fault) -> Diagnostic:
    level = "error" if fault.fatal else "warning" if fault.code in MISLEADING else "note"
    return Diagnostic(code=fault.code, line=fault.line, message=fault.message, remedy=fault.remedy, level=level)


def _change(change: Change) -> AnswerChange:
    return AnswerChange(kind=change.kind, question=change.question, before=_side(change.old), after=_side(change.new))


def _side(answer: QuestionAnswer) -> Side:
    side = Side(verdict=answer.verdict, probability=answer.probability)
    if answer.verdict == "clarify":
        return side.model_copy(update={"choices": answer.choices})
    if answer.verdict == "unknown" or answer.first is None:
        return side
    first = answer.first
    shown = {"page_title": first.page_title, "heading": first.heading, "url": first.url, "text": first.text}
    return side.model_copy(update=shown)
