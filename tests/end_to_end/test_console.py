"""Stories of the console: canned replies, handing on, search, notes, an answer called wrong, two agents at once."""

import re

import pytest
from pages import REPLY_MS, Console, Widget
from playwright.sync_api import expect

LAPTOP = {"width": 1440, "height": 900}


@pytest.fixture
def open_page(browser):
    contexts = []

    def fresh():
        contexts.append(browser.new_context(viewport=LAPTOP))
        return contexts[-1].new_page()

    yield fresh
    for context in contexts:
        context.close()


@pytest.fixture
def console(desk, open_page):
    return Console(open_page(), desk.base_url).sign_in(desk.agent_email, desk.agent_password)


@pytest.fixture
def widget(desk, open_page):
    """A shopper who waits for a person, with a question of their own."""
    widget = Widget(open_page(), desk.base_url, "/products/heron-2-tent").open()
    widget.say("how long do I have to send it back?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    widget.ask_for_a_person()
    expect(widget.panel.get_by_text(re.compile(r"^You are number \d+$"))).to_be_visible()
    return widget


def take(console):
    """Take the chat that has waited longest, by its key."""
    console.page.locator("body").press("n")
    expect(console.reply_text).to_be_focused()


def finish(console):
    console.press("Resolve")
    console.press("Solved")
    expect(console.page.get_by_role("heading", name="Resolved")).to_be_visible()


def test_a_canned_reply_fills_the_draft_and_is_not_sent(desk, console, widget):
    page = console.page
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_role("button", name="New reply").click()
    page.locator(".canned-row input").last.fill("greeting")
    page.locator(".canned-row textarea").last.fill("Hello, {agent} here.")
    page.get_by_role("button", name="Save replies").click()
    expect(page.get_by_role("alert")).to_have_text("Saved.")
    page.get_by_role("link", name="Chats", exact=True).click()
    take(console)
    console.reply_text.press_sequentially("/gre")
    expect(page.get_by_role("option").first).to_contain_text("/greeting")
    console.reply_text.press("Enter")
    expect(console.reply_text).to_have_value("Hello, Robin here.")
    expect(widget.said("Robin here")).to_have_count(0)
    console.reply_text.press("Enter")
    expect(widget.said("Hello, Robin here.")).to_have_count(1)
    finish(console)


def test_a_draft_stays_with_its_chat(console, widget):
    take(console)
    console.reply_text.fill("I was about to say")
    console.page.get_by_role("link", name="Cornerdesk").click()
    expect(console.reply_text).to_be_hidden()
    console.page.reload()
    console.view("Mine")
    console.list.get_by_role("link").first.click()
    expect(console.reply_text).to_have_value("I was about to say")
    console.reply_text.fill("")
    finish(console)


def test_knowledge_stands_beside_the_chat_and_goes_in_by_key(console, widget):
    take(console)
    first = console.page.locator("desk-knowledge .found li").first
    expect(first).to_be_visible()
    console.page.keyboard.press("Alt+1")
    expect(console.reply_text).to_have_value(re.compile(r"\[.+\]\(/"))
    console.reply_text.fill("")
    finish(console)


def test_two_agents_claim_and_one_has_it(desk, console, widget, open_page):
    password = desk.running.add_agent("kim@fellandford.example", "Kim")
    other = Console(open_page(), desk.base_url).sign_in("kim@fellandford.example", password)
    for each in (console, other):
        each.view("Waiting")
        each.list.get_by_role("link").first.click()
        expect(each.page.get_by_role("button", name="Claim")).to_be_visible()
    console.press("Claim")
    expect(console.page.get_by_role("heading", name="With you")).to_be_visible()
    expect(other.page.get_by_role("heading", name="With Robin")).to_be_visible()
    expect(other.page.get_by_role("button", name="Claim")).to_be_hidden()

    # Handed on, with all that was said; and a note that the shopper never sees.
    console.page.get_by_label("Note for colleagues").fill("A regular: be quick.")
    console.press("Add note")
    expect(console.page.locator("desk-notes")).to_contain_text("A regular: be quick.")
    console.press("Transfer")
    console.page.get_by_role("button", name=re.compile("^Kim")).click()
    expect(other.page.get_by_role("heading", name="With you")).to_be_visible()
    expect(other.page.locator("desk-notes")).to_contain_text("A regular: be quick.")
    expect(other.log).to_contain_text("how long do I have to send it back?")
    expect(widget.panel).not_to_contain_text("A regular")
    finish(other)


def test_resolved_chats_are_found_by_their_words(console, widget):
    take(console)
    console.reply("The word for today is marmalade.")
    expect(widget.said("marmalade")).to_be_visible()
    finish(console)
    search = console.page.get_by_role("searchbox", name="Filter")
    search.fill("marmalade today")
    search.press("Enter")
    expect(console.list.get_by_role("link")).to_have_count(1)
    search.fill("marmalade yesterday")
    search.press("Enter")
    expect(console.list).to_contain_text("No chat holds these words.")


def test_an_answer_called_wrong_is_noted(console, widget):
    take(console)
    message = console.log.locator(".msg.bot").filter(has=console.page.locator(".answer")).first
    message.hover()
    message.get_by_role("button", name="This answer was wrong").click()
    expect(message).to_contain_text("Noted for the content team")
    finish(console)


def test_typing_and_reading_are_seen_both_ways(console, widget):
    take(console)
    console.reply_text.press_sequentially("Let me look")
    expect(widget.panel).to_contain_text("Robin is writing")
    console.reply_text.press("Enter")
    expect(widget.said("Let me look")).to_be_visible()
    expect(console.page.locator(".log-foot")).to_contain_text("Read")
    widget.text.press_sequentially("Thanks")
    expect(console.page.locator(".log-foot")).to_contain_text("The shopper is writing")
    widget.text.press("Enter")
    expect(widget.said("Thanks")).to_contain_text("Read")
    finish(console)


def test_a_lead_sees_the_team_and_sets_somebody_away(console):
    page = console.page
    page.get_by_role("link", name="Team", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Robin").first
    row.get_by_role("button", name="Set away").click()
    expect(row).to_contain_text("away")
    row.get_by_role("button", name="Set available").click()
    expect(row).to_contain_text("available")
    expect(row).to_contain_text("of 4")


def test_the_sheet_of_keys(console):
    console.page.locator("body").press("?")
    expect(console.page.get_by_role("dialog")).to_contain_text("Take the chat that has waited longest")
    console.page.keyboard.press("Escape")
    expect(console.page.get_by_role("dialog")).to_have_count(0)


def test_colleagues_see_who_else_looks_at_a_chat(desk, console, widget, open_page):
    password = desk.running.add_agent("ola@fellandford.example", "Ola")
    other = Console(open_page(), desk.base_url).sign_in("ola@fellandford.example", password)
    take(console)
    other.view("Team")
    other.list.get_by_role("link").first.click()
    expect(console.page.locator(".chat-bar")).to_contain_text("also here: Ola")
    expect(other.page.locator(".chat-bar")).to_contain_text("also here: Robin")
    other.page.get_by_role("link", name="Cornerdesk").click()
    expect(console.page.locator(".chat-bar")).not_to_contain_text("Ola")
    finish(console)
