"""The real processes and a real browser, shared by every scene; skipped, with the reason, where there is none."""

import os
import shutil
from dataclasses import dataclass
from mailbox import Mailbox
from pathlib import Path

import pytest
from pages import Console
from playwright.sync_api import expect, sync_playwright

from scripts.surroundings import ROOT
from scripts.temporary import free_ports, temporary_desk

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AGENT_EMAIL = "agent@fellandford.example"
LAPTOP = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Desk:
    """Where the scenes are played, and who may sign in there; `pages` is a folder of its own, published when saved."""

    base_url: str
    agent_email: str
    agent_password: str
    running: object
    pages: Path
    mailbox: Mailbox


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    pages = tmp_path_factory.mktemp("shop") / "pages"
    shutil.copytree(ROOT / "knowledge" / "pages", pages)
    mailbox = Mailbox(*free_ports(1))
    mailbox.controller.start()
    with temporary_desk(CORNERDESK_PAGES=str(pages), CORNERDESK_WATCH="on", CORNERDESK_SMTP_URL=mailbox.url) as running:
        password = running.add_agent(AGENT_EMAIL, "Robin", role="admin")
        yield Desk(running.url, AGENT_EMAIL, password, running, pages, mailbox)
    mailbox.controller.stop()


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no Chromium was found: install it (apt install chromium) to run the scenes in a browser"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Give a page of a browser of its own: `open_page(viewport=…)`, as Playwright's new_context takes it."""
    contexts = []

    def fresh(**options):
        contexts.append(browser.new_context(**{"viewport": LAPTOP, **options}))
        return contexts[-1].new_page()

    yield fresh
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def signed_in(desk, browser):
    """The agent's session, as a browser keeps it: signed in once for all scenes."""
    context = browser.new_context()
    Console(context.new_page(), desk.base_url).sign_in(desk.agent_email, desk.agent_password)
    yield context.storage_state()
    context.close()


@pytest.fixture
def console(desk, open_page, signed_in):
    """The console, with the agent signed in."""
    console = Console(open_page(storage_state=signed_in), desk.base_url)
    expect(console.list).to_be_visible()
    return console
