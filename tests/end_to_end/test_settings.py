"""What an admin sets while the desk runs, as shoppers and agents then see it."""

import pytest
from pages import REPLY_MS, Console, Widget
from playwright.sync_api import expect

SAVED = "Saved."
CLOSED = "Mon 3:00-3:01"


@pytest.fixture
def settings(desk, open_page, signed_in):
    """The settings page; when the scene is over, everything is as the server has it."""
    page = open_page(storage_state=signed_in)
    page.goto(f"{desk.base_url}/desk#/settings")
    expect(page.get_by_label("Time zone")).not_to_have_value("")
    yield page
    page.evaluate(
        """async () => {
        const { csrf } = await (await fetch('/api/v1/session')).json();
        const { changed } = await (await fetch('/api/v1/settings')).json();
        const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf };
        const body = JSON.stringify(Object.fromEntries(changed.map((name) => [name, null])));
        await fetch('/api/v1/settings', { method: 'PUT', headers, body });
        }"""
    )


def save(page):
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_role("alert").filter(has_text=SAVED)).to_be_visible()


def test_hours_and_promise_reach_the_shopper(desk, settings, open_page):
    settings.get_by_label("What shoppers are promised").fill("A person within the hour.")
    settings.get_by_label("When people are at the desk").fill(CLOSED)
    save(settings)
    widget = Widget(open_page(), desk.base_url).open()
    expect(widget.panel).to_contain_text(CLOSED)
    settings.get_by_label("When people are at the desk").fill("")
    save(settings)
    widget = Widget(open_page(), desk.base_url).open()
    expect(widget.panel).to_contain_text("A person within the hour.")


def test_hours_that_cannot_be_read_are_refused_in_words_and_kept_in_the_field(settings):
    hours = settings.get_by_label("When people are at the desk")
    hours.fill("whenever we like")
    settings.get_by_role("button", name="Save settings").click()
    expect(settings.locator("desk-settings .fault")).not_to_be_empty()
    expect(hours).to_have_value("whenever we like")
    expect(hours).to_be_focused()


def test_a_greeting_by_page_and_basket(desk, settings, open_page):
    settings.get_by_role("button", name="New rule").click()
    settings.get_by_label("What it says").fill("Shall we check the size for you?")
    settings.get_by_label("On pages").fill("/help/*")
    settings.get_by_label("After seconds").fill("5")
    settings.get_by_label("In the basket, at least").fill("50")
    save(settings)
    page = open_page()
    page.clock.install()
    page.goto(f"{desk.base_url}/help/refunds/return-costs")
    card = page.locator("cornerdesk-chat .greeting")
    expect(page.get_by_role("button", name="Ask us")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.clock.fast_forward(10_000)
    expect(card).to_have_count(0)
    page.evaluate("document.querySelector('cornerdesk-chat').setAttribute('basket', '60')")
    page.clock.fast_forward(2_000)
    expect(card).to_contain_text("Shall we check the size for you?")


def test_settings_are_for_admins(desk, open_page):
    password = desk.running.add_agent("ida@fellandford.example", "Ida")
    console = Console(open_page(), desk.base_url).sign_in("ida@fellandford.example", password)
    expect(console.page.get_by_role("link", name="Settings")).to_have_count(0)
    console.page.goto(f"{desk.base_url}/desk#/settings")
    expect(console.page.get_by_role("heading", name="Settings")).to_be_hidden()


def test_out_of_hours_a_message_is_left_and_answered_by_mail(desk, settings, open_page, console):
    settings.get_by_label("When people are at the desk").fill(CLOSED)
    save(settings)
    widget = Widget(open_page(), desk.base_url).open()
    widget.say("does the lamp float?")
    expect(widget.replies.first).to_be_visible(timeout=REPLY_MS)
    widget.ask_for_a_person()
    expect(widget.panel.get_by_text("Nobody is on duty right now.").first).to_be_visible()
    widget.panel.get_by_label("Your e-mail address").fill("lena@example.com")
    widget.panel.get_by_role("button", name="Send me the answer").click()
    expect(widget.panel.get_by_text("We have your message").first).to_be_visible()
    console.view("Left")
    console.chat("does the lamp float?").click()
    expect(console.page.locator(".chat-bar")).to_contain_text("answer goes to lena@example.com")
    console.press("Claim")
    console.reply("It does, for half an hour.")
    assert "It does, for half an hour." in desk.mailbox.await_letter("lena@example.com")
    expect(widget.said("It does, for half an hour.")).to_be_visible()
    console.finish()
