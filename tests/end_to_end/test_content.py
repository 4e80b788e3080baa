"""Stories of the content desk, against the real pages and the real index."""

import re

import pytest
from pages import REPLY_MS, Console
from playwright.sync_api import expect
from shopper import Shopper

SLOW_MS = 90_000


@pytest.fixture
def page(desk, browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    Console(page, desk.base_url).sign_in(desk.agent_email, desk.agent_password)
    page.goto(f"{desk.base_url}/desk/content")
    yield page
    context.close()


def test_every_page_shows_its_health_and_what_shoppers_get(page):
    row = page.get_by_role("row").filter(has_text="products/heron-2-tent.md")
    expect(row).to_be_visible(timeout=SLOW_MS)
    row.get_by_role("button").click()
    expect(page.locator(".preview article").first).to_be_visible(timeout=REPLY_MS)


def test_a_question_can_be_tried_on_a_page(page, desk):
    page.get_by_role("link", name="Try it").click()
    page.get_by_label("On page").fill("/products/heron-2-tent")
    page.get_by_label("Question").fill("how heavy is it?")
    page.get_by_label("Question").press("Enter")
    expect(page.locator(".verdict")).to_be_visible(timeout=REPLY_MS)
    expect(page.locator("article.answer").first).to_contain_text("Heron 2")
    expect(page.locator("article.answer").first).to_contain_text(re.compile(r"\d+%"))


def test_an_unanswered_question_becomes_a_gap(page, desk):
    shopper = Shopper(desk.base_url)
    shopper.ask("do you rent out kayaks for a weekend?")
    shopper.close()
    page.get_by_role("link", name="Gaps").click()
    gap = page.locator("details.gap").filter(has_text="kayaks")
    expect(gap.first).to_be_attached(timeout=SLOW_MS)
    gap.first.locator("summary").click()
    expect(gap.first).to_contain_text("do you rent out kayaks for a weekend?")
    gap.first.get_by_role("link", name="Try").first.click()
    expect(page.get_by_label("Question")).to_have_value("do you rent out kayaks for a weekend?")


def test_nothing_changes_while_the_folder_is_what_is_in_service(page, desk):
    shopper = Shopper(desk.base_url)
    shopper.ask("how long do I have to send it back?")
    shopper.close()
    page.get_by_role("link", name="Before you publish").click()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".verdict")).to_contain_text("Nothing changes", timeout=SLOW_MS)
