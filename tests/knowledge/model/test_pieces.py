from __future__ import annotations

import numpy as np
import pytest

from knowledge.model.pieces import Pieces, joined, met, packed
from knowledge.model.reading import Reading
from tests.knowledge.fakes import DIMENSION, WordEmbedder


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


def read(embedder: WordEmbedder, text: str) -> Reading:
    return embedder.read([text])[0]


def kept(embedder: WordEmbedder, *texts: str) -> list[Pieces]:
    return [packed(read(embedder, text)) for text in texts]


def ones(question: Reading) -> np.ndarray:
    return np.ones(len(question.ids), dtype=np.float32)


def test_what_is_kept_is_what_was_read_but_for_rounding(embedder: WordEmbedder):
    reading = read(embedder, "the tent weighs little")
    pieces = packed(reading)
    assert len(pieces) == len(reading.ids) and pieces.ids.tolist() == reading.ids.tolist()
    assert np.abs(pieces.unpacked() - reading.pieces).max() <= np.abs(reading.pieces).max() / 254 + 1e-6


def test_a_text_with_every_word_meets_a_question_wholly(embedder: WordEmbedder):
    question = read(embedder, "tent weight")
    texts = kept(embedder, "the weight of this tent", "the tent", "gas canisters")
    whole, half, none = met(question.pieces, ones(question), texts).tolist()
    assert whole == pytest.approx(1.0, abs=0.01)
    assert whole > half > none


def test_rare_words_count_more(embedder: WordEmbedder):
    question = read(embedder, "tent weight")
    texts = kept(embedder, "tent", "weight")
    tent, weight = met(question.pieces, np.array([1.0, 3.0], dtype=np.float32), texts).tolist()
    assert weight > tent


def test_nothing_meets_nothing(embedder: WordEmbedder):
    nothing, empty = read(embedder, ""), joined([], DIMENSION)
    assert met(nothing.pieces, ones(nothing), kept(embedder, "tent")).tolist() == [0.0]
    question = read(embedder, "tent")
    assert met(question.pieces, ones(question), [empty]).tolist() == [0.0]
    assert met(question.pieces, ones(question), []).tolist() == []


def test_texts_without_pieces_leave_the_others_alone(embedder: WordEmbedder):
    question = read(embedder, "tent")
    found = met(
        question.pieces, ones(question), [joined([], DIMENSION), *kept(embedder, "tent"), joined([], DIMENSION)]
    )
    assert found.tolist() == pytest.approx([0.0, 1.0, 0.0], abs=0.01)


def test_joined_pieces_are_cut_apart_again(embedder: WordEmbedder):
    parts = kept(embedder, "the tent", "wash by hand", "gas")
    whole = joined(parts, DIMENSION)
    assert len(whole) == sum(map(len, parts))
    assert whole[2:5].ids.tolist() == parts[1].ids.tolist()
    assert (whole[2:5].vectors == parts[1].vectors).all()
