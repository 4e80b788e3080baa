from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.conversation import Conversation
from handoff.queue.promises import Promise, standing, warnings

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
PROMISE = Promise(first_reply_s=100, resolution_s=10_000)
WAITING = Conversation("c", "h", NOW, NOW, state="waiting", waiting_since=NOW)


def later(s):
    return NOW + timedelta(seconds=s)


@pytest.mark.parametrize(("after_s", "level"), [(0, "ok"), (74, "ok"), (75, "soon"), (99, "soon"), (100, "late")])
def test_the_warning_comes_before_the_promise_breaks(after_s, level):
    assert standing(WAITING, PROMISE, later(after_s)).level == level


def test_an_agent_owes_a_reply_from_the_shoppers_message_on():
    held = replace(WAITING, state="assigned", unanswered_since=later(500))
    assert standing(held, PROMISE, later(510)).reply_due_at == later(600)
    assert standing(replace(held, unanswered_since=None), PROMISE, later(510)).reply_due_at is None


def test_the_resolution_is_due_whoever_has_it():
    held = replace(WAITING, state="assigned")
    assert standing(held, PROMISE, later(9_000)).level == "soon"
    assert standing(held, PROMISE, later(10_001)).level == "late"


def test_a_message_left_overnight_is_due_after_the_opening():
    left = replace(WAITING, state="message_left")
    assert standing(left, PROMISE, later(3_600), opens_at=later(7_200)).level == "ok"


def test_no_promise_is_never_late():
    assert standing(WAITING, Promise(0, 0), later(10**6)).level == "ok"


def test_each_due_time_is_warned_of_once():
    (first,) = warnings(WAITING, PROMISE, later(80))
    assert (first.promise, first.due_at, first.level) == ("first_reply", later(100), "soon")
    assert warnings(WAITING, PROMISE, later(74)) == []
    warned = replace(WAITING, reply_warned=first.due_at)
    assert warnings(warned, PROMISE, later(99)) == []
    # A new message to an agent is a new promise.
    owed = replace(warned, state="assigned", unanswered_since=later(500))
    assert [w.due_at for w in warnings(owed, PROMISE, later(590))] == [later(600)]
    assert [w.promise for w in warnings(warned, PROMISE, later(9_000))] == ["resolution"]


@pytest.mark.parametrize(("promise", "first_s"), [((100, 10_000), 75), ((0, 100), 75), ((200, 100), 75), ((0, 0), 0)])
def test_when_to_look_for_the_first_time(promise, first_s):
    assert Promise(*promise).first_warning_s == first_s
