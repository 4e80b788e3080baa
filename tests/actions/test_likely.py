"""A passage that is only likely: what is said with it, and what follows a yes, a no, or a heading taken."""

import pytest

from actions.assistant import Assistant
from actions.choices import hint_of
from actions.escalation import Policy
from actions.replay import Episode
from tests.actions.turns import found, likely, pressed, typed

ASSISTANT = Assistant(shop="Fell & Ford", policy=Policy())
NOTHING = {"verdict": "unknown", "probability": 0.0, "passages": [], "direction": 5}
NO = pressed("feedback_negative", "returns.md#label")


@pytest.fixture
def talk():
    return Episode(ASSISTANT)


def shown(messages):
    return [message.answer.passage_id for message in messages if message.answer]


def choices(messages):
    return [choice.payload for message in messages for choice in message.choices]


def report(messages):
    (found,) = [message.report for message in messages if message.report]
    return found


def test_it_is_shown_all_the_same_with_what_else_may_be_meant(talk):
    (message,) = talk.take(likely())
    assert (message.answer.passage_id, message.answer.likely) == ("returns.md#label", True)
    assert message.text == "This looks like it, from “How long you have”:"
    assert [(choice.label, choice.hint) for choice in message.choices] == [
        ("Who pays · How long you have", "We pay for it, from 80 EUR on."),
        ("The money back · How long you have", "You have 60 days to send it back."),
    ]
    assert (message.report.verdict, message.report.decision) == ("likely", "carry_on")


def test_what_is_sure_is_not_called_likely_and_names_what_else_its_page_says(talk):
    also = [{"passage_id": "a#two", "heading": "Who pays", "url": "/help/a#two"}]
    (message,) = talk.take(typed("how long", also=also))
    assert not message.answer.likely and not message.choices
    assert [(other.heading, other.url) for other in message.answer.also] == [("Who pays", "/help/a#two")]


def test_a_no_moves_on_to_each_that_was_offered_and_then_offers_a_person(talk):
    talk.take(likely())
    (second,) = talk.take(NO)
    assert (shown([second]), second.answer.likely) == (["returns.md#paid"], True)
    assert choices([second]) == ['/choose{"passage": "refunds.md#refund"}']
    assert second.answer.index_version == "v1"
    (third,) = talk.take(pressed("feedback_negative", "returns.md#paid"))
    assert (shown([third]), choices([third])) == (["refunds.md#refund"], [])
    nothing, person = talk.take(pressed("feedback_negative", "refunds.md#refund"))
    assert nothing.text.startswith(("That is all", "Nothing else"))
    assert choices([person]) == ["/request_human", "/withdraw_human"]
    assert report([nothing, person]).decision == "offer_person"


@pytest.mark.parametrize(("text", "act"), [("no", "deny"), ("not that", "feedback_negative"), ("nope", "deny")])
def test_a_no_in_words_does_the_same(talk, text, act):
    talk.take(likely())
    (second,) = talk.take(typed(text, act, detections={"unmet": 0.9}, **NOTHING))
    assert shown([second]) == ["returns.md#paid"]
    assert second.report.decision == "carry_on"


def test_a_no_that_says_what_is_meant_is_searched(talk):
    talk.take(likely())
    meant = typed("no, how do i pay for the label?", "deny", passages=[found("payment.md#ways")], direction=1)
    assert shown(talk.take(meant)) == ["payment.md#ways"]


def test_a_thumbs_down_on_an_earlier_one_moves_on_from_that(talk):
    talk.take(likely())
    talk.take(typed("and in norway?", passages=[found("norway.md#a")], direction=1))
    assert shown(talk.take(NO)) == ["returns.md#paid"]


def test_a_thumbs_down_on_what_was_sure_shows_nothing_else(talk):
    talk.take(typed("how long"))
    first, *_ = talk.take(pressed("feedback_negative", found()["passage_id"]))
    assert first.answer is None
    assert first.text in ("That missed it. Which part is still open?",)


def test_a_yes_is_taken_as_one(talk):
    talk.take(likely("how do i get a label"))
    (message,) = talk.take(typed("yes", "affirm", **NOTHING))
    assert message.answer is None and message.text.startswith("Good.")
    confirmed = message.report.confirmed
    assert (confirmed.kind, confirmed.question, confirmed.passage_id, confirmed.index_version) == (
        "yes",
        "how do i get a label",
        "returns.md#label",
        "v1",
    )


def test_yes_after_a_person_was_offered_beside_it_is_for_the_person(talk):
    messages = talk.take(likely("where is it, my order", act="ask_order"))
    assert choices(messages)[-2:] == ["/request_human", "/withdraw_human"]
    taken = talk.take(typed("yes", "affirm", **NOTHING))
    assert taken[-1].handoff.reason == "asked"
    assert taken[-1].report.confirmed is None


def test_a_heading_taken_is_kept_with_the_words_that_led_to_it(talk):
    talk.take(likely("how do i get a label"))
    (message,) = talk.take(pressed("choose", "returns.md#paid"))
    assert not message.answer.likely
    assert (message.report.confirmed.kind, message.report.confirmed.question) == ("choice", "how do i get a label")
    assert message.report.question == "how do i get a label"
    assert message.report.confirmed.index_version == "v1"


def test_a_heading_taken_by_its_place_counts_as_taken(talk):
    talk.take(likely("how do i get a label"))
    (message,) = talk.take(typed("the second one", "choose", **NOTHING))
    assert message.report.confirmed.passage_id == "refunds.md#refund"


@pytest.mark.parametrize(
    "refusal",
    [
        pressed("feedback_negative", "returns.md#paid"),
        typed("no", "deny", **NOTHING),
        typed("that is not what i asked", "feedback_negative", **NOTHING),
        typed("but how do i get it printed", detections={"unmet": 0.8}, verdict="clarify", probability=0.3),
    ],
)
def test_a_heading_that_was_the_wrong_one_is_taken_back(talk, refusal):
    talk.take(likely())
    talk.take(pressed("choose", "returns.md#paid"))
    assert report(talk.take(refusal)).refused == "returns.md#paid"


def test_going_on_to_something_else_takes_nothing_back(talk):
    talk.take(likely())
    talk.take(pressed("choose", "returns.md#paid"))
    assert report(talk.take(typed("do you ship to norway", direction=5))).refused is None


@pytest.mark.parametrize("act", ["thanks", "feedback_positive"])
def test_thanks_right_after_an_answer_are_kept(talk, act):
    talk.take(typed("how long"))
    confirmed = report(talk.take(typed("ok thanks", act, 0.97, **NOTHING))).confirmed
    assert (confirmed.kind, confirmed.question) == ("thanks", "how long")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (typed("hi", "greet"), typed("thanks", "thanks", 0.97, **NOTHING)),
        (typed("how long"), typed("thanks for nothing", "thanks", 0.5, detections={"unmet": 0.9}, **NOTHING)),
        (typed("how long"), typed("thanks, but where is my refund?", "thanks", direction=4)),
        (typed("how long"), typed("no", "deny", 0.9, **NOTHING)),
        (typed("which", verdict="clarify", probability=0.3), typed("yes", "affirm", **NOTHING)),
    ],
)
def test_what_confirms_nothing(talk, before, after):
    talk.take(before)
    assert report(talk.take(after)).confirmed is None


def test_manners_that_resemble_a_page_a_little_stay_manners(talk):
    (message,) = talk.take(likely("ok thanks a lot", act="thanks", confidence=0.97))
    assert message.answer is None
    (message,) = talk.take(likely("thanks, but who pays for that?", act="thanks", confidence=0.97))
    assert message.answer.likely


def test_the_first_greeting_says_who_is_speaking_whenever_it_comes(talk):
    talk.take(typed("how long"))
    assert "a program" in talk.take(typed("hi", "greet", **NOTHING))[0].text
    assert talk.take(typed("hi", "greet", **NOTHING))[0].text.startswith("Hello")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("You have **60 days**. See [how](/help/how).", "You have 60 days. See how."),
        ("- one\n- `two`\n\n> three", "one two three"),
        ("| Size | Weight |\n|---|---|\n| S | 1 kg |\n| M | **2 kg** |", "S, 1 kg; M, 2 kg"),
        ("Two sizes:\n\n| Size | Weight |\n|:--|--:|\n| S | 1 kg |", "Two sizes: S, 1 kg"),
        ("1. Print it.\n2. Put it *on the box*.", "Print it. Put it on the box."),
        ("snake_case_name stays, 2 * 3 too", "snake_case_name stays, 2 * 3 too"),
        ("   ", None),
    ],
)
def test_a_hint_is_how_the_passage_begins_in_plain_words(text, hint):
    assert hint_of(text) == hint


def test_a_long_hint_is_cut_between_two_words():
    hint = hint_of("word " * 40)
    assert len(hint) <= 90 and hint.endswith("word…")
    assert len(hint_of("x" * 500)) <= 90
