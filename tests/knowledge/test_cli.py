from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge import cli
from tests.knowledge.fakes import WordEmbedder


@pytest.fixture(autouse=True)
def desk(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "ModelEmbedder", lambda *given, **named: WordEmbedder())
    monkeypatch.setenv("CORNERDESK_PAGES", str(pages))
    monkeypatch.setenv("CORNERDESK_INDEX", str(tmp_path / "index"))


def run(*given: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, list(given))
    return done.exit_code, done.output


def test_what_is_built_is_told(pages: Path):
    (pages / "bad.md").write_bytes(b"\x00")
    code, said = run("build")
    assert code == 0
    assert "2 pages, 1 left out" in said and "bad.md: The file is binary" in said


def test_json_of_a_build_is_one_object(pages: Path):
    code, said = run("build", "--json")
    record = json.loads(said)
    assert code == 0 and record["pages"] == 2 and record["changed"] == ["products/heron.md", "refunds.md"]
    assert json.loads(run("build", "--json")[1])["changed"] == []


def test_a_strict_build_stops_at_a_fault(pages: Path):
    (pages / "bad.md").write_text("nothing in front")
    code, said = run("build", "--strict")
    assert code == 1 and "bad.md:1" in said
    assert json.loads(run("build", "--strict", "--json")[1])["error"]["code"] == "faulty_pages"


def test_a_question_is_answered_with_its_reasons():
    run("build")
    code, said = run("ask", "weight of the heron tent", "--json")
    first = json.loads(said)["passages"][0]
    assert code in (0, 3) and first["text"] == "The tent weighs 1.9 kg."
    assert "Why" in run("ask", "weight of the heron tent")[1]


def test_no_answer_has_an_exit_code_of_its_own():
    run("build")
    code, said = run("ask", "???", "--json")
    assert code == 3 and json.loads(said)["verdict"] == "unknown"


@pytest.mark.parametrize(("question", "sentence"), [("  ", "The question is empty"), ("tent", "There is no index")])
def test_what_cannot_be_asked_is_one_sentence(question: str, sentence: str):
    code, said = run("ask", question)
    assert code == 1 and sentence in said
