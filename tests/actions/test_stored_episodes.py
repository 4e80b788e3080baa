"""Stored turns decided again: what fired then, under another table."""

from dataclasses import replace

import pytest

from actions.escalation import Policy
from actions.replay import SHIPPED
from actions.scripts import ScriptError
from actions.stored_episodes import handed_off_at, handed_off_then, read_stored
from handoff.wire import Signal, TurnReport


def report(decision="carry_on", **strengths):
    found = [Signal(name=name, strength=value, evidence="hm") for name, value in strengths.items()]
    return TurnReport(intent="ask", intent_confidence=1.0, signals=found, decision=decision)


EAGER = replace(SHIPPED, policy=Policy(upset=0.5))


def test_the_first_turn_that_reaches_a_threshold_hands_off():
    reports = [report(), report(frustration=0.6), report(asked=1.0)]
    assert handed_off_at(reports, SHIPPED) == 3
    assert handed_off_at(reports, EAGER) == 2
    assert handed_off_at(reports[:1], EAGER) is None


def test_what_happened_is_what_was_decided_then():
    assert handed_off_then([report(), report("offer_person"), report("hand_off")]) == 3
    assert handed_off_then([report("offer_person")]) is None


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ScriptError, match="nowhere"):
        read_stored(tmp_path / "nowhere.jsonl")
