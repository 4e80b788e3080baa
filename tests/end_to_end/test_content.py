"""Stories of the content desk, against the real pages and the real index."""

import re
import time

import pytest
from pages import REPLY_MS
from playwright.sync_api import expect
from shopper import Shopper

SLOW_MS = 90_000
BEFORE = {"verdict": "answer", "heading": "Where we deliver", "text": "We deliver to Norway.", "probability": 0.9}


@pytest.fixture
def page(desk, open_page, signed_in):
    page = open_page(storage_state=signed_in)
    page.goto(f"{desk.base_url}/desk/content")
    return page


def ask(desk, question):
    shopper = Shopper(desk.base_url)
    reply = shopper.ask(question)
    shopper.close()
    return reply


def gap_about(page, word):
    page.get_by_role("link", name="Gaps").click()
    gap = page.locator("details.gap").filter(has_text=word).first
    expect(gap).to_be_attached(timeout=SLOW_MS)
    if gap.get_attribute("open") is None:
        gap.locator("summary").click()
    return gap


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


def test_a_page_shows_what_it_answered(page, desk):
    answer = ask(desk, "how long do I have to send it back?")["answer"]
    row = page.get_by_role("row").filter(has_text=answer["page_title"]).first
    expect(row).to_be_visible(timeout=SLOW_MS)
    row.get_by_role("button").click()
    expect(page.locator(".asked li").first).to_contain_text("how long do I have to send it back?")


def test_what_an_edit_changes_is_shown_before_it_is_published(page, desk):
    ask(desk, "how long do I have to send it back?")
    page.get_by_role("link", name="Before you publish").click()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".verdict:visible")).to_contain_text("Nothing changes", timeout=SLOW_MS)

    # The folder is published as soon as it is saved here, so the desk's word for an edit is put in its mouth.
    lost = {"kind": "lost", "question": "do you ship to Norway?", "before": BEFORE, "after": {"verdict": "unknown"}}
    page.route("**/api/v1/content/diff", lambda route: route.fulfill(json={"changes": [lost], "asked": 12}))
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".verdict:visible")).to_contain_text("1 of 12 questions change")
    change = page.locator("article.change")
    expect(change).to_contain_text("do you ship to Norway?")
    expect(change).to_contain_text("We deliver to Norway.")
    expect(change).to_contain_text("No answer")


def test_a_gap_becomes_a_page_and_closes_by_itself(page, desk):
    ask(desk, "do you rent out kayaks for a weekend?")
    gap = gap_about(page, "kayaks")
    expect(gap).to_contain_text("do you rent out kayaks for a weekend?")
    gap.get_by_role("link", name="Try").first.click()
    expect(page.get_by_label("Question")).to_have_value("do you rent out kayaks for a weekend?")

    gap = gap_about(page, "kayaks")
    gap.get_by_role("button", name="Draft a page").click()
    page.get_by_label("Title").fill("Renting kayaks")
    page.get_by_label("Category").select_option("company")
    page.get_by_label("Text").fill("## Kayaks for a weekend\n\nWe rent out kayaks in Ghent for a weekend, at 80 EUR.")
    page.get_by_role("button", name="Write the draft").click()
    expect(page.locator("content-gaps .said")).to_contain_text("The draft is at")
    path = desk.pages / re.search(r"at (\S+\.md)", page.locator("content-gaps .said").inner_text()).group(1)
    try:
        # The editor takes "draft" out of its head, and saves.
        path.write_text(re.sub(r"^draft: .*\n", "", path.read_text(), flags=re.MULTILINE))
        deadline = time.monotonic() + SLOW_MS / 1000
        while not page.locator("details.gap.closed").filter(has_text="kayaks").count():
            assert time.monotonic() < deadline, "the gap did not close"
            page.reload()
            expect(page.locator("details.gap").first).to_be_attached(timeout=SLOW_MS)
        expect(page.locator("details.gap.closed").filter(has_text="kayaks")).to_contain_text("answered now")
    finally:
        path.unlink()


def test_a_question_is_attached_to_the_section_that_answers_it(page, desk):
    question = "may my sherpa return it after the expedition?"
    ask(desk, question)
    gap = gap_about(page, question)
    gap.get_by_role("listitem").filter(has_text=question).get_by_role("button", name="Attach to a section").click()
    page.get_by_role("dialog").get_by_role("button").first.click(timeout=REPLY_MS)
    said = page.locator("content-gaps .said")
    expect(said).to_contain_text("Added to")
    path = desk.pages / re.search(r"to (\S+\.md)", said.inner_text()).group(1)
    assert question in path.read_text()
