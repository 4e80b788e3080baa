"""The table: which signals fetch a person, and which only offer one."""

import pytest
from pydantic import ValidationError

from actions.escalation import TABLE, Policy, Row, decide
from handoff.wire import Signal


def signals(**strengths):
    return [Signal(name=name, strength=strength, evidence="…") for name, strength in strengths.items()]


@pytest.mark.parametrize(
    ("strengths", "decision", "reason"),
    [
        ({}, "carry_on", "asked"),
        ({"asked": 1.0}, "hand_off", "asked"),
        ({"people_only": 1.0}, "hand_off", "people_only"),
        ({"not_understood": 1.0}, "hand_off", "engine_failure"),
        ({"frustration": 1.0}, "hand_off", "upset"),
        ({"failures": 1.0}, "hand_off", "failed"),
        ({"order_only": 1.0}, "offer_person", "asked"),
        ({"frustration": 0.3, "not_found": 1.0}, "carry_on", "asked"),
    ],
)
def test_the_table(strengths, decision, reason):
    outcome = decide(signals(**strengths), Policy(), offered_lately=False)
    assert (outcome.decision, outcome.reason) == (decision, reason)


def test_a_people_only_subject_comes_before_a_wish_for_a_person():
    outcome = decide(signals(asked=1.0, people_only=1.0), Policy(), offered_lately=False)
    assert outcome.reason == "people_only"


def test_an_offer_is_not_repeated():
    assert decide(signals(order_only=1.0), Policy(), offered_lately=True).decision == "carry_on"


def test_an_offer_made_lately_does_not_stop_a_hand_off():
    assert decide(signals(asked=1.0), Policy(), offered_lately=True).decision == "hand_off"


def test_the_shop_sets_its_own_thresholds():
    assert decide(signals(asked=0.7), Policy(asked=0.8, maybe_asked=0.75), False).decision == "carry_on"


def test_another_table_decides_otherwise():
    table = (Row("offer_person", None, (("asked", "asked"),)),)
    assert decide(signals(asked=1.0), Policy(), False, table).decision == "offer_person"


def test_every_row_names_a_threshold_that_the_policy_has():
    assert {threshold for row in TABLE for _, threshold in row.needs} <= set(Policy.model_fields)


@pytest.mark.parametrize("value", [0.0, 1.5, "much"])
def test_a_threshold_that_means_nothing_is_refused(value):
    with pytest.raises(ValidationError):
        Policy(asked=value)


def test_an_unknown_threshold_is_refused():
    with pytest.raises(ValidationError):
        Policy(askd=0.5)
