from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.content.tickets import Ticket, TicketsError, placed, read_tickets
from knowledge.page.folder import load_pages

MONEY = "refunds.md#when-the-money-comes-back"
SHOP = "https://shop.test/help/refunds"


def written(tmp_path: Path, text: str, name: str = "tickets.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv", f"id,Question,Link\n1,my money?,{SHOP}\n2,,x\n3,heavy?,/products/heron\n"),
        ("t.csv", f"\ufeffquestion;link\nmy money?;{SHOP}\nheavy?;/products/heron\n"),
        ("t.jsonl", f'{{"text": "my money?", "url": "{SHOP}"}}\n\n{{"text": "heavy?", "url": "/products/heron"}}\n'),
    ],
)
def test_the_forms_of_a_file(tmp_path: Path, name: str, text: str) -> None:
    told = [(ticket.question, ticket.link) for ticket in read_tickets(written(tmp_path, text, name))]
    assert told == [("my money?", SHOP), ("heavy?", "/products/heron")]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.csv", "question,price\na,b\n", "It has: price, question"),
        ("t.csv", "", "It has: nothing"),
        ("t.jsonl", '{"question": "a", "link": "b"}\n[1]\n', "Line 2"),
        ("t.jsonl", "{no\n", "Line 1"),
    ],
)
def test_what_is_no_file_of_tickets_is_one_sentence(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(TicketsError, match=said):
        read_tickets(written(tmp_path, text, name))
    with pytest.raises(TicketsError, match="cannot be read"):
        read_tickets(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"link": f"{SHOP}#when-the-money-comes-back"}, MONEY),
        ({"link": "HTTPS://other.test/Help/Refunds/?utm=1#When%20the%20money%20comes%20back"}, MONEY),
        ({"link": "See /nowhere and (https://shop.test/products/heron#weight)."}, "products/heron.md#weight"),
        ({"link": SHOP}, "refunds.md"),
        ({"passage": f"{MONEY}~3", "link": "x"}, MONEY),
        ({"link": f"{SHOP}#gone"}, "the page refunds.md has no heading #gone"),
        ({"link": "https://shop.test/blog"}, "no page has the address https://shop.test/blog"),
        ({"link": "see the page"}, "it holds no link"),
        ({"passage": "refunds.md#gone"}, "there is no section refunds.md#gone"),
    ],
)
def test_where_a_ticket_leads(pages: Path, given: dict[str, str], place: str) -> None:
    found, unplaced = placed([Ticket(2, "my money?", **given)], load_pages(pages).pages)
    assert [lesson.place for _, lesson in found] + [one.why for one in unplaced] == [place]


def test_a_whole_story_is_no_question(pages: Path) -> None:
    found, [story] = placed([Ticket(7, "and then " * 31, SHOP)], load_pages(pages).pages)
    assert found == []
    assert (story.line, story.why) == (7, "it has more than 60 words")
