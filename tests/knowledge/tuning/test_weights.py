from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index.ranking import WEIGHTS
from knowledge.tuning.shops import read_shops
from knowledge.tuning.trial import Trial, trials_of
from knowledge.tuning.weights import figures, searched
from tests.knowledge.fakes import WordEmbedder


@pytest.fixture
def trials(shops: Path) -> list[Trial]:
    return [trial for shop in read_shops(shops) for trial in trials_of(shop, WordEmbedder())]


def test_figures_are_of_answerable_messages(trials: list[Trial]):
    found = figures(trials, WEIGHTS)
    assert found.messages == 14
    assert 0.5 < found.first <= found.three <= 1.0


def test_weights_turned_round_do_worse(trials: list[Trial]):
    backwards = {name: -weight for name, weight in WEIGHTS.items()}
    assert figures(trials, backwards).first < figures(trials, WEIGHTS).first


def test_nothing_to_count_is_no_fault():
    assert figures([], WEIGHTS).messages == 0


def test_a_search_makes_up_for_a_weight_that_does_harm(trials: list[Trial]):
    spoilt = {**WEIGHTS, "length": 200.0}
    better = searched(trials, spoilt)
    assert figures(trials, better).first > figures(trials, spoilt).first


def test_a_search_keeps_what_it_cannot_better(trials: list[Trial]):
    best = searched(trials, WEIGHTS)
    assert searched(trials, best) == best
