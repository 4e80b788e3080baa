"""The knowledge service on loopback: POST /understand, /embed and /search behind a shared token, GET /healthz."""

from __future__ import annotations

import asyncio
import base64
import secrets
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import uvicorn
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from threadpoolctl import threadpool_limits

from knowledge.content.service import STATUS, content_router
from knowledge.errors import KnowledgeError
from knowledge.logs import RequestLog, set_up
from knowledge.model.batcher import Batcher
from knowledge.model.embedder import ModelEmbedder, packaged_folder, whole_words
from knowledge.model.reading import Embedder
from knowledge.search.entities import load_names
from knowledge.search.live_index import LiveIndex
from knowledge.settings import ServiceSettings, read_settings
from knowledge.text.language import LanguageReader
from knowledge.wire.search import (
    Embeddings,
    EmbedRequest,
    Health,
    SearchRequest,
    SearchResult,
    Understanding,
    UnderstandRequest,
)


@dataclass(frozen=True)
class Models:
    """The model that the search reads with, and the one whose vectors the engine learns from; they may be one."""

    search: Embedder
    acts: Embedder


class UnauthorizedError(KnowledgeError):
    """The call carries no token, or a wrong one."""

    code = "unauthorized"


_STATUS = {"unauthorized": 401, "index_unusable": 503, **STATUS}


def create_app(settings: ServiceSettings, make_models: Callable[[], Models] | None = None) -> FastAPI:
    """The service as an ASGI application. The models are loaded when it starts, not before."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        models = await asyncio.to_thread(make_models or _models_of(settings))
        names = await asyncio.to_thread(load_names)
        languages = LanguageReader([code.strip() for code in settings.languages.split(",")])
        serving = LiveIndex(settings, models.search, names, languages, whole_words(packaged_folder()))
        await serving.look()
        # Libraries of linear algebra keep idle threads spinning: that more than doubled the CPU time of a message.
        threadpool_limits(settings.knowledge_threads)
        watch = asyncio.create_task(serving.watch())
        async with AsyncExitStack() as stack:
            search = await stack.enter_async_context(Batcher(models.search))
            app.state.models = models
            one = models.acts is models.search
            app.state.acts = search if one else await stack.enter_async_context(Batcher(models.acts))
            app.state.serving, app.state.batcher = serving, search
            yield
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch

    app = FastAPI(title="Cornerdesk knowledge", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    _add_routes(app, settings)
    app.add_exception_handler(KnowledgeError, _refused)
    app.add_middleware(RequestLog)
    return app


def _add_routes(app: FastAPI, settings: ServiceSettings) -> None:
    expected = f"Bearer {settings.inner_token.get_secret_value()}".encode()

    async def check_token(request: Request) -> None:
        if not secrets.compare_digest(request.headers.get("authorization", "").encode(), expected):
            raise UnauthorizedError("The call carries no valid token: send CORNERDESK_INNER_TOKEN as a bearer token.")

    guarded = [Depends(check_token)]
    app.include_router(content_router(settings, guarded))

    @app.post("/understand", dependencies=guarded)
    async def understand(asked: UnderstandRequest, request: Request) -> Understanding:
        """All that one message means to us."""
        ready = _serving(request).ready()
        senses = ready.searcher.senses(asked.text, asked.previous, asked.page)
        readings, (vector, *_) = await asyncio.gather(
            _batcher(request).read([one.text for one in senses]),
            _acts(request).embed([ready.searcher.mend(asked.text)]),
        )
        found = ready.searcher.answer(asked.text, senses, readings, asked.page, previous=asked.previous)
        language, confidence = ready.languages.read(asked.text)
        return Understanding(
            text=asked.text,
            embedding=_encoded(vector),
            dimension=len(vector),
            language=language,
            language_confidence=confidence,
            entities=ready.entities.read(asked.text),
            search=found,
        )

    @app.post("/search", dependencies=guarded)
    async def search(asked: SearchRequest, request: Request) -> SearchResult:
        """The passages that fit a question, for agents and tools."""
        ready = _serving(request).ready()
        senses = ready.searcher.senses(asked.question, asked.previous, asked.page)
        readings = await _batcher(request).read([one.text for one in senses])
        return ready.searcher.answer(asked.question, senses, readings, asked.page, asked.limit, asked.previous)

    @app.post("/embed", dependencies=guarded)
    async def embed(asked: EmbedRequest, request: Request) -> Embeddings:
        """Training examples' vectors; needs the model only, no index."""
        vectors = await _acts(request).embed(asked.texts)
        return Embeddings(embeddings=[_encoded(vector) for vector in vectors], dimension=vectors.shape[1])

    @app.get("/healthz")
    async def healthz(request: Request) -> JSONResponse:
        """Whether questions can be answered, from which index, and the faults of its pages. Open to all."""
        health: Health = _serving(request).health()
        return JSONResponse(health.model_dump(), status_code=503 if health.status == "down" else 200)


def _encoded(vector: npt.NDArray[np.float32]) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


def _serving(request: Request) -> LiveIndex:
    serving: LiveIndex = request.app.state.serving
    return serving


def _batcher(request: Request) -> Batcher:
    batcher: Batcher = request.app.state.batcher
    return batcher


def _acts(request: Request) -> Batcher:
    batcher: Batcher = request.app.state.acts
    return batcher


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, KnowledgeError)
    body = {"error": {"code": error.code, "message": error.message}}
    return JSONResponse(body, status_code=_STATUS.get(error.code, 500))


def _models_of(settings: ServiceSettings) -> Callable[[], Models]:
    def make() -> Models:
        search = ModelEmbedder(settings.model, settings.knowledge_threads, settings.graphs)
        if settings.model:
            return Models(search, search)
        return Models(search, ModelEmbedder("", settings.knowledge_threads, settings.graphs, adapter=None))

    return make


def main() -> int:
    """Start the service; 2 and one sentence when a setting is wrong."""
    try:
        settings = read_settings(ServiceSettings)
    except KnowledgeError as error:
        print(error.message, file=sys.stderr)
        return 2
    set_up()
    uvicorn.run(
        create_app(settings),
        host=settings.knowledge_host,
        port=settings.knowledge_port,
        log_level="warning",
        access_log=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
