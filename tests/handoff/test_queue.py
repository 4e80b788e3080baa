import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff import queue

STAFFED = {"on_duty": 2, "free_places": 0, "places": 8, "handled_s": [300.0] * 10}


def test_people_only_goes_before_upset_before_asked_before_failed():
    ranks = [queue.priority(reason) for reason in ("people_only", "upset", "asked", "failed")]
    assert ranks == sorted(set(ranks))
    assert queue.priority("engine_failure") == queue.priority("failed")


def test_with_nobody_on_duty_no_time_is_promised():
    assert queue.estimate_wait(1, **STAFFED | {"on_duty": 0, "places": 0}) is None
    assert "Nobody is at the desk" in queue.in_words(1, None)


def test_a_free_hand_takes_the_next_at_once():
    assert queue.estimate_wait(2, **STAFFED | {"free_places": 2}) == queue.NOTICE_S


@given(st.integers(1, 200), st.integers(1, 40), st.lists(st.floats(1, 7200), max_size=60))
def test_the_range_is_a_range_and_grows_with_the_place(position, places, handled_s):
    staff = {"on_duty": 1, "free_places": 0, "places": places, "handled_s": handled_s}
    low, high = queue.estimate_wait(position, **staff)
    later_low, later_high = queue.estimate_wait(position + 1, **staff)
    assert 0 <= low < high
    assert later_low >= low
    assert later_high >= high


def test_more_hands_make_shorter_waits():
    few, many = (queue.estimate_wait(5, **STAFFED | {"places": n}) for n in (2, 20))
    assert many < few


def test_a_few_handlings_are_no_experience():
    usual = queue.estimate_wait(3, **STAFFED | {"handled_s": []})
    assert queue.estimate_wait(3, **STAFFED | {"handled_s": [1.0, 2.0]}) == usual


@pytest.mark.parametrize(("wait_s", "said"), [((5, 60), "about 1 minute "), ((200, 400), "about 5 minutes ")])
def test_the_place_and_the_wait_in_words(wait_s, said):
    assert said in queue.in_words(1, wait_s)
    assert "number 1" in queue.in_words(1, wait_s)
