"""Help offered unasked: by the shop's rules, once a visit, small, and never in anybody's way."""

import pytest
from pages import REPLY_MS, Widget
from playwright.sync_api import expect

TENT = "/products/heron-2-tent"
TEXT = "A question about this?"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(open_page):
    page = open_page()
    page.clock.install()
    return page


def greeting(page):
    return page.locator("cornerdesk-chat .greeting")


def test_it_waits_its_time_and_comes_once_a_visit(desk, page):
    page.goto(desk.base_url + TENT, wait_until="networkidle")
    launcher = page.get_by_role("button", name="Ask us")
    expect(launcher).to_be_visible()
    page.clock.fast_forward(40_000)
    expect(greeting(page)).to_have_count(0)
    page.clock.fast_forward(6_000)
    expect(greeting(page)).to_contain_text(TEXT)
    # It took no focus, and covers neither the launcher nor more than a corner.
    assert page.evaluate("document.activeElement === document.body")
    box, below = greeting(page).bounding_box(), launcher.bounding_box()
    assert box["y"] + box["height"] <= below["y"]
    assert box["width"] * box["height"] < 0.03 * 1440 * 900
    greeting(page).get_by_role("button", name="Dismiss").click()
    expect(greeting(page)).to_have_count(0)
    expect(launcher).to_be_focused()
    page.reload()
    expect(launcher).to_be_visible()
    page.clock.fast_forward(60_000)
    expect(greeting(page)).to_have_count(0)


def test_it_speaks_only_where_its_rule_fits(desk, page):
    page.goto(f"{desk.base_url}/help")
    expect(page.get_by_role("button", name="Ask us")).to_be_visible()
    page.clock.fast_forward(120_000)
    expect(greeting(page)).to_have_count(0)


def test_on_a_phone_it_opens_the_chat_and_is_gone(desk, open_page):
    page = open_page(viewport=PHONE)
    page.clock.install()
    page.goto(desk.base_url + TENT, wait_until="networkidle")
    expect(page.get_by_role("button", name="Ask us")).to_be_visible()
    page.clock.fast_forward(46_000)
    box = greeting(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    greeting(page).get_by_role("button", name=TEXT).click()
    expect(page.get_by_label("Write a message")).to_be_focused()
    expect(greeting(page)).to_have_count(0)


def test_who_already_talks_is_not_greeted(desk, open_page):
    page = open_page()
    widget = Widget(page, desk.base_url, TENT).open()
    widget.say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    page.keyboard.press("Escape")
    page.clock.install()
    page.reload()
    expect(page.get_by_role("button", name="Ask us")).to_be_visible()
    page.clock.fast_forward(60_000)
    expect(greeting(page)).to_have_count(0)


def test_the_questions_to_start_with_are_asked_with_one_tap(desk, open_page):
    widget = Widget(open_page(), desk.base_url).open()
    widget.panel.get_by_role("button", name="What does delivery cost?").click()
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    expect(widget.panel.get_by_role("button", name="What does delivery cost?")).to_be_hidden()
