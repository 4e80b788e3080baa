from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from knowledge.index.build import build
from knowledge.service import Models, create_app
from knowledge.settings import ServiceSettings
from tests.knowledge.fakes import DIMENSION, TENT, WordEmbedder

TOKEN = {"Authorization": "Bearer a-test-token"}


@pytest.fixture
def settings(tmp_path: Path) -> ServiceSettings:
    return ServiceSettings(inner_token="a-test-token", index=tmp_path / "index", knowledge_poll_seconds=0.01)


@pytest.fixture
def client(settings: ServiceSettings, pages: Path, embedder: WordEmbedder) -> Iterator[TestClient]:
    build(pages, settings.index, embedder)
    with TestClient(create_app(settings, lambda: Models(embedder, embedder))) as client:
        yield client


def test_understand_tells_all_that_a_message_means(client: TestClient):
    answer = client.post("/understand", json={"text": "weight of the Heron tent FF-TNT-2P"}, headers=TOKEN).json()
    vector = np.frombuffer(base64.b64decode(answer["embedding"]), dtype="<f4")
    assert vector.shape == (DIMENSION,) == (answer["dimension"],)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
    assert {(entity["entity"], entity["value"]) for entity in answer["entities"]} >= {
        ("sku", "FF-TNT-2P"),
        ("product", "Heron tent"),
    }
    assert answer["search"]["passages"][0]["passage_id"] == "products/heron.md#weight"


def test_the_engine_gets_the_vectors_of_its_own_model(settings: ServiceSettings, pages: Path, embedder: WordEmbedder):
    build(pages, settings.index, embedder)
    acts = WordEmbedder()
    with TestClient(create_app(settings, lambda: Models(embedder, acts))) as client:
        embedder.embedded.clear()
        client.post("/embed", json={"texts": ["hello"]}, headers=TOKEN)
        assert (acts.embedded, embedder.embedded) == (["hello"], [])
        client.post("/understand", json={"text": "washng a tent"}, headers=TOKEN)
    assert acts.embedded[1:] == embedder.embedded == ["washing a tent"]


def test_search_gives_as_many_as_asked(client: TestClient):
    answer = client.post("/search", json={"question": "tent", "limit": 2}, headers=TOKEN).json()
    assert len(answer["passages"]) == 2


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "a-test-token"}])
def test_without_the_token_nothing_is_told(client: TestClient, header: dict[str, str]):
    for path, body in (("/understand", {"text": "hi"}), ("/search", {"question": "hi"})):
        refused = client.post(path, json=body, headers=header)
        assert refused.status_code == 401
        assert refused.json()["error"]["code"] == "unauthorized"


def test_health_is_open_and_names_the_version(client: TestClient):
    health = client.get("/healthz").json()
    assert health["status"] == "ok"
    assert (health["pages"], health["passages"]) == (2, 5)


@pytest.mark.parametrize("body", [{}, {"text": "x" * 4_001}, {"text": "hi", "more": 1}, {"text": 5}])
def test_what_does_not_fit_is_refused(client: TestClient, body: dict[str, object]):
    assert client.post("/understand", json=body, headers=TOKEN).status_code == 422


def wait_for(client: TestClient, wanted) -> dict:
    for _ in range(2_000):
        health = client.get("/healthz").json()
        if wanted(health):
            return health
    raise AssertionError(f"never came: {health}")


def test_a_new_index_is_used_and_a_broken_one_is_not(
    client: TestClient, settings: ServiceSettings, pages: Path, embedder: WordEmbedder
):
    (pages / "products" / "heron.md").write_text(TENT.replace("1.9 kg", "2.1 kg"), "utf-8")
    version = build(pages, settings.index, embedder).manifest.version
    wait_for(client, lambda health: health["index_version"] == version)
    answer = client.post("/search", json={"question": "heron tent weight"}, headers=TOKEN).json()
    assert answer["passages"][0]["text"] == "The tent weighs 2.1 kg."
    (settings.index / "current").write_text("no-such-version\n", "utf-8")
    broken = wait_for(client, lambda health: health["status"] == "degraded")
    assert broken["index_version"] == version
    assert "knowledge build" in broken["faults"][0]
    assert client.post("/search", json={"question": "tent"}, headers=TOKEN).status_code == 200


def test_a_new_page_that_is_broken_shows_in_health_and_goes_when_mended(
    client: TestClient, settings: ServiceSettings, pages: Path, embedder: WordEmbedder
):
    version = client.get("/healthz").json()["index_version"]
    (pages / "new.md").write_text("No front matter.", "utf-8")
    assert build(pages, settings.index, embedder).manifest.version == version
    broken = wait_for(client, lambda health: health["status"] == "degraded")
    assert broken["index_version"] == version and broken["faults"][0].startswith("new.md:1: ")
    (pages / "new.md").unlink()
    build(pages, settings.index, embedder)
    wait_for(client, lambda health: health["status"] == "ok" and not health["faults"])


def test_without_an_index_the_service_says_so(settings: ServiceSettings, embedder: WordEmbedder):
    with TestClient(create_app(settings, lambda: Models(embedder, embedder))) as client:
        assert client.get("/healthz").status_code == 503
        refused = client.post("/search", json={"question": "hi"}, headers=TOKEN)
        assert refused.status_code == 503
        assert "knowledge build" in refused.json()["error"]["message"]
