"""A process dies under a shopper: a plain sentence, a place in the queue, and the process comes back."""

import os
import signal
import time

import pytest

from tests.end_to_end.shopper import Shopper

BACK_S = 60


@pytest.fixture
def shopper(desk):
    shopper = Shopper(desk.base_url)
    yield shopper
    shopper.close()


def await_health(desk, name):
    deadline = time.monotonic() + BACK_S
    while not desk.running.services.healthy(name):
        assert time.monotonic() < deadline, f"{name} did not come back"


def await_answers(desk):
    """Wait until the assistant answers again, asking in fresh conversations."""
    deadline = time.monotonic() + BACK_S
    while time.monotonic() < deadline:
        fresh = Shopper(desk.base_url)
        fresh.say("how long do I have to send it back?")
        reply = fresh.wait_for(lambda event: event["type"] == "message" and event["from"] in ("bot", "system"))
        fresh.close()
        if reply.get("answer"):
            return
    pytest.fail("the assistant never answered again")


@pytest.mark.parametrize("name", ["engine", "actions", "knowledge"])
def test_a_killed_process_puts_the_shopper_in_front_of_a_person(desk, shopper, name):
    assert shopper.ask("how long do I have to send it back?")["answer"]
    pid = desk.running.services.pid(name)
    # Stopped first, so that the turn is surely under way when the process dies.
    os.kill(pid, signal.SIGSTOP)
    sent = shopper.say("what does delivery to Norway cost?").raise_for_status().json()["seq"]
    os.kill(pid, signal.SIGKILL)

    waiting = shopper.wait_for(lambda event: event["type"] == "state" and event["state"] != "bot")
    assert waiting["reason"] == "engine_failure"
    said = shopper.wait_for(lambda event: event["type"] == "message" and event["seq"] > sent)
    assert said["text"]

    await_health(desk, name)
    assert desk.running.services.pid(name) != pid
    await_answers(desk)


def test_a_knowledge_service_that_hangs_puts_the_shopper_in_front_of_a_person(desk, shopper):
    pid = desk.running.services.pid("knowledge")
    os.kill(pid, signal.SIGSTOP)
    try:
        shopper.say("how long do I have to send it back?")
        waiting = shopper.wait_for(lambda event: event["type"] == "state" and event["state"] != "bot")
        said = shopper.wait_for(lambda event: event["type"] == "message" and event["from"] in ("bot", "system"))
    finally:
        os.kill(pid, signal.SIGCONT)
    assert waiting["reason"] == "engine_failure"
    assert "not working" in said["text"]
    await_answers(desk)


def test_a_killed_bridge_loses_nothing(desk, shopper):
    shopper.ask("do you ship to Switzerland?")
    before = list(shopper.events)
    os.kill(desk.running.services.pid("bridge"), signal.SIGKILL)
    await_health(desk, "bridge")

    shopper.events.clear()
    shopper.read()
    assert shopper.events[: len(before)] == before
    assert shopper.ask("and to Norway?")["text"]
    assert [event["seq"] for event in shopper.events] == list(range(1, len(shopper.events) + 1))
