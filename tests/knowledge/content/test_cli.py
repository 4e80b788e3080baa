"""The commands' exit codes and JSON, without the model where it is not needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import knowledge.content.cli as content_cli
from knowledge.cli import app
from tests.knowledge.fakes import REFUNDS, WordEmbedder

run = CliRunner()


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_cli, "ModelEmbedder", lambda *given, **named: WordEmbedder())


def called(*arguments: object) -> tuple[int, dict]:
    done = run.invoke(app, [str(argument) for argument in (*arguments, "--json")])
    return done.exit_code, json.loads(done.stdout.strip().splitlines()[-1])


def test_check_of_good_and_of_bad_pages(pages: Path) -> None:
    assert called("check", pages) == (0, {"pages": 2, "sections": 5, "faults": []})
    (pages / "bad.md").write_text("no front matter")
    code, record = called("check", pages, "--quick")
    assert code == 1
    assert record["faults"][0]["code"] == "no_front_matter"
    shown = run.invoke(app, ["check", str(pages)])
    assert "bad.md" in shown.stdout
    assert "Begin it with a line of ---." in shown.stdout


def test_check_of_nothing(tmp_path: Path) -> None:
    code, record = called("check", tmp_path / "none")
    assert (code, record["error"]["code"]) == (2, "pages_unusable")
    assert run.invoke(app, ["check", str(tmp_path / "none"), "--quick"]).exit_code == 2


def test_import(tmp_path: Path) -> None:
    feed = tmp_path / "feed.csv"
    feed.write_text("id,title,link,price\nA1,Heron,/p/a,9 EUR\nA2,Dipper,/p/b,9 GBP\n")
    code, record = called("import", feed, "--into", tmp_path / "pages", "--currency", "EUR")
    assert (code, record["written"]) == (1, ["products/heron-a1.md"])
    assert record["faults"][0]["code"] == "wrong_currency"
    code, record = called("import", feed, "--into", tmp_path / "pages")
    assert (code, record["unchanged"]) == (0, ["products/heron-a1.md"])
    assert called("import", tmp_path / "none")[0] == 2


def test_diff_writes_its_report(pages: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "refunds.md").write_text(REFUNDS.replace("5 working days", "9 working days"))
    report = tmp_path / "report.html"
    code, record = called("diff", pages, new, "--html", report)
    assert code in (0, 1)
    assert sum(record["counts"].values()) == 1
    assert report.read_text().startswith("<!doctype html>")
    assert called("diff", pages, pages)[0] == 0
    assert run.invoke(app, ["diff", str(pages), str(new)]).exit_code == code
    assert called("diff", pages, new, "--html", tmp_path / "none" / "r.html")[1]["error"]["code"] == "bad_report"


def test_eval(pages: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.csv"
    questions.write_text("question,accept\nwhat does the tent weigh,products/heron.md#weight\nwho sings,\n")
    code, record = called("eval", "--questions", questions, "--pages", pages, "--plot", tmp_path / "r.svg")
    assert (code, record["questions"]) == (0, 2)
    assert (tmp_path / "r.svg").stat().st_size > 0
    assert run.invoke(app, ["eval", "--questions", str(questions), "--pages", str(pages)]).exit_code == 0
    assert called("eval", "--questions", tmp_path / "none.csv")[0] == 2


def test_watch_needs_a_folder(tmp_path: Path) -> None:
    assert called("watch", "--pages", tmp_path / "none")[1]["error"]["code"] == "pages_unusable"
