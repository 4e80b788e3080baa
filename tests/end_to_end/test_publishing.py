"""An editor saves a page, and the next shopper is told what it says; a broken edit takes nothing away."""

import shutil
import time
from pathlib import Path

import httpx
import pytest

from scripts.surroundings import ROOT
from scripts.temporary import temporary_desk
from tests.end_to_end.shopper import Shopper

PUBLISHED_S = 90
QUESTION = "can I hire a canoe from you?"
PAGE = """---
title: Hiring a canoe
url: /help/company/canoes
category: company
updated: 2026-11-01
---

## Canoes for hire

You can hire a canoe from our shop in Ghent for {price} EUR a day, paddles and two vests included.
"""


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    pages = tmp_path_factory.mktemp("shop") / "pages"
    shutil.copytree(ROOT / "knowledge/pages", pages)
    with temporary_desk(CORNERDESK_PAGES=str(pages), CORNERDESK_WATCH="on") as running:
        yield running, pages


def asked_until(url, told, limit_s=PUBLISHED_S):
    """Ask in fresh conversations until the reply is `told`; gives it."""
    deadline = time.monotonic() + limit_s
    while True:
        shopper = Shopper(url)
        reply = shopper.ask(QUESTION)
        shopper.close()
        if told(reply):
            return reply
        assert time.monotonic() < deadline, reply


def passage(reply):
    return (reply.get("answer") or {}).get("passage", "")


def test_a_saved_page_is_what_the_next_shopper_is_told(edited):
    running, pages = edited
    assert "canoe" not in passage(asked_until(running.url, lambda reply: True))
    page = Path(pages, "company", "canoes.md")
    page.write_text(PAGE.format(price=35))
    asked_until(running.url, lambda reply: "35 EUR" in passage(reply))
    page.write_text(PAGE.format(price=40))
    asked_until(running.url, lambda reply: "40 EUR" in passage(reply))


def test_a_broken_edit_leaves_the_rest_in_service_and_is_told(edited):
    running, pages = edited
    Path(pages, "refunds", "how-long-you-have.md").write_text("---\ntitle: [unclosed\n---\n\n## A heading\n\nWords.\n")
    deadline = time.monotonic() + PUBLISHED_S
    health = f"http://127.0.0.1:{running.services.surroundings.knowledge_port}/healthz"
    while "how-long-you-have.md" not in httpx.get(health).text:
        assert time.monotonic() < deadline, httpx.get(health).text
    shopper = Shopper(running.url)
    assert shopper.ask("how long do I have to send it back?")["answer"]
    shopper.close()
