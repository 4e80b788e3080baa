"""Stories of the console: canned replies, handing on, search, notes, an answer called wrong, two agents at once."""

import re

import pytest
from pages import REPLY_MS, Console, Widget
from playwright.sync_api import expect
from shopper import Shopper


@pytest.fixture
def widget(desk, open_page):
    """A shopper who waits for a person, with a question of their own."""
    widget = Widget(open_page(), desk.base_url, "/products/heron-2-tent").open()
    widget.say("how long do I have to send it back?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    widget.ask_for_a_person()
    expect(widget.panel.get_by_text(re.compile(r"^You are number \d+$"))).to_be_visible()
    return widget


def test_a_canned_reply_fills_the_draft_and_is_not_sent(desk, console, widget):
    page = console.page
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_role("button", name="New reply").click()
    page.locator(".canned-row input").last.fill("greeting")
    page.locator(".canned-row textarea").last.fill("Hello, {agent} here.")
    page.get_by_role("button", name="Save replies").click()
    expect(page.get_by_role("alert")).to_have_text("Saved.")
    page.get_by_role("link", name="Chats", exact=True).click()
    console.take()
    console.reply_text.press_sequentially("/gre")
    expect(page.get_by_role("option").first).to_contain_text("/greeting")
    console.reply_text.press("Enter")
    expect(console.reply_text).to_have_value("Hello, Robin here.")
    expect(widget.said("Robin here")).to_have_count(0)
    console.reply_text.press("Enter")
    expect(widget.said("Hello, Robin here.")).to_have_count(1)
    console.finish()


def test_half_written_replies_stay_with_their_chats(desk, console, widget):
    other = Shopper(desk.base_url)
    other.say("my mug is chipped")
    other.request_human()
    console.take()
    console.reply_text.fill("For the tent")
    console.take()
    console.reply_text.fill("For the mug")
    console.page.reload()
    console.view("Mine")
    for words, draft in (("send it back", "For the tent"), ("mug is chipped", "For the mug")):
        console.chat(words).click()
        expect(console.reply_text).to_have_value(draft)
        console.reply_text.fill("")
        console.finish()
        console.view("Mine")
    other.close()


def test_knowledge_stands_beside_the_chat_and_goes_in_by_key(console, widget):
    console.take()
    first = console.page.locator("desk-knowledge .found li").first
    expect(first).to_be_visible()
    console.page.keyboard.press("Alt+1")
    expect(console.reply_text).to_have_value(re.compile(r"\[.+\]\(/"))
    console.reply_text.fill("")
    console.finish()


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
    other.finish()


def test_resolved_chats_are_found_by_their_words(console, widget):
    console.take()
    console.reply("The word for today is marmalade.")
    expect(widget.said("marmalade")).to_be_visible()
    console.finish()
    search = console.page.get_by_role("searchbox", name="Filter")
    search.fill("marmalade today")
    search.press("Enter")
    expect(console.list.get_by_role("link")).to_have_count(1)
    search.fill("marmalade yesterday")
    search.press("Enter")
    expect(console.list).to_contain_text("No chat holds these words.")


def test_an_answer_called_wrong_is_noted_and_a_reply_becomes_a_page(desk, console, widget):
    console.take()
    message = console.log.locator(".msg.bot").filter(has=console.page.locator(".answer")).first
    message.hover()
    message.get_by_role("button", name="This answer was wrong").click()
    expect(message).to_contain_text("Noted for the content team")
    console.reply("Poles are mended for free in the first two years.")
    mine = console.log.locator(".msg.agent").last
    mine.hover()
    mine.get_by_role("button", name="Make a page of it").click()
    console.page.get_by_label("Title").fill("Mending poles")
    console.press("Write the draft")
    expect(console.page.get_by_role("alert").filter(has_text="The draft is written.")).to_be_visible()
    [draft] = [page for page in desk.pages.rglob("*.md") if "Poles are mended" in page.read_text()]
    assert "draft: true" in draft.read_text()
    draft.unlink()
    console.finish()


def test_typing_and_reading_are_seen_both_ways(console, widget):
    console.take()
    console.reply_text.press_sequentially("Let me look")
    expect(widget.panel).to_contain_text("Robin is writing")
    console.reply_text.press("Enter")
    expect(widget.said("Let me look")).to_be_visible()
    expect(console.page.locator(".log-foot")).to_contain_text("Read")
    widget.text.press_sequentially("Thanks")
    expect(console.page.locator(".log-foot")).to_contain_text("The shopper is writing")
    widget.text.press("Enter")
    expect(widget.said("Thanks")).to_contain_text("Read")
    console.finish()


def test_a_lead_sees_the_team_and_sets_somebody_away(console):
    page = console.page
    page.get_by_role("link", name="Team", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Robin").first
    row.get_by_role("button", name="Set away").click()
    expect(row).to_contain_text("away")
    row.get_by_role("button", name="Set available").click()
    expect(row).to_contain_text("available")
    expect(row).to_contain_text("of 4")


def test_a_lead_gives_a_waiting_chat_to_somebody(desk, console, widget, open_page):
    password = desk.running.add_agent("ben@fellandford.example", "Ben")
    other = Console(open_page(), desk.base_url).sign_in("ben@fellandford.example", password)
    page = console.page
    page.get_by_role("link", name="Team", exact=True).click()
    row = page.get_by_role("listitem").filter(has_text="how long do I have to send it back?")
    expect(row).to_contain_text("reply due in")
    row.get_by_role("button", name="Give to…").click()
    page.get_by_role("button", name=re.compile("^Ben")).click()
    expect(page.get_by_role("listitem").filter(has_text="Ben").first).to_contain_text("how long do I have")
    other.view("Mine")
    other.chat("how long do I have").click()
    expect(other.page.get_by_role("heading", name="With you")).to_be_visible()
    expect(widget.panel).to_contain_text("Ben is with you")
    other.finish()


def test_a_whole_chat_by_keyboard_alone(console, widget):
    page, press = console.page, console.page.keyboard.press
    console.take()
    page.keyboard.type("Sixty days.")
    press("Enter")
    expect(widget.said("Sixty days.")).to_be_visible()
    press("Escape")
    press("s")
    expect(page.get_by_label("Search the pages")).to_be_focused()
    page.keyboard.type("delivery to Norway")
    press("Enter")
    expect(page.locator("desk-knowledge .found")).to_contain_text("Norway")
    press("Alt+Digit1")
    expect(console.reply_text).to_have_value(re.compile(r"\[.+\]\(/"))
    console.reply_text.fill("")
    press("Escape")
    press("e")
    page.get_by_role("dialog").get_by_role("button", name="Solved", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Resolved")).to_be_visible()


def test_a_shopper_who_comes_back_brings_their_earlier_chat(console, widget):
    console.take()
    console.finish()
    widget.say("and what does a return cost?")
    expect(widget.replies.nth(1)).to_be_visible(timeout=REPLY_MS)
    console.view("All")
    console.list.get_by_role("link").first.click()
    expect(console.brief).to_contain_text("Earlier")
    expect(console.brief.get_by_role("button", name="how long do I have to send it back?")).to_be_visible()


def test_on_a_narrow_screen_pages_and_notes_come_from_the_side(console, widget):
    console.take()
    console.page.set_viewport_size({"width": 1024, "height": 768})
    beside = console.page.get_by_role("region", name="Pages and notes")
    expect(beside).to_be_hidden()
    console.press("Pages and notes")
    expect(beside.locator(".found li").first).to_be_visible()
    beside.get_by_role("button", name="Insert").first.click()
    expect(console.reply_text).to_have_value(re.compile(r"\[.+\]\(/"))
    expect(beside).to_be_hidden()
    console.reply_text.fill("")
    console.finish()


def test_the_sheet_of_keys(console):
    console.page.locator("body").press("?")
    expect(console.page.get_by_role("dialog")).to_contain_text("Take the chat that has waited longest")
    console.page.keyboard.press("Escape")
    expect(console.page.get_by_role("dialog")).to_have_count(0)


def test_colleagues_see_who_else_looks_at_a_chat(desk, console, widget, open_page):
    password = desk.running.add_agent("ola@fellandford.example", "Ola")
    other = Console(open_page(), desk.base_url).sign_in("ola@fellandford.example", password)
    console.take()
    other.view("Team")
    other.chat("how long do I have").first.click()
    expect(console.page.locator(".chat-bar")).to_contain_text("also here: Ola")
    expect(other.page.locator(".chat-bar")).to_contain_text("also here: Robin")
    other.page.get_by_role("link", name="Cornerdesk").click()
    expect(console.page.locator(".chat-bar")).not_to_contain_text("Ola")
    console.finish()
