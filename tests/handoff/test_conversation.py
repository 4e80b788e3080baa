from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.conversation import START, TABLE, Conversation, Move, Ownership, advance, allowed, diagram, require_owner
from handoff.errors import AlreadyClaimed, NotYours, WrongState
from handoff.wire import State

STATES = get_args(State)
STEPS = [(state, move, step) for state, moves in TABLE.items() for move, step in moves.items()]
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def held(state):
    return Ownership(state, version=4, episode=2, agent_id="robin" if state == "assigned" else None)


def gets(step, agent="kim"):
    return agent if step.target == "assigned" else None


def test_every_state_is_in_the_table_and_can_be_reached():
    reached = {START} | {step.target for _, _, step in STEPS}
    assert set(TABLE) == set(STATES) == reached


@pytest.mark.parametrize(("state", "move", "step"), STEPS)
def test_a_legal_move_goes_where_the_table_says_and_raises_the_version(state, move, step):
    now = advance(held(state), move, by="robin", to=gets(step), overrule=step.mover == "desk")
    assert now.state == step.target
    assert now.version == 5
    assert now.agent_id == gets(step)


@pytest.mark.parametrize(("state", "move"), [(s, m) for s in STATES for m in Move if m not in allowed(s)])
def test_an_illegal_move_raises_and_changes_nothing(state, move):
    before = held(state)
    with pytest.raises((WrongState, AlreadyClaimed)):
        advance(before, move, by="robin", overrule=True)
    assert before == held(state)


@pytest.mark.parametrize(("state", "move", "step"), [s for s in STEPS if s[2].mover == "owner"])
@pytest.mark.parametrize("by", ["kim", None])
def test_only_the_agent_who_has_a_chat_moves_it(state, move, step, by):
    with pytest.raises(NotYours):
        advance(held(state), move, by=by, to=gets(step))
    assert advance(held(state), move, by=by, to=gets(step), overrule=True).version == 5


@pytest.mark.parametrize(("state", "move", "step"), [s for s in STEPS if s[2].mover == "desk"])
def test_what_is_the_desks_alone_is_no_agents(state, move, step):
    with pytest.raises(WrongState, match="only the agent who has one"):
        advance(held(state), move, by="robin")
    assert advance(held(state), move, overrule=True).state == step.target


def test_claiming_a_claimed_chat_says_that_somebody_was_faster():
    with pytest.raises(AlreadyClaimed, match="faster"):
        advance(held("assigned"), Move.CLAIM, by="kim", to="kim")


def test_a_chat_is_never_given_to_nobody_and_nobody_gets_one_by_accident():
    with pytest.raises(ValueError, match="which agent gets it"):
        advance(held("waiting"), Move.CLAIM)
    with pytest.raises(ValueError, match="which agent gets it"):
        advance(held("waiting"), Move.WITHDRAW, to="kim")


def test_the_assistant_starts_afresh_each_time_it_gets_the_chat():
    assert advance(held("resolved"), Move.REOPEN).episode == 3
    assert advance(held("assigned"), Move.RETURN, by="robin").episode == 3
    assert advance(held("waiting"), Move.CLAIM, to="robin").episode == 2


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
        step = TABLE[now.state].get(move)
        try:
            now = advance(now, move, by=agent, to=gets(step, agent) if step else None)
        except (WrongState, NotYours, AlreadyClaimed):
            assert now is before
            continue
        assert now.version == before.version + 1
        assert now.episode >= before.episode
        assert (now.agent_id is None) == (now.state != "assigned")


# --- the verbs of a conversation


def chat(state="bot", **more):
    """A conversation in which everything has happened that can have."""
    opened = Conversation(id="c", token_hash="h", opened_at=NOW, updated_at=NOW, last_seq=9, last_shopper_seq=8)
    begun = opened.with_turn("token", NOW + timedelta(seconds=10), "bridge")
    return replace(begun, state=state, agent_id="robin" if state == "assigned" else None, **more)


VERBS = {
    Move.REQUEST: lambda c: c.request("asked", 2, {"wants": "a tent"}, "de", NOW),
    Move.WITHDRAW: lambda c: c.withdraw(),
    Move.LEAVE_MESSAGE: lambda c: c.leave_message(),
    Move.CLAIM: lambda c: c.claim("kim", NOW),
    Move.TRANSFER: lambda c: c.transfer("kim", NOW, by="robin"),
    Move.RELEASE: lambda c: c.release(by="robin"),
    Move.RETURN: lambda c: c.return_to_bot(by="robin"),
    Move.RESOLVE: lambda c: c.close(NOW),
    Move.REOPEN: lambda c: c.reopen(),
}


@pytest.mark.parametrize(("state", "move", "step"), STEPS)
def test_each_move_has_a_verb_that_ends_the_assistants_turn(state, move, step):
    now = VERBS[move](chat(state))
    assert (now.state, now.version, now.agent_id) == (step.target, 2, gets(step))
    assert (now.turn_token, now.turn_until, now.turn_bridge) == (None, None, None)


@pytest.mark.parametrize(("state", "move"), [(s, m) for s in STATES for m in Move if m not in allowed(s)])
def test_a_verb_out_of_place_raises_and_changes_nothing(state, move):
    before = chat(state)
    with pytest.raises((WrongState, AlreadyClaimed)):
        VERBS[move](before)
    assert before == chat(state)


@pytest.mark.parametrize(
    "verb",
    [
        lambda c: c.transfer("kim", NOW, by="kim"),
        lambda c: c.release(by="kim"),
        lambda c: c.return_to_bot(by="kim"),
        lambda c: c.resolve("solved", [], NOW, by="kim"),
    ],
)
def test_what_the_agent_who_has_it_may_do_nobody_else_may(verb):
    with pytest.raises(NotYours):
        verb(chat("assigned"))


def test_an_agent_cannot_resolve_what_the_assistant_has():
    with pytest.raises(WrongState, match="with the assistant; only the agent who has one resolves it"):
        chat("bot").resolve("solved", [], NOW, by="robin")


def test_a_request_keeps_the_story_and_leaves_the_assistant_nothing_to_answer():
    now = VERBS[Move.REQUEST](chat(choices=[{"label": "Yes"}]))
    assert (now.reason, now.priority, now.waiting_since, now.language) == ("asked", 2, NOW, "de")
    assert (now.brief, now.answered_seq, now.choices) == ({"wants": "a tent"}, 8, None)


def test_an_agent_who_gets_a_chat_owes_a_reply_and_has_read_it():
    for now in (chat("waiting").claim("kim", NOW), chat("assigned").transfer("kim", NOW, by="robin")):
        assert (now.assigned_at, now.unanswered_since, now.agent_read_seq) == (NOW, NOW, 9)


def test_a_released_chat_keeps_its_place():
    now = chat("assigned", waiting_since=NOW, priority=2, assigned_at=NOW, unanswered_since=NOW).release(overrule=True)
    assert (now.waiting_since, now.priority, now.assigned_at, now.unanswered_since) == (NOW, 2, None, None)


@pytest.mark.parametrize(("state", "move"), [("waiting", Move.WITHDRAW), ("assigned", Move.RETURN)])
def test_the_assistant_does_not_answer_what_was_asked_of_a_person(state, move):
    before = chat(state, reason="asked", priority=2, waiting_since=NOW, assigned_at=NOW, unanswered_since=NOW)
    now = VERBS[move](before)
    assert now.answered_seq == now.last_shopper_seq == 8
    assert (now.reason, now.priority, now.waiting_since, now.assigned_at, now.unanswered_since) == (
        None,
        0,
        *[None] * 3,
    )


def test_what_is_over_owes_nothing_and_is_out_of_the_queue():
    before = chat("assigned", waiting_since=NOW, assigned_at=NOW, unanswered_since=NOW, priority=2, tags=["tent"])
    solved = before.resolve("solved", ["tent", "warranty"], NOW, by="robin")
    assert (solved.disposition, solved.tags) == ("solved", ["tent", "warranty"])
    assert before.close(NOW).disposition == "abandoned"
    for now in (solved, before.close(NOW)):
        assert (now.resolved_at, now.priority) == (NOW, 0)
        assert (now.waiting_since, now.assigned_at, now.unanswered_since) == (None, None, None)


def test_a_new_episode_has_nothing_of_the_last_one_but_the_numbers():
    before = chat("resolved", reason="asked", brief={"wants": "x"}, previous={"question": "x"}, disposition="solved")
    now = before.reopen()
    assert (now.reason, now.brief, now.previous, now.disposition, now.resolved_at) == (None,) * 5
    assert (now.answered_seq, now.last_seq, now.episode) == (8, 9, before.episode + 1)


def test_an_agent_owes_a_reply_since_the_first_message_that_has_none():
    first = chat("assigned").heard(10, NOW)
    second = first.heard(11, NOW + timedelta(minutes=1))
    assert (second.last_shopper_seq, second.unanswered_since) == (11, NOW)
    assert second.replied(12).unanswered_since is None
    assert chat("waiting").heard(10, NOW).unanswered_since is None


def test_what_is_not_said_of_the_next_turn_stays_as_it_was():
    before = chat(language="de", previous={"question": "x"}, page={"url": "/x"})
    now = before.remembering(choices=[]).heard(10, NOW)
    assert (now.language, now.previous, now.page, now.choices) == ("de", {"question": "x"}, {"url": "/x"}, [])


def test_a_warning_is_remembered_for_its_promise_alone():
    assert chat().warned("first_reply", NOW).reply_warned == NOW
    assert chat().warned("resolution", NOW).resolve_warned == NOW
    assert chat().warned("first_reply", NOW).resolve_warned is None


def test_the_diagram_in_the_docs_is_the_table():
    page = Path(__file__).parents[2] / "docs" / "protocol.md"
    assert f"```mermaid\n{diagram()}\n```" in page.read_text()
