"""Arrivals are never silent: a sound, the tab's title, and a desktop notification where the agent allows it."""

import re

import pytest
from pages import Console
from playwright.sync_api import expect
from shopper import Shopper

# What the desk would have the machine do, written down; the agent looks at another window.
WATCHED = """
window.notified = [];
window.tones = 0;
window.Notification = class {
  static permission = 'granted';
  constructor(title, { body, tag }) { window.notified.push([title, body]); this.tag = tag; }
  close() {}
};
document.hasFocus = () => false;
const start = AudioScheduledSourceNode.prototype.start;
AudioScheduledSourceNode.prototype.start = function (...at) { window.tones++; return start.apply(this, at); };
"""


@pytest.fixture
def console(desk, open_page, signed_in):
    page = open_page(storage_state=signed_in)
    page.add_init_script(WATCHED)
    console = Console(page, desk.base_url)
    expect(console.list).to_be_visible()
    page.locator("body").click()  # Browsers let a page sound only after a touch.
    return console


@pytest.fixture
def shopper(desk):
    shopper = Shopper(desk.base_url)
    yield shopper
    shopper.close()


def wants(shopper, words):
    shopper.say(words)
    shopper.request_human()


def test_a_new_chat_sounds_and_is_told_on_the_desktop(console, shopper):
    wants(shopper, "my stove hisses")
    console.view("Waiting")
    expect(console.chat("my stove hisses")).to_be_visible()
    expect(console.page).to_have_title(re.compile(r"^\(\d+\) Cornerdesk$"))
    assert "Asked for a person" in [title for title, _ in console.page.evaluate("window.notified")]
    assert console.page.evaluate("window.tones") >= 2
    console.chat("my stove hisses").click()
    console.press("Claim")
    console.reply("Let me look.")
    expect(console.log).to_contain_text("Let me look.")
    # What the shopper writes next is told too, for the agent looks elsewhere.
    shopper.say("it got worse")
    console.view("Mine")
    expect(console.list).to_contain_text("it got worse")
    assert ["New message", "it got worse"] in console.page.evaluate("window.notified")
    console.finish()


def test_without_the_sound_it_is_still_told(console, shopper):
    page = console.page
    page.get_by_role("button", name="Alerts").click()
    page.get_by_label("Sound for new chats and messages").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Alerts: sound off")).to_be_visible()
    wants(shopper, "my lamp flickers")
    console.view("Waiting")
    expect(console.chat("my lamp flickers")).to_be_visible()
    assert page.evaluate("window.notified.length") == 1
    assert page.evaluate("window.tones") == 0
