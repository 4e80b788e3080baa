"""The content desk's calls on the knowledge service. Heavy work runs in a thread, one piece at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter, Request

from knowledge.content.desk import ContentDesk
from knowledge.content.learning import LearningDesk
from knowledge.index.index_folder import Opened
from knowledge.page.add_question import add_question
from knowledge.page.drafts import write_draft
from knowledge.page.remove_question import remove_question
from knowledge.search.live_index import LiveIndex
from knowledge.settings import PagesSettings
from knowledge.wire.content import (
    AddQuestionRequest,
    AnswerDiff,
    Clusters,
    ClustersRequest,
    DiffRequest,
    DraftRequest,
    PagesHealth,
    Preview,
    PreviewRequest,
    Written,
)
from knowledge.wire.learning import Learnables, Pairs, Taught, TaughtRequest, Trial

# HTTP status by the code of an error, beside those of the service.
STATUS = {
    "no_such_page": 404,
    "faulty_page": 422,
    "bad_draft": 422,
    "bad_request": 422,
    "cannot_add_question": 409,
    "pages_unusable": 409,
}

T = TypeVar("T")


def content_router(settings: PagesSettings, guarded: Sequence[Any]) -> APIRouter:
    """The calls, behind the guards of the other ones. Writing never publishes: a build does."""
    router = APIRouter(dependencies=list(guarded))
    gate = asyncio.Lock()

    async def alone(work: Callable[[], T]) -> T:
        async with gate:
            return await asyncio.to_thread(work)

    @router.get("/pages")
    async def pages(request: Request) -> PagesHealth:
        """Every page of the folder with its health."""
        return await alone(_desk(request, settings).pages)

    @router.post("/preview")
    async def preview(body: PreviewRequest, request: Request) -> Preview:
        """A page as shoppers get it."""
        desk = _desk(request, settings)
        return await asyncio.to_thread(desk.preview, body)

    @router.post("/diff")
    async def diff(body: DiffRequest, request: Request) -> AnswerDiff:
        """What the folder would answer, against the index in service."""
        desk, served = _desk(request, settings), _served(request)
        return await alone(lambda: desk.diff(served, body.questions))

    @router.post("/clusters")
    async def clusters(body: ClustersRequest, request: Request) -> Clusters:
        """Questions gathered into gaps."""
        desk, served = _desk(request, settings), _served(request)
        return await alone(lambda: desk.clusters(served, body.questions))

    @router.post("/drafts", status_code=201)
    async def drafts(body: DraftRequest) -> Written:
        """Write a draft page; it is left out of the index until `draft: true` is taken out of it."""
        path = await alone(lambda: write_draft(settings.pages, body.title, body.category, body.text, body.questions))
        return Written(path=path)

    @router.post("/asked-as")
    async def questions(body: AddQuestionRequest) -> Written:
        """Add a question to the section that answers it."""
        return Written(path=await alone(lambda: add_question(settings.pages, body.passage_id, body.question)))

    @router.post("/not-asked-as")
    async def take_question_back(body: AddQuestionRequest) -> Written:
        """Take a question back out of a section's."""
        return Written(path=await alone(lambda: remove_question(settings.pages, body.passage_id, body.question)))

    @router.post("/learnable")
    async def learnable(body: Pairs, request: Request) -> Learnables:
        """What can be learned of questions and the passages that are said to answer them."""
        desk, served, serving = _learning(request, settings), _served(request), request.app.state.serving
        return await alone(lambda: desk.learnable(served, serving.ready().entities, body))

    @router.post("/trial")
    async def trial(body: Pairs, request: Request) -> Trial:
        """Whether the shop's own held-out questions are found as well with these questions as without."""
        desk, served = _learning(request, settings), _served(request)
        return await alone(lambda: desk.trial(served, body))

    @router.post("/taught")
    async def taught(body: TaughtRequest, request: Request) -> Taught:
        """Which answers are owed to questions that were accepted."""
        desk, served = _learning(request, settings), _served(request)
        return await alone(lambda: desk.taught(served, body))

    return router


def _desk(request: Request, settings: PagesSettings) -> ContentDesk:
    """One desk for the service's life, made when first asked for."""
    state = request.app.state
    if not hasattr(state, "content_desk"):
        serving: LiveIndex = state.serving
        state.content_desk = ContentDesk(settings.pages, serving.embedder, state.models.acts, serving.real_words)
    desk: ContentDesk = state.content_desk
    return desk


def _learning(request: Request, settings: PagesSettings) -> LearningDesk:
    serving: LiveIndex = request.app.state.serving
    state = request.app.state
    if not hasattr(state, "learning_desk"):
        state.learning_desk = LearningDesk(settings.pages, serving.embedder, serving.real_words)
    desk: LearningDesk = state.learning_desk
    return desk


def _served(request: Request) -> Opened:
    serving: LiveIndex = request.app.state.serving
    searcher = serving.ready().searcher
    return Opened(searcher.index, searcher.manifest)
