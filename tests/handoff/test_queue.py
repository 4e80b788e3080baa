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
    assert said in queue.in_words(1, wait_s)
    assert "number 1" in queue.in_words(1, wait_s)


def hands(name, chats=0, capacity=2, **more):
    return queue.Hands(name, chats, capacity, **{k: frozenset(v) if k != "team" else v for k, v in more.items()})


def wanted(name, **more):
    return queue.Wanted(name, **{k: frozenset(v) if k == "tags" else v for k, v in more.items()})


@pytest.mark.parametrize(
    ("agent", "chat", "fits"),
    [
        (hands("a"), wanted("c"), True),
        (hands("a"), wanted("c", language="fr"), True),
        (hands("a", languages=["en"]), wanted("c", language="fr"), False),
        (hands("a", languages=["en", "fr"]), wanted("c", language="fr"), True),
        (hands("a", languages=["en"]), wanted("c", language="und"), True),
        (hands("a", team="returns"), wanted("c"), True),
        (hands("a"), wanted("c", team="returns"), False),
        (hands("a", team="returns"), wanted("c", team="returns"), True),
        (hands("a", skills=["tents"]), wanted("c", tags=["tents", "repairs"]), False),
        (hands("a", skills=["tents", "repairs"]), wanted("c", tags=["tents"]), True),
    ],
)
def test_what_is_set_on_both_sides_must_match(agent, chat, fits):
    assert queue.fits(agent, chat) is fits


def test_the_next_for_an_agent_is_the_first_that_fits():
    line = [wanted("french", language="fr"), wanted("english", language="en")]
    assert queue.next_for(hands("a", languages=["en"]), line).conversation_id == "english"
    assert queue.next_for(hands("a", chats=2), line) is None


def test_the_least_loaded_gets_the_oldest():
    people = [hands("busy", chats=3, capacity=4), hands("idle", capacity=4), hands("small", capacity=1)]
    given_out = queue.assign([wanted(str(n)) for n in range(10)], people)
    assert given_out[:3] == [("0", "idle"), ("1", "small"), ("2", "idle")]
    assert [chat for chat, _ in given_out] == [str(n) for n in range(6)]


names = st.sampled_from("abcdef")
people = st.lists(
    st.builds(hands, names, st.integers(0, 3), st.integers(0, 4)), unique_by=lambda h: h.agent_id, max_size=6
)


@given(people, st.integers(0, 20))
def test_nobody_gets_more_than_they_can_have_and_nobody_overtakes(team, waiting):
    line = [wanted(str(n)) for n in range(waiting)]
    given_out = queue.assign(line, team)
    for agent in team:
        assert agent.chats + sum(a == agent.agent_id for _, a in given_out) <= max(agent.capacity, agent.chats)
    assert [chat for chat, _ in given_out] == [w.conversation_id for w in line[: len(given_out)]]
    free = sum(max(0, h.capacity - h.chats) for h in team)
    assert len(given_out) == min(free, waiting)
