"""What a turn and its episode show, signal by signal."""

from actions.signals import read_signals
from actions.turn import read_turn
from handoff.wire import Answer, Choice, EngineMessage, TurnReport
from tests.actions.turns import found, likely, pressed, typed

SUBJECTS = ("fraud", "injury")
REPORT = TurnReport(intent="ask", intent_confidence=1.0, verdict="likely")
UNMET = {"detections": {"unmet": 0.9}, "verdict": "unknown", "probability": 0.0}
ANSWER = Answer(
    passage_id="returns.md#label",
    passage="Print the label that came by mail.",
    page_title="Returns",
    heading="Getting a label",
    url="/help/returns",
    updated="2026-03-01",
    index_version="v1",
    probability=0.4,
)


def past(text="how long do I have", intent="ask", choices=(), **facts):
    report = TurnReport(intent=intent, intent_confidence=1.0, verdict="answer")
    parsed = typed(text, intent, **facts)
    bot = EngineMessage(text="hm", report=report, choices=[Choice(label="x", payload=p) for p in choices])
    return parsed, bot


def strengths(latest, *turns):
    events = []
    for parsed, bot in turns:
        events.append({"event": "user", "text": parsed["text"], "parse_data": parsed})
        events.append({"event": "bot", "data": {"custom": bot.model_dump(mode="json", exclude_none=True)}})
    events.append({"event": "user", "text": latest["text"], "parse_data": latest})
    return {s.name: s.strength for s in read_signals(read_turn(latest, events), SUBJECTS)}


def test_no_understanding_is_a_signal_but_for_a_button():
    assert strengths({**typed("hm"), "understanding": None}) == {"not_understood": 1.0}
    assert "not_understood" not in strengths(pressed("withdraw_human"))


def test_two_views_make_a_wish():
    assert strengths(typed("x", "request_human", detections={"asked": 1.0}))["asked"] > 0.9
    assert strengths(typed("x", detections={"asked": 1.0}))["asked"] == 0.7


def test_only_the_shops_own_subjects_are_for_people_only():
    assert strengths(typed("x", detections={"people_only.fraud": 0.8}))["people_only"] == 0.8
    assert "people_only" not in strengths(typed("x", detections={"people_only.legal": 0.8}))


def test_shouting_makes_an_annoyed_message_angrier_and_a_calm_one_not():
    assert strengths(typed("WHERE IS IT NOW", detections={"frustration": 0.5}))["frustration"] == 0.65
    assert "frustration" not in strengths(typed("WHERE IS IT NOW", detections={"frustration": 0.0}))


def test_finding_nothing_and_hardly_reading_the_question_are_two_signals():
    nothing = {"verdict": "unknown", "probability": 0.05}
    assert "nothing_near" in strengths(typed("who?", **nothing))
    assert "not_found" in strengths(typed("kya yeh tent hai", **nothing))


def test_a_likely_passage_is_no_failure_until_the_shopper_says_so():
    assert strengths(likely()) == {}
    asked = (likely(), EngineMessage(text="hm", answer=ANSWER.model_copy(update={"likely": True}), report=REPORT))
    assert strengths(pressed("feedback_negative", ANSWER.passage_id), asked) == {"not_helped": 1.0, "failures": 0.5}
    assert "unmet" in strengths(typed("no, i mean the boots and not the tent", "deny", 0.6, **UNMET), asked)


def test_a_no_costs_nothing_while_there_is_another_to_show():
    asked = (
        likely(),
        EngineMessage(
            text="hm",
            answer=ANSWER.model_copy(update={"likely": True}),
            choices=[Choice(label="Who pays", payload='/choose{"passage": "returns.md#paid"}')],
            report=REPORT,
        ),
    )
    for no in (pressed("feedback_negative", ANSWER.passage_id), typed("no thats not it", "feedback_negative", **UNMET)):
        assert strengths(no, asked) == {"not_it": 1.0}


def test_a_remark_is_no_question_unless_it_keeps_to_the_matter():
    remark = typed("with a hole for the pipe on top", verdict="unknown", probability=0.0, passages=[])
    assert "nothing_near" not in strengths(remark)
    assert "nothing_near" in strengths(remark, past())


def test_unmet_words_weigh_less_about_something_else_and_nothing_from_the_content():
    words = {"detections": {"unmet": 0.9}}
    assert strengths(typed("yes or no", **words), past())["unmet"] == 0.9
    assert strengths(typed("yes or no", direction=3, **words), past())["unmet"] == 0.54
    assert "unmet" not in strengths(typed("yes or no", **words))
    assert "unmet" not in strengths(typed("nice", "feedback_positive", **words), past())


def test_choices_passed_over_and_offered_again():
    asked = past(choices=['/choose{"passage": "a"}'])
    again = typed("pegs for sand", verdict="clarify", passages=[found(probability=0.4)])
    assert strengths(again, asked)["asked_back_again"] == 1.0
    assert "asked_back_again" not in strengths(again, past())


def test_yes_takes_the_question_and_not_the_button():
    yes = typed("ok", "affirm", verdict="unknown", probability=0.0)
    assert strengths(yes, past(choices=["/request_human", "/withdraw_human"]))["asked"] == 1.0
    assert "asked" not in strengths(yes, past(choices=['/choose{"passage": "a"}', "/request_human"]))
