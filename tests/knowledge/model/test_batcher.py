from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest

from knowledge.model.batcher import Batcher
from knowledge.model.reading import Vectors
from tests.knowledge.fakes import WordEmbedder


class Held(WordEmbedder):
    """Waits at its first call until it is let go, and remembers its batches."""

    def __init__(self) -> None:
        super().__init__()
        self.started, self.go = threading.Event(), threading.Event()
        self.batches: list[list[str]] = []

    def embed(self, texts: list[str]) -> Vectors:
        self.batches.append(texts)
        self.started.set()
        assert self.go.wait(10)
        return super().embed(texts)


async def test_what_comes_together_is_embedded_together_and_equal_ones_once():
    embedder = Held()
    async with Batcher(embedder) as batcher:
        first = asyncio.create_task(batcher.embed(["one"]))
        await asyncio.to_thread(embedder.started.wait, 10)
        others = [asyncio.create_task(batcher.embed([text])) for text in ("two", "three", "two")]
        await asyncio.sleep(0)
        embedder.go.set()
        await first
        found = await asyncio.gather(*others)
    assert embedder.batches == [["one"], ["two", "three"]]
    assert np.array_equal(found[0], found[2])


async def test_a_failure_reaches_who_asked_and_nobody_else():
    class Failing(WordEmbedder):
        def embed(self, texts: list[str]) -> Vectors:
            if "bad" in texts:
                raise RuntimeError("no")
            return super().embed(texts)

    async with Batcher(Failing()) as batcher:
        with pytest.raises(RuntimeError):
            await batcher.embed(["bad"])
        assert (await batcher.embed(["good"])).shape[0] == 1
