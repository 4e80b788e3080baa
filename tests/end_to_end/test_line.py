"""Whatever happens to the line: a desk that restarts, a laptop that slept, and the talk to take home."""

import os
import signal
import time
from pathlib import Path

from pages import REPLY_MS, Widget
from playwright.sync_api import expect
from shopper import Shopper

BACK_S = 60
BACK_MS = 60_000
ADDRESS = "marta@example.com"


def await_health(desk):
    deadline = time.monotonic() + BACK_S
    while not desk.running.services.healthy("bridge"):
        assert time.monotonic() < deadline, "the bridge did not come back"


def test_a_restart_under_an_open_chat_loses_nothing(desk, open_page, console):
    widget = Widget(open_page(), desk.base_url).open()
    widget.say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    widget.ask_for_a_person()
    console.view("Waiting")
    console.chat("Norway").first.click()
    console.press("Claim")
    console.reply_text.fill("Half a reply")
    os.kill(desk.running.services.pid("bridge"), signal.SIGKILL)
    widget.say("Are you still there?")
    expect(widget.said("Are you still there?")).to_contain_text("Not sent yet")
    await_health(desk)
    expect(console.log.locator(".msg", has_text="Are you still there?")).to_have_count(1, timeout=BACK_MS)
    expect(widget.said("Are you still there?")).to_have_count(1)
    expect(widget.said("Are you still there?")).not_to_contain_text("Not sent")
    expect(console.reply_text).to_have_value("Half a reply")
    console.reply("All of it is here.")
    expect(widget.said("All of it is here.")).to_have_count(1, timeout=BACK_MS)
    console.finish()


class SleepyLine:
    """Passes a widget's frames on, until the line is cut without anybody being told."""

    def __init__(self):
        self.sockets = []

    def __call__(self, socket):
        server, line = socket.connect_to_server(), {"cut": False}
        self.sockets.append(line)
        socket.on_message(lambda text: line["cut"] or server.send(text))
        server.on_message(lambda text: line["cut"] or socket.send(text))

    def cut(self):
        for line in self.sockets:
            line["cut"] = True


def test_a_laptop_that_slept_catches_up(desk, open_page):
    page, line = open_page(), SleepyLine()
    page.clock.install()
    page.route_web_socket("**/api/v1/shopper", line)
    widget = Widget(page, desk.base_url).open()
    widget.say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    line.cut()
    kept = page.evaluate(
        "() => JSON.parse(Object.entries(localStorage).find(([key]) => key.endsWith(':conversation'))[1])"
    )
    shopper = Shopper.resume(desk.base_url, kept["conversation_id"], kept["token"])
    shopper.ask("and to Switzerland?")
    expect(widget.said("and to Switzerland?")).to_have_count(0)
    # Woken, it asks whether the line still lives, gets no answer, and takes a new one.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.fast_forward(1_000)
    page.clock.fast_forward(7_000)
    expect(widget.said("and to Switzerland?")).to_have_count(1, timeout=BACK_MS)
    shopper.read()
    said = [event for event in shopper.events if event["type"] == "message" and event["from"] == "bot"]
    expect(widget.replies).to_have_count(len(said))


def test_the_talk_is_downloaded_and_mailed(desk, open_page, console):
    widget = Widget(open_page(), desk.base_url).open()
    widget.say("how long do I have to send it back?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    widget.ask_for_a_person()
    console.view("Waiting")
    console.chat("how long do I have").first.click()
    console.press("Claim")
    console.reply("Sixty days it is.")
    expect(widget.said("Sixty days it is.")).to_be_visible()
    console.finish()
    with widget.page.expect_download() as download:
        widget.panel.get_by_role("button", name="Download transcript").click()
    kept = Path(download.value.path()).read_text()
    for words in ("how long do I have to send it back?", "60 days", "/help/", "Robin: Sixty days it is."):
        assert words in kept
    widget.panel.get_by_role("button", name="E-mail transcript").click()
    widget.panel.get_by_label("Your e-mail address").fill(ADDRESS)
    widget.panel.get_by_label("Your e-mail address").press("Enter")
    expect(widget.panel).to_contain_text(f"Thank you: {ADDRESS}")
    assert "Sixty days it is." in desk.mailbox.await_letter(ADDRESS)
