from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.conversation import OWNERS_MOVES, START, TABLE, Move, Ownership, advance, allowed, diagram, require_owner
from handoff.errors import AlreadyClaimed, NotYours, WrongState
from handoff.wire import State

STATES = get_args(State)
GETS_AN_AGENT = {Move.CLAIM, Move.TRANSFER}


def held(state):
    return Ownership(state, version=4, episode=2, agent_id="robin" if state == "assigned" else None)


def test_every_state_is_in_the_table_and_can_be_reached():
    reached = {START} | {target for moves in TABLE.values() for target in moves.values()}
    assert set(TABLE) == set(STATES) == reached


@pytest.mark.parametrize(("state", "move"), [(s, m) for s in STATES for m in allowed(s)])
def test_a_legal_move_goes_where_the_table_says_and_raises_the_version(state, move):
    now = advance(held(state), move, agent_id="robin")
    assert now.state == TABLE[state][move]
    assert now.version == 5
    assert (now.agent_id is not None) == (now.state == "assigned")


@pytest.mark.parametrize(("state", "move"), [(s, m) for s in STATES for m in Move if m not in allowed(s)])
def test_an_illegal_move_raises_and_changes_nothing(state, move):
    before = held(state)
    with pytest.raises((WrongState, AlreadyClaimed)):
        advance(before, move, agent_id="robin")
    assert before == held(state)


@pytest.mark.parametrize("move", sorted(OWNERS_MOVES - {Move.TRANSFER}))
def test_only_the_agent_who_has_a_chat_moves_it(move):
    with pytest.raises(NotYours):
        advance(held("assigned"), move, agent_id="kim")
    assert advance(held("assigned"), move, agent_id="kim", overrule=True).version == 5


def test_claiming_a_claimed_chat_says_that_somebody_was_faster():
    with pytest.raises(AlreadyClaimed, match="faster"):
        advance(held("assigned"), Move.CLAIM, agent_id="kim")


def test_a_chat_is_never_given_to_nobody():
    with pytest.raises(ValueError, match="who gets"):
        advance(held("waiting"), Move.CLAIM)


def test_the_assistant_starts_afresh_each_time_it_gets_the_chat():
    assert advance(held("resolved"), Move.REOPEN).episode == 3
    assert advance(held("assigned"), Move.RETURN, agent_id="robin").episode == 3
    assert advance(held("waiting"), Move.CLAIM, agent_id="robin").episode == 2


def test_only_the_owner_may_speak():
    require_owner(held("assigned"), "robin")
    with pytest.raises(NotYours):
        require_owner(held("assigned"), "kim")
    with pytest.raises(WrongState, match="claim it first"):
        require_owner(held("waiting"), "robin")


@given(st.lists(st.tuples(st.sampled_from(list(Move)), st.sampled_from(["robin", "kim"]))))
def test_whatever_is_tried_there_is_one_owner_and_versions_only_grow(moves):
    now = Ownership()
    for move, agent in moves:
        before = now
        try:
            now = advance(now, move, agent_id=agent)
        except (WrongState, NotYours, AlreadyClaimed):
            assert now is before
            continue
        assert now.version == before.version + 1
        assert now.episode >= before.episode
        assert (now.agent_id is None) == (now.state != "assigned")


def test_the_diagram_in_the_docs_is_the_table():
    page = Path(__file__).parents[2] / "docs" / "protocol.md"
    assert f"```mermaid\n{diagram()}\n```" in page.read_text()
