"""Questions that come at the same time are embedded together, and equal ones once."""

from __future__ import annotations

import asyncio
from types import TracebackType

import numpy as np

from knowledge.model.reading import Embedder, Reading, Vectors

MAX_BATCH = 32
# More than this waiting means that embedding does not keep up; later ones wait at the door.
MAX_WAITING = 1_024


class Batcher:
    """One worker that embeds whatever has come together while it was busy. Use as an async context."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._waiting: asyncio.Queue[tuple[str, asyncio.Future[Reading]]] = asyncio.Queue(MAX_WAITING)
        self._worker: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Batcher:
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        while not self._waiting.empty():
            self._waiting.get_nowait()[1].cancel()

    async def embed(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""
        return np.stack([reading.vector for reading in await self.read(texts)])

    async def read(self, texts: list[str]) -> list[Reading]:
        """Each text's vector with those of its word pieces."""
        loop = asyncio.get_running_loop()
        futures: list[asyncio.Future[Reading]] = [loop.create_future() for _ in texts]
        for text, future in zip(texts, futures, strict=True):
            await self._waiting.put((text, future))
        return await asyncio.gather(*futures)

    async def _work(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < MAX_BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await self._answer(batch)

    async def _answer(self, batch: list[tuple[str, asyncio.Future[Reading]]]) -> None:
        texts = list(dict.fromkeys(text for text, _ in batch))
        try:
            readings = dict(zip(texts, await asyncio.to_thread(self._embedder.read, texts), strict=True))
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for text, future in batch:
            if not future.done():
                future.set_result(readings[text])
