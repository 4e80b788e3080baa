"""Pictures of the main states under docs/images/, taken from real processes: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from scripts.surroundings import ROOT
from scripts.temporary import TemporaryDesk, temporary_desk

IMAGES = ROOT / "docs" / "images"
REPLY_MS = 30_000
CHECK_MS = 120_000
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> int:
    """Play a short scene and keep what it looks like; gives the exit code."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("No Chromium was found: install it (apt install chromium) to take the pictures.\n")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with temporary_desk() as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        _play(desk, browser)
        browser.close()
    return 0


def _play(desk: TemporaryDesk, browser: Browser) -> None:
    shopper, phone, agent = (
        browser.new_context(viewport={"width": w, "height": h}, color_scheme="light").new_page()
        for w, h in ((1440, 900), (390, 844), (1440, 900))
    )
    _sign_in(desk, agent)
    shopper.goto(desk.url)
    _keep(shopper, "shop-front")
    _ask(desk, phone, "/products/tarn-hiking-boots", "do the boots need breaking in?")
    _keep(phone, "widget-phone")
    panel = _ask(desk, shopper, "/products/heron-2-tent", "how long do I have to send it back?")
    _keep(shopper, "widget-answer")
    _say(panel, "I pitched it once in the garden and a pole was cracked, can I still return it?")
    panel.get_by_role("button", name="Talk to a person").click()
    expect(panel.get_by_text("You are number 1", exact=True)).to_be_visible()
    _keep(shopper, "widget-waiting")
    agent.locator("desk-queue .list a").first.wait_for()
    _keep(agent, "console-queue")
    agent.locator("desk-queue .list a").first.click()
    agent.get_by_role("button", name="Claim").click()
    agent.get_by_label("Reply", exact=True).fill(
        "Hello, I have read all of it. A cracked pole is on us: shall I send a new one?"
    )
    agent.keyboard.press("Enter")
    expect(panel.get_by_text("shall I send a new one?")).to_be_visible()
    _say(panel, "Yes please, before Friday if you can.", wait=False)
    expect(agent.locator("desk-chat").get_by_text("before Friday")).to_be_visible()
    agent.wait_for_timeout(1_000)
    _keep(agent, "console-conversation")
    agent.emulate_media(color_scheme="dark")
    _keep(agent, "console-dark")
    agent.emulate_media(color_scheme="light")
    for place in ("team", "settings"):
        agent.goto(f"{desk.url}/desk#/{place}")
        agent.wait_for_timeout(1_000)
        _keep(agent, f"console-{place}")
    _content(desk, agent)


def _content(desk: TemporaryDesk, agent: Page) -> None:
    agent.goto(f"{desk.url}/desk/content")
    expect(agent.get_by_role("row").nth(5)).to_be_visible(timeout=CHECK_MS)
    _keep(agent, "content-pages")
    agent.get_by_role("link", name="Try it").click()
    agent.get_by_label("On page").fill("/products/heron-2-tent")
    agent.get_by_label("Question").fill("how heavy is it?")
    agent.get_by_label("Question").press("Enter")
    expect(agent.locator(".verdict")).to_be_visible(timeout=REPLY_MS)
    _keep(agent, "content-try")
    agent.get_by_role("link", name="Gaps").click()
    agent.locator("details.gap summary").first.click(timeout=CHECK_MS)
    _keep(agent, "content-gaps")


def _sign_in(desk: TemporaryDesk, page: Page) -> None:
    password = desk.add_agent("robin@fellandford.example", "Robin", role="admin")
    page.goto(f"{desk.url}/desk")
    page.get_by_label("E-mail").fill("robin@fellandford.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("desk-queue")).to_be_visible()


def _ask(desk: TemporaryDesk, page: Page, path: str, words: str) -> Locator:
    page.goto(desk.url + path)
    page.get_by_role("button", name="Ask us").click()
    panel = page.locator("cornerdesk-chat section.panel")
    _say(panel, words)
    return panel


def _say(panel: Locator, words: str, *, wait: bool = True) -> None:
    replies = panel.locator(".bot, .answer")
    before = replies.count()
    panel.get_by_label("Write a message").fill(words)
    panel.get_by_label("Write a message").press("Enter")
    if wait:
        expect(replies.nth(before)).to_be_visible(timeout=REPLY_MS)


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    path = Path(IMAGES / f"{name}.png")
    page.screenshot(path=path)
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    sys.exit(main())
