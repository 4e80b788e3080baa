from datetime import timedelta

import pytest

from handoff.open_questions import per_week, why


async def test_thumbs_down_makes_an_open_question(either_bridge):
    shopper = await either_bridge.shopper()
    await shopper.say("how long do I have?")
    await either_bridge.settled()
    answer = next(e for e in await shopper.events() if e.get("answer"))
    since = either_bridge.clock() - timedelta(days=1)
    assert await either_bridge.context.store.open_questions.since(since) == []
    await shopper.post("feedback", {"seq": answer["seq"], "helpful": False})
    await either_bridge.settled()
    [question] = await either_bridge.context.store.open_questions.since(since)
    assert (question.text, question.reason) == ("how long do I have?", "unhelpful")
    [(address, count)] = (await either_bridge.context.store.open_questions.by_page(since)).items()
    assert "#" not in address
    assert (count.helpful, count.unhelpful) == (0, 1)
    assert count.answered >= 1


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (("unknown", "carry_on"), "unknown"),
        (("clarify", "carry_on"), "clarify"),
        (("likely", "carry_on"), "low"),
        (("likely", "hand_off"), "handed_off"),
        (("answer", "hand_off"), "handed_off"),
        (("answer", "carry_on"), None),
        ((None, "hand_off"), None),
    ],
)
def test_why_a_question_stays_open(report, reason):
    assert why(*report) == reason


async def test_weeks_are_counted_back_from_now(bridge):
    now = bridge.clock()
    days = [now, now - timedelta(days=6), now - timedelta(days=8), now - timedelta(days=40)]
    assert per_week(days, now, 4) == [0, 0, 1, 2]
