"""What a row of failed turns weighs, from the signals of its turns."""

import pytest

from actions.failures import FADED, FADED_FAR_OFF, failing, signal, trouble
from actions.turn import PastTurn, Turn
from handoff.wire import EngineMessage, TurnReport


def signals(**strengths):
    return [signal(name, value, "hm") for name, value in strengths.items()]


def past(verdict="unknown", **strengths):
    report = TurnReport(intent="ask", intent_confidence=1.0, verdict=verdict, signals=signals(**strengths))
    return PastTurn(text="hm", messages=(EngineMessage(text="hm", report=report),))


def failures(*earlier, **now):
    turn = Turn(text="hm", act="ask", confidence=1.0, understanding=None, past=tuple(earlier))
    found = failing(turn, signals(**now))
    return found[0].strength if found else 0.0


def test_pages_to_pick_from_are_half_a_failure_until_the_shopper_asks_on_past_them():
    assert trouble(signals(not_found=1.0)) == 0.4
    assert trouble(signals(not_found=1.0), insisted=True) == trouble(signals(nothing_near=1.0)) == 0.8


def test_the_worst_sign_of_a_turn_counts_and_not_their_sum():
    assert trouble(signals(nothing_near=1.0, unmet=0.3)) == 0.8


def test_other_signals_are_no_failure():
    assert failures(people_only=1.0, asked=1.0, same_matter=1.0) == 0.0


def test_on_the_same_matter_the_failure_before_counts_in_full():
    assert failures(past(nothing_near=0.9), nothing_near=0.9, same_matter=0.9) == pytest.approx(0.72)


def test_on_another_matter_it_fades():
    assert failures(past(nothing_near=0.85), nothing_near=0.85) == pytest.approx(0.34 * (1 + FADED), abs=0.001)


def test_two_far_off_ones_in_a_row_weigh_more():
    assert failures(past(nothing_near=1.0), nothing_near=1.0) == pytest.approx(0.4 * (1 + FADED_FAR_OFF), abs=0.001)


def test_an_answer_or_a_choice_breaks_the_row_and_a_remark_does_not():
    failed = past(nothing_near=1.0)
    assert failures(failed, past("clarify"), nothing_near=1.0) == 0.4
    assert failures(failed, past("unknown"), nothing_near=1.0) > 0.4


def test_choices_passed_over_do_not_break_it():
    row = past(nothing_near=1.0), past("clarify", asked_back_again=0.9, same_matter=0.9)
    assert failures(*row, nothing_near=1.0, same_matter=0.9) == 1.0


def test_a_turn_that_went_well_has_no_row():
    assert failures(past(nothing_near=1.0)) == 0.0
