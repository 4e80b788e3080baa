"""The whole path: a question answered from a page, a stuck shopper in front of a person, nothing lost on the way."""

import re

import pytest
from pages import REPLY_MS, Console, Widget
from playwright.sync_api import expect


@pytest.fixture
def shopper_page(open_page):
    return open_page(viewport={"width": 390, "height": 844})


@pytest.fixture
def agent_page(open_page):
    return open_page()


def test_from_a_question_to_a_person_and_back(desk, shopper_page, agent_page):
    console = Console(agent_page, desk.base_url).sign_in(desk.agent_email, desk.agent_password)
    widget = Widget(shopper_page, desk.base_url, "/products/heron-2-tent").open()

    # The assistant answers from a page, with its link and its date.
    widget.say("how long do I have to send it back?")
    answer = widget.answers.first
    expect(answer).to_contain_text("60 days", timeout=REPLY_MS)
    expect(answer.get_by_role("link").last).to_have_attribute("href", re.compile("/help/"))
    expect(answer).to_contain_text("Updated")

    # A person is always in sight.
    widget.ask_for_a_person()
    expect(widget.panel.get_by_text("You are number 1", exact=True)).to_be_visible()
    expect(widget.panel.get_by_text("Usually about").first).to_be_visible()

    # The chat arrives at the agent's desk by itself, with the reason and the story.
    console.view("Waiting")
    arrived = console.chat("how long do I have").first
    expect(arrived).to_contain_text("Asked for a person")
    arrived.click()
    expect(console.log).to_contain_text("60 days")
    expect(console.brief).to_contain_text("how long do I have to send it back?")
    console.press("Claim")
    expect(widget.panel).to_contain_text("is with you")
    console.reply("Hello, I have read all of it. How was the tent used?")
    expect(widget.said("How was the tent used?")).to_be_visible()

    # Both pages are loaded anew: nothing is missing, nothing is doubled.
    shopper_page.reload()
    agent_page.reload()
    expect(widget.said("How was the tent used?")).to_have_count(1)
    expect(widget.said("how long do I have to send it back?")).to_have_count(1)
    expect(widget.answers).to_have_count(1)
    expect(console.log.locator(".msg", has_text="How was the tent used?")).to_have_count(1)

    # And the talk goes on, both ways.
    widget.say("Once, in the garden.")
    expect(console.log.locator(".msg", has_text="Once, in the garden.")).to_have_count(1)
    expect(widget.said("Once, in the garden.")).to_have_count(1)
    console.press("To the assistant")
    expect(widget.panel).to_contain_text("You are with the assistant again")
    widget.say("what does a return cost?")
    expect(widget.answers).to_have_count(2, timeout=REPLY_MS)


def test_asked_for_in_words_claimed_and_resolved(desk, shopper_page, agent_page):
    console = Console(agent_page, desk.base_url).sign_in(desk.agent_email, desk.agent_password)
    widget = Widget(shopper_page, desk.base_url).open()
    widget.say("can I talk to a real person please")
    expect(widget.panel.get_by_text(re.compile(r"^You are number \d"), exact=True).first).to_be_visible(
        timeout=REPLY_MS
    )
    console.view("Waiting")
    console.list.get_by_role("link").filter(has_text="real person").first.click()
    console.press("Claim")
    console.reply("Here I am.")
    expect(widget.said("Here I am.")).to_be_visible()
    console.press("Resolve")
    console.press("Solved")
    expect(widget.panel.get_by_text("How did we do?")).to_be_visible()
    widget.panel.get_by_role("button", name="4 of 5").click()
    widget.panel.get_by_role("button", name="Send rating").click()
    expect(widget.panel.get_by_text("Thank you", exact=True)).to_be_visible()
    expect(console.log).to_contain_text("Rated 4 of 5")


def test_what_is_written_without_a_connection_is_sent_once(desk, shopper_page):
    widget = Widget(shopper_page, desk.base_url).open()
    widget.say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    shopper_page.context.set_offline(True)
    widget.say("and to Switzerland?")
    expect(widget.said("and to Switzerland?")).to_contain_text("Not sent yet")
    shopper_page.context.set_offline(False)
    expect(widget.said("and to Switzerland?")).to_have_count(1)
    expect(widget.said("and to Switzerland?")).not_to_contain_text("Not sent", timeout=REPLY_MS)
    shopper_page.reload()
    expect(widget.said("and to Switzerland?")).to_have_count(1)


def test_two_tabs_show_the_same_talk(desk, shopper_page):
    first = Widget(shopper_page, desk.base_url).open()
    first.say("do you ship to Norway?")
    expect(first.answers).to_have_count(1, timeout=REPLY_MS)
    other = Widget(shopper_page.context.new_page(), desk.base_url, "/help").open()
    expect(other.said("do you ship to Norway?")).to_have_count(1)
    other.say("how long does delivery take?")
    expect(first.said("how long does delivery take?")).to_have_count(1)
    expect(first.replies).to_have_count(2, timeout=REPLY_MS)
    expect(other.replies).to_have_count(2)


def test_a_draft_outlives_a_reload(desk, shopper_page):
    widget = Widget(shopper_page, desk.base_url).open()
    widget.text.fill("I was about to ask")
    shopper_page.reload()
    expect(widget.text).to_have_value("I was about to ask")


def test_without_sockets_it_polls(desk, open_page):
    page = open_page()
    page.route_web_socket("**/api/v1/shopper", lambda socket: socket.close())
    widget = Widget(page, desk.base_url).open()
    widget.say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)


def test_a_wrong_password_is_refused_in_words(desk, agent_page):
    agent_page.goto(f"{desk.base_url}/desk")
    agent_page.get_by_label("E-mail").fill(desk.agent_email)
    agent_page.get_by_label("Password").fill("not the password")
    agent_page.get_by_role("button", name="Sign in").click()
    expect(agent_page.get_by_role("alert")).to_contain_text("do not fit together")
