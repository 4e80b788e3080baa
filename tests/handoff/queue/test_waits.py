import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.queue import waits

STAFFED = {"on_duty": 2, "free_places": 0, "places": 8, "handled_s": [300.0] * 10}


def test_with_nobody_on_duty_no_time_is_promised():
    assert waits.estimate_wait(1, **STAFFED | {"on_duty": 0, "places": 0}) is None
    assert "Nobody is at the desk" in waits.in_words(1, None)


def test_a_free_hand_takes_the_next_at_once():
    assert waits.estimate_wait(2, **STAFFED | {"free_places": 2}) == waits.NOTICE_S


@given(st.integers(1, 200), st.integers(1, 40), st.lists(st.floats(1, 7200), max_size=60))
def test_the_range_is_a_range_and_grows_with_the_place(position, places, handled_s):
    staff = {"on_duty": 1, "free_places": 0, "places": places, "handled_s": handled_s}
    low, high = waits.estimate_wait(position, **staff)
    later_low, later_high = waits.estimate_wait(position + 1, **staff)
    assert 0 <= low < high
    assert later_low >= low
    assert later_high >= high


def test_more_hands_make_shorter_waits():
    few, many = (waits.estimate_wait(5, **STAFFED | {"places": n}) for n in (2, 20))
    assert many < few


def test_a_few_handlings_are_no_experience():
    usual = waits.estimate_wait(3, **STAFFED | {"handled_s": []})
    assert waits.estimate_wait(3, **STAFFED | {"handled_s": [1.0, 2.0]}) == usual


# The same ranges as the widget shows beside the sentence (handoff/widget/words.js).
WAITS_IN_WORDS = [
    ((5, 60), "about 1 minute "),
    ((5, 89), "about 1 minute "),
    ((5, 90), "about 1–2 minutes "),
    ((200, 400), "about 3–7 minutes "),
    ((300, 310), "about 5 minutes "),
]


@pytest.mark.parametrize(("wait_s", "said"), WAITS_IN_WORDS)
def test_the_place_and_the_wait_in_words(wait_s, said):
    assert said in waits.in_words(1, wait_s)
    assert "number 1" in waits.in_words(1, wait_s)


def test_whoever_may_be_in_danger_is_never_told_alone_that_nobody_is_there():
    said = waits.in_words(1, None, emergency="911")
    assert said.startswith("If anybody is hurt or in danger, call 911")
    assert "Nobody is at the desk" in said
    assert "911" not in waits.in_words(1, (5, 60), emergency="911")
