from __future__ import annotations

import numpy as np
import pytest
import torch

from knowledge.tuning.batches import Batch
from knowledge.tuning.loss import SHARPNESS, Read, loss_of, met, told_apart


def batch(right: list[list[int]], partly: list[list[int]] | None = None, headings: bool = False) -> Batch:
    marks = np.array(right, dtype=bool)
    helps = np.zeros_like(marks) if partly is None else np.array(partly, dtype=bool)
    return Batch(("m",) * len(right), ("t",) * len(right[0]), marks, helps, headings)


def test_it_is_what_softmax_says():
    near = torch.tensor([[0.5, 0.4, 0.1]])
    expected = -torch.log_softmax(SHARPNESS * near, 1)[0, 0]
    assert told_apart(near, batch([[1, 0, 0]])).item() == pytest.approx(expected.item(), abs=1e-5)


def test_any_right_section_will_do():
    near = torch.tensor([[0.9, 0.1, 0.2]])
    assert told_apart(near, batch([[1, 1, 0]])).item() < 1e-3
    assert told_apart(near, batch([[0, 1, 0]])).item() > 5


def test_what_only_helps_is_left_out():
    near = torch.tensor([[0.5, 0.9, 0.1]])
    assert told_apart(near, batch([[1, 0, 0]], [[0, 1, 0]])).item() < 1e-3
    assert told_apart(near, batch([[1, 0, 0]])).item() > 5


def read(*texts: list[list[float]]) -> Read:
    """Texts from their pieces, the shorter ones filled up with pieces that are not their own."""
    longest = max(len(text) for text in texts)
    pieces = torch.zeros(len(texts), longest, 2)
    own = torch.zeros(len(texts), longest, dtype=torch.bool)
    for row, text in enumerate(texts):
        pieces[row] = torch.tensor([1.0, 0.0])
        pieces[row, : len(text)] = torch.tensor(text)
        own[row, : len(text)] = True
    return Read(pieces[:, 0], pieces, own)


EAST, NORTH = [1.0, 0.0], [0.0, 1.0]


def test_each_word_piece_is_met_by_the_nearest_that_is_the_texts_own():
    found = met(read([EAST, NORTH], [NORTH]), read([EAST, NORTH], [NORTH]))
    assert found.tolist() == [[1.0, 0.5], [1.0, 1.0]]


def test_headings_are_told_by_their_vectors_alone():
    messages, texts = read([EAST, NORTH]), read([EAST], [NORTH])
    alone = loss_of(messages, texts, batch([[1, 0]], headings=True)).item()
    assert alone == told_apart(messages.vectors @ texts.vectors.T, batch([[1, 0]])).item()
    assert loss_of(messages, texts, batch([[1, 0]])).item() == pytest.approx(alone + np.log(2), abs=1e-4)
