from __future__ import annotations

import random
from pathlib import Path

import pytest

from knowledge.index.features import COLUMN
from knowledge.index.ranking import Calibration
from knowledge.tuning.shops import Shop, read_shop
from knowledge.tuning.trial import Trial, trials_of
from tests.knowledge.fakes import WordEmbedder


@pytest.fixture
def shop(shops: Path) -> Shop:
    return read_shop(shops / "east")


def of(trials: list[Trial], text: str) -> Trial:
    return next(trial for trial in trials if trial.message.text == text)


def test_every_message_is_put_to_the_search(shop: Shop):
    trials = trials_of(shop, WordEmbedder())
    assert [trial.message for trial in trials] == list(shop.messages)
    norway = of(trials, "do you ship to norway")
    assert norway.keys[norway.order(Calibration())[0]] == "delivery.md#abroad"
    assert norway.standing(Calibration()).pages[0] == "delivery.md"


def test_what_is_right_and_what_helps_is_marked(shop: Shop):
    free = of(trials_of(shop, WordEmbedder()), "is the copper repaired free")
    marked = {key: (bool(r), bool(h)) for key, r, h in zip(free.keys, free.right, free.helping, strict=True)}
    assert marked["products/copper.md#warranty"] == (True, True)
    assert marked["products/steel.md#warranty"] == (False, True)
    assert marked["delivery.md#cost"] == (False, False)


def test_a_message_is_put_from_the_page_it_was_typed_on(shop: Shop):
    trials = trials_of(shop, WordEmbedder())
    litres, postage = of(trials, "litres of water"), of(trials, "how much is postage")
    here = {litres.keys[row].split("#")[0] for row in litres.candidates.features[:, COLUMN["here"]].nonzero()[0]}
    assert here == {"products/steel.md"}
    assert postage.question.page is None
    assert not litres.elsewhere


def test_by_chance_half_of_the_general_ones_are_put_from_a_products_page(shop: Shop):
    drawn = [trial for seed in range(20) for trial in trials_of(shop, WordEmbedder(), chance=random.Random(seed))]
    general = [trial for trial in drawn if not trial.message.page]
    assert 0.3 < sum(trial.elsewhere for trial in general) / len(general) < 0.7
    assert {trial.question.page.url for trial in general if trial.elsewhere} == {"/products/copper", "/products/steel"}
    assert all(trial.question.page.sku == "K-steel" for trial in drawn if trial.message.page)


def test_every_second_message_may_stand_on_its_sections_instead(shop: Shop):
    attached = trials_of(shop, WordEmbedder(), attached=True)
    texts = [trial.message.text for trial in attached]
    assert "how much is postage" not in texts
    assert "do you ship to norway" in texts
    assert any(trial.candidates.features[:, COLUMN["asked"]].any() for trial in attached)
    assert not any(trial.candidates.features[:, COLUMN["asked"]].any() for trial in trials_of(shop, WordEmbedder()))
