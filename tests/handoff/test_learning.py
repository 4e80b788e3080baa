"""From what was confirmed to what is suggested."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.learning import FEWEST_CONVERSATIONS, candidates, words_of
from handoff.store import Confirmation

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
HALF_LIFE = 90.0


def said(conversation, question="do you ship to Norway?", passage="ship.md#norway", kind="choice", days=0.0):
    return Confirmation(NOW - timedelta(days=days), conversation, question, passage, kind)


def suggested(*confirmations, half_life=HALF_LIFE):
    return candidates(confirmations, NOW, half_life)


def test_two_shoppers_who_say_the_same_make_a_suggestion():
    [found] = suggested(said("c1"), said("c2", "Ship to NORWAY please", "ship.md#norway~2", days=3))
    assert (found.question, found.passage_id) == ("do you ship to Norway?", "ship.md#norway")
    assert (found.conversations, found.last_at) == (2, NOW)
    assert found.reason == "2 shoppers took this heading; last on 2 March 2026."


def test_one_shopper_alone_teaches_nothing():
    assert (
        suggested(*(said("c1", kind=kind, days=day) for day in range(9) for kind in ("choice", "yes", "thanks"))) == []
    )
    assert suggested(said("c1", kind="agent_link")) == []


def test_each_conversation_counts_once_by_its_weightiest_word():
    [one] = suggested(said("c1"), said("c1", kind="yes"), said("c1", kind="thanks"), said("c2", kind="agent_link"))
    [other] = suggested(said("c1", kind="yes"), said("c2", kind="agent_link"))
    assert (one.weight, one.reason) == (other.weight, other.reason)
    assert one.reason == "1 agent gave this section in reply, 1 shopper said that this was it; last on 2 March 2026."


def test_weight_halves_with_every_half_life_until_it_is_too_little():
    [fresh] = suggested(said("c1"), said("c2"))
    [old] = suggested(said("c1", days=HALF_LIFE), said("c2", days=HALF_LIFE))
    assert old.weight == pytest.approx(fresh.weight / 2)
    assert old.key == fresh.key
    assert suggested(said("c1", days=3 * HALF_LIFE), said("c2", days=3 * HALF_LIFE)) == []
    assert suggested(said("c1", days=3 * HALF_LIFE), said("c2", days=3 * HALF_LIFE), half_life=1_000) != []


def test_of_two_sections_the_weightier_is_suggested():
    both = [said("c1"), said("c2"), *(said(c, passage="ship.md#eu", kind="yes") for c in ("c3", "c4"))]
    assert [one.passage_id for one in suggested(*both)] == ["ship.md#eu"]
    # One conversation for each is none for either.
    assert suggested(said("c1"), said("c2", passage="ship.md#eu", kind="agent_link")) == []


def test_the_wording_is_the_one_most_said_and_the_newest_of_equals():
    words = [said("c1", "ship to norway", days=1), said("c2", "Norway ship?"), said("c3", "ship to norway", days=2)]
    assert suggested(*words)[0].question == "ship to norway"
    assert suggested(*words[:2])[0].question == "Norway ship?"


def test_a_story_is_no_question():
    story = " ".join(f"word{n}" for n in range(61))
    assert suggested(said("c1", story), said("c2", story)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Do you ship to Norway?", "ship to norway pls", True),
        ("l'été à Paris", "a paris, l’ete", True),
        ("did it arrive", "it did NOT arrive", False),
        ("can I?", "can you", False),
        ("heron 2", "heron 4", False),
    ],
)
def test_which_words_are_the_same_question(one, other, same):
    assert (words_of(one) == words_of(other)) is same


@given(
    st.lists(
        st.builds(
            said,
            st.sampled_from(["c1", "c2", "c3"]),
            st.sampled_from(["a b", "B a!", "norway", "to", "…", ""]),
            st.sampled_from(["p.md", "p.md~2", "p.md#x", "p.md#x~3"]),
            st.sampled_from(["choice", "yes", "thanks", "agent_link"]),
            st.floats(-1, 400),
        ),
        max_size=12,
    )
)
def test_nothing_comes_of_fewer_than_two_conversations_and_no_words_lead_to_two_sections(confirmations):
    found = suggested(*confirmations)
    assert all(one.conversations >= FEWEST_CONVERSATIONS for one in found)
    assert len({words_of(one.question) for one in found}) == len(found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
