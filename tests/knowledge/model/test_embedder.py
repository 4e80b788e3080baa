from __future__ import annotations

import numpy as np

from knowledge.model.embedder import ModelEmbedder
from tests.knowledge.fakes import WordEmbedder

TEXTS = ["where is my order?", "a", "", "Der Rückversand kostet 4,95 €."]


def test_a_reading_holds_the_vector_that_embed_gives(model: ModelEmbedder):
    vectors = model.embed(TEXTS)
    for reading, vector in zip(model.read(TEXTS), vectors, strict=True):
        assert float(reading.vector @ vector) > 0.99999


def test_pieces_stand_in_the_text_and_have_length_one(model: ModelEmbedder):
    reading = model.read(["Where is my unbreakable tent-pole?"])[0]
    said = ["Where is my unbreakable tent-pole?"[start:end] for start, end in reading.spans]
    assert "".join(said) == "Whereismyunbreakabletent-pole?"
    assert reading.pieces.shape == (len(said), model.dimension) and len(reading.ids) == len(said)
    assert np.allclose(np.linalg.norm(reading.pieces, axis=1), 1.0, atol=1e-3)


def test_a_text_reads_the_same_in_any_company(model: ModelEmbedder):
    alone, among = model.read([TEXTS[0]])[0], model.read([*TEXTS, "long " * 100])[0]
    assert np.allclose(alone.pieces, among.pieces, atol=1e-4)
    assert np.array_equal(alone.ids, among.ids)


def test_no_text_no_pieces_and_what_is_too_long_is_cut(model: ModelEmbedder):
    assert model.read([]) == []
    assert model.embed([]).shape == (0, model.dimension)
    empty, long = model.read(["", "word " * 1_000])
    assert len(empty.ids) == 0 and empty.pieces.shape == (0, model.dimension)
    assert 200 < len(long.ids) < 256


def test_meaning_is_near(model: ModelEmbedder):
    asked, near, far = model.embed(["how long does delivery take", "shipping times", "wash the tent by hand"])
    assert asked @ near > asked @ far


def test_the_stand_in_reads_the_same_way(embedder: WordEmbedder):
    reading = embedder.read(["send the tent"])[0]
    assert reading.spans.tolist() == [[0, 4], [5, 8], [9, 13]]
    assert reading.pieces.shape == (3, embedder.dimension)
