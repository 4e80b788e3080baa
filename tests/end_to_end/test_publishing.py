"""An editor saves a page, and the next shopper is told what it says; a broken edit takes nothing away."""

import time

import httpx
import pytest

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


@pytest.fixture
def write(desk):
    """Save a page as an editor does; when the scene is over, the folder is as it was."""
    before = {}

    def save(path, text):
        page = desk.pages / path
        before.setdefault(page, page.read_text() if page.exists() else None)
        page.write_text(text)

    yield save
    for page, text in before.items():
        page.unlink() if text is None else page.write_text(text)


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


def test_a_saved_page_is_what_the_next_shopper_is_told(desk, write):
    assert "canoe" not in passage(asked_until(desk.base_url, lambda reply: True))
    write("company/canoes.md", PAGE.format(price=35))
    asked_until(desk.base_url, lambda reply: "35 EUR" in passage(reply))
    write("company/canoes.md", PAGE.format(price=40))
    asked_until(desk.base_url, lambda reply: "40 EUR" in passage(reply))


def test_a_broken_edit_leaves_the_rest_in_service_and_is_told(desk, write):
    running = desk.running
    write("refunds/how-long-you-have.md", "---\ntitle: [unclosed\n---\n\n## A heading\n\nWords.\n")
    deadline = time.monotonic() + PUBLISHED_S
    health = f"http://127.0.0.1:{running.services.surroundings.knowledge_port}/healthz"
    while "how-long-you-have.md" not in httpx.get(health).text:
        assert time.monotonic() < deadline, httpx.get(health).text
    shopper = Shopper(running.url)
    assert shopper.ask("how long do I have to send it back?")["answer"]
    shopper.close()
