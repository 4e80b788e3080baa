from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from knowledge.index.ranking import WEIGHTS
from knowledge.tuning import order
from knowledge.tuning.order import halves_of, report
from knowledge.tuning.shops import read_shops
from tests.knowledge.fakes import WordEmbedder


def quiet(what: str, done: int = 0, whole: int | None = None) -> None:
    """Tell nobody."""


def ask(*words: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(order.main)
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def test_the_shops_are_two_halves(shops: Path):
    halves = halves_of(read_shops(shops), WordEmbedder(), frozenset(), quiet)
    assert [len(half) for half in halves] == [10, 10]


def test_every_table_is_printed_and_nothing_is_written(shops: Path, capsys: pytest.CaptureFixture[str]):
    before = sorted(shops.rglob("*"))
    report(halves_of(read_shops(shops), WordEmbedder(), frozenset(), quiet), dict(WEIGHTS))
    printed = capsys.readouterr().out
    for title in (
        "As given",
        "Searched on half 2",
        "Signs that ship",
        "Signs fitted on one half",
        "From a probability on",
    ):
        assert title in printed
    assert sorted(shops.rglob("*")) == before


@pytest.mark.parametrize("weight", ["nothing=1", "here", "here=much"])
def test_what_is_no_weight_is_refused(shops: Path, weight: str):
    code, printed = ask("--leave-out", "east", "--shops", str(shops), "--weight", weight)
    assert code == 2
    assert "is no weight" in printed


def test_a_shop_that_is_not_there_is_refused(shops: Path):
    code, printed = ask("--leave-out", "north", "--shops", str(shops))
    assert code == 2
    assert "no shop north" in printed
