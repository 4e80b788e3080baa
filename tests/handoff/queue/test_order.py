import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.queue import order


def test_people_only_goes_before_upset_before_asked_before_failed():
    ranks = [order.priority(reason) for reason in ("people_only", "upset", "asked", "failed")]
    assert ranks == sorted(set(ranks))
    assert order.priority("engine_failure") == order.priority("failed")


def load(name, chats=0, capacity=2, **more):
    return order.AgentLoad(name, chats, capacity, **{k: frozenset(v) if k != "team" else v for k, v in more.items()})


def chat(name, **more):
    return order.WaitingChat(name, **{k: frozenset(v) if k == "tags" else v for k, v in more.items()})


@pytest.mark.parametrize(
    ("agent", "chat", "fits"),
    [
        (load("a"), chat("c"), True),
        (load("a"), chat("c", language="fr"), True),
        (load("a", languages=["en"]), chat("c", language="fr"), False),
        (load("a", languages=["en", "fr"]), chat("c", language="fr"), True),
        (load("a", languages=["en"]), chat("c", language="und"), True),
        (load("a", team="returns"), chat("c"), True),
        (load("a"), chat("c", team="returns"), False),
        (load("a", team="returns"), chat("c", team="returns"), True),
        (load("a", skills=["tents"]), chat("c", tags=["tents", "repairs"]), False),
        (load("a", skills=["tents", "repairs"]), chat("c", tags=["tents"]), True),
    ],
)
def test_what_is_set_on_both_sides_must_match(agent, chat, fits):
    assert order.fits(agent, chat) is fits


def test_the_next_for_an_agent_is_the_first_that_fits():
    line = [chat("french", language="fr"), chat("english", language="en")]
    assert order.next_for(load("a", languages=["en"]), line).conversation_id == "english"
    assert order.next_for(load("a", chats=2), line) is None


def test_the_least_loaded_gets_the_oldest():
    people = [load("busy", chats=3, capacity=4), load("idle", capacity=4), load("small", capacity=1)]
    given_out = order.assign([chat(str(n)) for n in range(10)], people)
    assert given_out[:3] == [("0", "idle"), ("1", "small"), ("2", "idle")]
    assert [chat for chat, _ in given_out] == [str(n) for n in range(6)]


names = st.sampled_from("abcdef")
people = st.lists(
    st.builds(load, names, st.integers(0, 3), st.integers(0, 4)), unique_by=lambda h: h.agent_id, max_size=6
)


@given(people, st.integers(0, 20))
def test_nobody_gets_more_than_they_can_have_and_nobody_overtakes(team, waiting):
    line = [chat(str(n)) for n in range(waiting)]
    given_out = order.assign(line, team)
    for agent in team:
        assert agent.chats + sum(a == agent.agent_id for _, a in given_out) <= max(agent.capacity, agent.chats)
    assert [chat for chat, _ in given_out] == [w.conversation_id for w in line[: len(given_out)]]
    free = sum(max(0, h.capacity - h.chats) for h in team)
    assert len(given_out) == min(free, waiting)
