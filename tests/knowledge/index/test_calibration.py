"""A shop's own fit is taken where it finds more of the questions it has not seen, and refused where it does not."""

from __future__ import annotations

import pytest

from knowledge.index import calibration
from knowledge.index.calibration import calibrated
from knowledge.index.index import Index, make_index
from knowledge.index.ranking import WEIGHTS
from knowledge.page.page import read_page
from tests.knowledge.fakes import WordEmbedder

COLOURS = ("red", "green", "blue", "amber", "white", "black", "pink", "grey")
HEAD = "---\ntitle: {name} tent\nurl: /{name}\ncategory: products\nupdated: 2026-01-01\nasked_as: {asked}\n---\n"
TEXT = "## Weight\n\nIt weighs {n} kg.\n\n## Washing\n\nWash the {name} cloth by hand.\n"


@pytest.fixture(scope="module")
def index() -> Index:
    asked = (
        "{{Weight: [how heavy is {0}, {0} in kilos, mass of {0}], Washing: [clean the {0}, {0} dirty, soap for {0}]}}"
    )
    pages = [
        read_page(f"{name}.md", HEAD.format(name=name, asked=asked.format(name)) + TEXT.format(name=name, n=n + 1))
        for n, name in enumerate(COLOURS)
    ]
    return make_index(pages, WordEmbedder())


def fits(monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]) -> None:
    monkeypatch.setattr(calibration, "_fit", lambda cases: weights)


def test_a_fit_that_finds_fewer_held_out_questions_is_refused_and_says_so(
    index: Index, monkeypatch: pytest.MonkeyPatch
):
    fits(monkeypatch, {name: -weight for name, weight in WEIGHTS.items()})
    found = calibrated(index)
    assert (found.features, found.fitted_on) == (WEIGHTS, 0)
    assert found.refused.startswith("Of 48 held-out questions a fit puts ")


def test_a_fit_that_finds_no_more_is_refused_too(index: Index, monkeypatch: pytest.MonkeyPatch):
    fits(monkeypatch, {})
    assert calibrated(index).refused


def test_a_fit_that_finds_more_is_taken(index: Index, monkeypatch: pytest.MonkeyPatch):
    shipped = dict.fromkeys(WEIGHTS, 0.0)
    monkeypatch.setattr(calibration, "WEIGHTS", shipped)
    fits(monkeypatch, dict(WEIGHTS))
    found = calibrated(index)
    assert (found.fitted_on, found.refused) == (48, "")
    assert found.features == WEIGHTS


def test_sureness_is_what_ships(index: Index):
    assert calibrated(index).signs == calibration.Calibration().signs


def test_a_shop_with_few_questions_gets_what_ships():
    page = read_page("a.md", HEAD.format(name="red", asked="{Weight: [how heavy]}") + TEXT.format(name="red", n=1))
    assert calibrated(make_index([page], WordEmbedder())) == calibration.Calibration()
