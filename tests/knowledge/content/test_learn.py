"""Old tickets become questions of sections, unless held-out ones say that they do harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import knowledge.content.cli as content_cli
from knowledge.cli import app
from knowledge.page.page import read_page
from tests.knowledge.fakes import WordEmbedder

MONEY = "refunds.md#when-the-money-comes-back"
WEIGHT = "products/heron.md#weight"
TICKETS = [
    ("is my refund at the bank", MONEY),
    ("Is the refund at my bank?", MONEY),
    ("refund at my bank is the", "refunds.md#what-cannot-be-sent-back"),
    ("how heavy for FF-482913", WEIGHT),
    ("WHERE is my cash?", MONEY),
    ("FF-482913", WEIGHT),
    ("whatever", "gone.md#x"),
    ("kilos of it then", WEIGHT),
    ("- is it: heavy?", WEIGHT),
]


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_cli, "ModelEmbedder", lambda *given, **named: WordEmbedder())


def called(*arguments: object) -> tuple[int, dict]:
    done = CliRunner().invoke(app, ["learn", *(str(argument) for argument in (*arguments, "--json"))])
    return done.exit_code, json.loads(done.stdout.strip().splitlines()[-1])


def file_of(tmp_path: Path, tickets: list[tuple[str, str]]) -> Path:
    file = tmp_path / "tickets.jsonl"
    file.write_text("\n".join(json.dumps({"question": text, "passage": place}) for text, place in tickets))
    return file


def asked(pages: Path, place: str) -> tuple[str, ...]:
    path, _, anchor = place.partition("#")
    return read_page(path, (pages / path).read_text("utf-8")).asked_as.get(anchor, ())


def test_suggestions_come_once_and_the_rest_is_reported(tmp_path: Path, pages: Path) -> None:
    before = (pages / "refunds.md").read_text()
    code, told = called(file_of(tmp_path, TICKETS), "--pages", pages)
    assert [(one["question"], one["section"], one["times"], one["line"]) for one in told["suggestions"]] == [
        ("is my refund at the bank", MONEY, 2, 1),
        ("how heavy for", WEIGHT, 1, 4),
        ("kilos of it then", WEIGHT, 1, 8),
        ("- is it: heavy?", WEIGHT, 1, 9),
    ]
    assert [(one["line"], one["why"]) for one in told["unplaced"]] == [
        (3, "line 1 has the same question for another section"),
        (5, "a section is asked it already"),
        (6, "it asks nothing without whose it was"),
        (7, "there is no section gone.md#x"),
    ]
    assert (code, told["written"], told["held_out"]["asked"]) == (0, 0, 4)
    assert (pages / "refunds.md").read_text() == before


def test_with_accept_they_are_written(tmp_path: Path, pages: Path) -> None:
    code, told = called(file_of(tmp_path, TICKETS), "--pages", pages, "--accept")
    assert (code, told["written"]) == (0, 4)
    assert asked(pages, MONEY) == ("where is my cash", "is my refund at the bank")
    assert asked(pages, WEIGHT) == ("how heavy for", "kilos of it then", "- is it: heavy?")
    # A second time there is nothing left to learn.
    again = called(file_of(tmp_path, TICKETS), "--pages", pages, "--accept")[1]
    assert (again["suggestions"], again["written"]) == ([], 0)


def test_what_would_do_harm_is_not_written(tmp_path: Path, pages: Path) -> None:
    """The pages find the section of every second question; what stands between leads the same words elsewhere."""
    words = ("kwango", "blip", "zonk", "frim", "plod", "quum")
    places = ("products/heron.md#washing", WEIGHT)
    tickets = [(f"weight of the {word}{turn} tent", places[turn]) for word in words for turn in (0, 1)]
    code, told = called(file_of(tmp_path, tickets), "--pages", pages, "--accept")
    assert told["held_out"]["after"] < told["held_out"]["before"]
    assert (code, told["harmful"], told["written"]) == (1, True, 0)
    assert asked(pages, WEIGHT) == ()
    shown = CliRunner().invoke(app, ["learn", str(file_of(tmp_path, tickets)), "--pages", str(pages), "--accept"])
    assert shown.exit_code == 1
    assert f"{told['held_out']['after']} of {len(tickets)} find" in " ".join(shown.stdout.split())
    assert "nothing was written" in shown.stdout


def test_a_page_that_cannot_be_edited_is_reported(tmp_path: Path, pages: Path) -> None:
    head = "".join(
        f'<meta name="{name}" content="{value}">'
        for name, value in {"title": "Gifts", "url": "/gifts", "category": "x", "updated": "2026-01-01"}.items()
    )
    (pages / "gifts.html").write_text(f"<html><head>{head}</head><body><h2>Cards</h2><p>Gift cards.</p></body></html>")
    code, told = called(file_of(tmp_path, [("got a voucher", "gifts.html#cards")]), "--pages", pages, "--accept")
    assert (code, told["written"]) == (0, 0)
    assert told["unplaced"][0]["why"].startswith("There is no Markdown page")


def test_nothing_can_be_learned_from_no_file(tmp_path: Path, pages: Path) -> None:
    code, told = called(tmp_path / "none.csv", "--pages", pages)
    assert (code, told["error"]["code"]) == (2, "bad_tickets")
