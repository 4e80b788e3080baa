"""The real processes and a real browser, shared by every scene; skipped, with the reason, where there is none."""

import os
import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import sync_playwright

from scripts.temporary import temporary_desk

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


@dataclass(frozen=True)
class Desk:
    """Where the scenes are played, and who may sign in there."""

    base_url: str
    agent_email: str
    agent_password: str
    running: object


@pytest.fixture(scope="session")
def desk():
    with temporary_desk() as running:
        password = running.add_agent(AGENT_EMAIL, "Robin", role="admin")
        yield Desk(running.url, AGENT_EMAIL, password, running)


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
