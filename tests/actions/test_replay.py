"""Whole episodes through the pure core: what the shopper is told, and when a person comes."""

import itertools

from actions.assistant import Assistant
from actions.escalation import Policy
from actions.replay import Episode, first_handoff, replay
from tests.actions.turns import found, pressed, typed

ASSISTANT = Assistant(shop="Fell & Ford", policy=Policy())


def episode():
    return Episode(ASSISTANT)


def order(messages):
    return next((message.handoff for message in messages if message.handoff), None)


def choices(messages):
    return [choice.payload for message in messages for choice in message.choices]


def test_every_turn_has_exactly_one_report():
    talk = episode()
    for latest in (
        typed("hi", "greet"),
        typed("how long do I have", verdict="answer"),
        typed("where is it", "ask_order"),
    ):
        assert sum(message.report is not None for message in talk.take(latest)) == 1


def test_an_answer_is_the_passage_word_for_word_with_its_source():
    (message,) = episode().take(typed("how long do I have to send it back?"))
    assert message.answer.passage == "You have 60 days to send it back."
    assert (message.answer.url, message.answer.updated) == ("/help/refunds/how-long#sixty-days", "2026-03-01")
    assert message.answer.index_version == "v1"


def test_several_headings_are_asked_back_and_a_choice_shows_its_passage():
    passages = [found("a#one", 0.4), found("b#two", 0.3, heading="Other"), found("c#three", 0.2, heading="Third")]
    talk = episode()
    asked = talk.take(typed("returns", verdict="clarify", probability=0.4, passages=passages))
    assert len(choices(asked)) == 4
    (shown,) = talk.take(pressed("choose", "b#two"))
    assert shown.answer.passage_id == "b#two"


def test_a_choice_can_be_named_by_its_place():
    passages = [found("a#one", 0.4), found("b#two", 0.3, heading="Other")]
    talk = episode()
    talk.take(typed("returns", verdict="clarify", probability=0.4, passages=passages))
    (shown,) = talk.take(typed("the second one", "choose", verdict="unknown", probability=0.0, direction=3))
    assert shown.answer.passage_id == "b#two"


def test_a_passage_that_was_never_found_is_not_made_up():
    (message,) = episode().take(pressed("choose", "never#seen"))
    assert message.answer is None


def test_a_wish_for_a_person_is_met_at_once_with_a_brief():
    talk = episode()
    talk.take(typed("how long do I have to send it back?"))
    handoff = order(
        talk.take(typed("let me talk to someone", "request_human", detections={"asked": 0.95}, direction=5))
    )
    assert handoff.reason == "asked"
    assert handoff.brief.wants == "how long do I have to send it back?"
    assert [(t.question, t.heading) for t in handoff.brief.tried] == [
        ("how long do I have to send it back?", "Sixty days")
    ]


def test_the_button_for_a_person_needs_no_understanding():
    assert order(episode().take(pressed("request_human"))).reason == "asked"


def test_yes_to_an_offer_is_a_wish_for_a_person():
    talk = episode()
    assert "/request_human" in choices(talk.take(typed("where is my order", "ask_order")))
    assert order(talk.take(typed("yes please", "affirm", verdict="unknown", direction=4))).reason == "asked"


def test_no_to_an_offer_stays_and_is_not_offered_again_at_once():
    talk = episode()
    talk.take(typed("where is my order", "ask_order"))
    stayed = talk.take(typed("no", "deny", verdict="unknown", direction=4))
    assert order(stayed) is None
    assert "/request_human" not in choices(talk.take(typed("and my other order", "ask_order", direction=6)))


def test_two_turns_without_an_answer_fetch_a_person():
    talk = episode()
    first = talk.take(typed("do you sell giraffes", verdict="unknown", probability=0.0, passages=[]))
    assert order(first) is None
    second = talk.take(
        typed("giraffes, the animal", verdict="unknown", probability=0.0, passages=[], detections={"unmet": 0.8})
    )
    assert order(second).reason == "failed"


def unanswered(text, direction, probability=0.0):
    passages = [found(probability=probability)] if probability else []
    return typed(text, verdict="unknown", probability=probability, passages=passages, direction=direction)


def test_two_failures_far_from_every_page_fetch_a_person_whatever_they_were_about():
    talk = episode()
    assert "/request_human" in choices(talk.take(unanswered("do you sell giraffes", 0)))
    assert order(talk.take(unanswered("who won the cup", 5))).reason == "failed"


def test_two_near_misses_on_different_matters_offer_a_person_again_and_the_third_fetches_one():
    talk = episode()
    assert "/request_human" in choices(talk.take(unanswered("who sews the tents", 0, 0.1)))
    second = talk.take(unanswered("is the dye vegan", 5, 0.1))
    assert order(second) is None
    assert "/request_human" in choices(second)
    assert order(talk.take(unanswered("who is your banker", 6, 0.1))).reason == "failed"


CLARIFY = {"verdict": "clarify", "probability": 0.2}


def test_pages_to_pick_from_are_no_failure():
    talk, near = episode(), CLARIFY
    for direction, text in enumerate(("do you sell pegs", "is it red", "who sews it", "where is it sewn")):
        assert order(talk.take(typed(text, direction=direction, **near))) is None


def test_asking_on_past_the_pages_shown_fetches_a_person():
    talk = episode()
    talk.take(typed("do you sell pegs", **CLARIFY))
    second = talk.take(typed("pegs for sand, are there any", **CLARIFY))
    assert "/request_human" in choices(second) and order(second) is None
    assert order(talk.take(typed("for sand, i said", **CLARIFY))).reason == "failed"


def test_the_same_answer_twice_fetches_a_person():
    talk = episode()
    talk.take(typed("how do i get a label"))
    again = talk.take(typed("there is none. how do i get a label", detections={"unmet": 0.4}))
    assert {"same_answer", "same_question"} <= {s.name for s in again[-1].report.signals}
    assert order(talk.take(typed("still none. how do i get it", detections={"unmet": 0.6}))).reason == "failed"


def test_yes_to_passages_does_not_mean_the_person_beside_them():
    talk, choice = episode(), [found("a.md#a", 0.4), found("b.md#b", 0.3, heading="Other")]
    talk.take(unanswered("do you sell giraffes", 0))
    asked = talk.take(typed("who won the cup", verdict="clarify", probability=0.4, passages=choice, direction=5))
    taken = talk.take(typed("ok", "affirm", verdict="unknown", probability=0.0, direction=7))
    assert order(asked) is None and order(taken) is None


def test_what_a_content_shopper_says_is_no_failure():
    talk = episode()
    talk.take(unanswered("do you sell giraffes", 0))
    pleased = talk.take(typed("nice, doing that then", "feedback_positive", detections={"unmet": 0.9}, direction=4))
    assert order(pleased) is None


def test_thanks_in_between_do_not_break_the_row():
    talk = episode()
    talk.take(typed("do you sell giraffes", verdict="unknown", probability=0.0, passages=[]))
    talk.take(typed("ok thanks", "thanks", 0.98, verdict="unknown", probability=0.0, passages=[], direction=2))
    second = talk.take(typed("who won the cup", verdict="unknown", probability=0.0, passages=[], direction=5))
    assert order(second).reason == "failed"


def test_a_remark_that_asks_nothing_is_no_failure():
    talk = episode()
    talk.take(typed("do you sell giraffes", verdict="unknown", probability=0.0, passages=[]))
    remark = typed("ah ok my kids will love it anyway", verdict="unknown", probability=0.0, passages=[], direction=5)
    assert order(talk.take(remark)) is None


def test_a_remark_does_not_break_the_row_either():
    talk = episode()
    talk.take(typed("do you sell giraffes", verdict="unknown", probability=0.0, passages=[]))
    talk.take(typed("ah ok my kids love them", verdict="unknown", probability=0.0, passages=[], direction=2))
    second = talk.take(typed("zebra rental", verdict="unknown", probability=0.0, passages=[], direction=5))
    assert order(second).reason == "failed"


def test_an_answer_in_between_begins_a_new_row():
    talk = episode()
    talk.take(typed("do you sell giraffes", verdict="unknown", probability=0.0, passages=[]))
    talk.take(typed("how long do I have", direction=2))
    again = talk.take(typed("do you rent yurts", verdict="unknown", probability=0.0, passages=[], direction=5))
    assert order(again) is None


def test_the_same_question_twice_more_fetches_a_person():
    talk = episode()
    assert order(talk.take(typed("how do I cancel"))) is None
    assert order(talk.take(typed("how do I cancel it"))) is None
    assert order(talk.take(typed("once more, how do I cancel"))).reason == "failed"


def test_refused_choices_twice_fetch_a_person():
    talk = episode()
    talk.take(typed("returns", verdict="clarify", probability=0.4))
    assert order(talk.take(pressed("none_of_these"))) is None
    talk.take(typed("the parcel thing", verdict="clarify", probability=0.4, direction=3, detections={"unmet": 0.6}))
    assert order(talk.take(pressed("none_of_these"))).reason == "failed"


def test_fury_fetches_a_person_at_once_and_the_words_change():
    messages = episode().take(typed("you are all useless", "complain", detections={"frustration": 0.97}))
    assert order(messages).reason == "upset"
    assert "!" not in messages[-1].text


def test_a_people_only_subject_goes_to_a_person_before_any_page():
    latest = typed("the stove burned my hand", detections={"people_only.injury": 0.9})
    messages = episode().take(latest)
    assert order(messages).reason == "people_only"
    assert all(message.answer is None for message in messages)
    assert "injury" in order(messages).brief.signals[0].evidence


def test_a_subject_that_the_shop_took_off_its_list_is_answered():
    calm = Assistant(shop="x", policy=Policy(people_only_subjects=("fraud",)))
    messages = Episode(calm).take(typed("it burned", detections={"people_only.injury": 0.9}))
    assert order(messages) is None


def test_the_question_wins_over_the_thanks_around_it():
    (message,) = episode().take(typed("thanks, but where is my refund?", "thanks", 0.9))
    assert message.answer is not None


def test_plain_thanks_stay_thanks_even_when_some_passage_fits():
    (message,) = episode().take(typed("thanks a lot", "thanks", 0.97))
    assert message.answer is None


def test_when_knowledge_is_gone_a_person_comes():
    latest = {**typed("how long"), "understanding": None}
    assert order(episode().take(latest)).reason == "engine_failure"


def test_the_order_number_goes_into_the_brief():
    named = [{"entity": "order_number", "value": "FF-482913", "start": 0, "end": 9}]
    talk = episode()
    offered = talk.take(typed("FF-482913 where is it", "ask_order", entities=named))
    assert "FF-482913" in offered[1].text
    handoff = order(talk.take(pressed("request_human")))
    assert handoff.brief.entities == {"order_number": ["FF-482913"]}


def test_no_two_replies_in_a_row_are_the_same():
    talk = episode()
    texts = [talk.take(typed(t, "small_talk", verdict="unknown", direction=i))[0].text for i, t in enumerate("abcd")]
    assert all(one != other for one, other in itertools.pairwise(texts))


def test_the_same_episode_again_says_the_same():
    turns = [typed("hi", "greet"), typed("how long"), typed("thanks", "thanks", 0.99, verdict="unknown")]
    assert replay(turns, ASSISTANT) == replay(turns, ASSISTANT)


def test_another_threshold_moves_the_hand_off():
    turns = [
        typed("hm", detections={"frustration": 0.6}),
        typed("hm again", direction=3, detections={"frustration": 0.6}),
    ]
    eager = Assistant(shop="x", policy=Policy(upset=0.55))
    assert first_handoff(replay(turns, eager)) == 1
    assert first_handoff(replay(turns[:1], ASSISTANT)) is None


def test_another_language_gets_one_sentence_in_it_and_a_person_on_offer():
    talk = episode()
    (first,) = talk.take(typed("où est ma commande", verdict="unknown", passages=[], language="fr"))
    assert first.text.startswith("Je suis un programme")
    assert choices([first]) == ["/request_human", "/withdraw_human"]
    again = talk.take(typed("combien pour la Suisse alors", verdict="unknown", passages=[], language="fr", direction=3))
    assert not again[0].text.startswith("Je suis")


def test_our_pages_do_not_say_only_where_the_search_says_so():
    near = [found("a#one", 0.2), found("b#two", 0.1, heading="Other")]
    (message,) = episode().take(typed("hm", verdict="clarify", probability=0.2, passages=near))
    assert choices([message])[-1] == "/none_of_these"
    unknown, offered = episode().take(typed("hm", verdict="unknown", probability=0.2, passages=near))
    assert unknown.text.startswith("Our pages do not say") and not unknown.choices
    assert choices([offered]) == ["/request_human", "/withdraw_human"]


def test_a_plain_no_is_no_complaint():
    talk = episode()
    talk.take(typed("do you ship to norway"))
    refused = talk.take(typed("no", "deny", 0.99, detections={"unmet": 0.9}, verdict="unknown", probability=0.0))
    assert choices(refused) == []


def test_a_person_is_fetched_in_the_language_the_shopper_was_answered_in():
    talk = episode()
    talk.take(typed("où est ma commande", verdict="unknown", passages=[], language="fr"))
    fetched = talk.take(typed("oui", "affirm", verdict="unknown", passages=[], language="und"))
    assert fetched[-1].text.startswith("Je vous passe une personne")
    assert order(fetched).brief.language == "fr"


def test_the_brief_tells_what_they_want_and_not_how_they_feel():
    talk = episode()
    talk.take(typed("where is my order FF-1", "ask_order"))
    fetched = talk.take(typed("this is ridiculous", "complain", detections={"frustration": 0.95}, direction=4))
    assert order(fetched).brief.wants == "where is my order FF-1"


def test_the_brief_leaves_out_faint_signals():
    fetched = episode().take(typed("a person", "request_human", detections={"asked": 0.95, "frustration": 0.2}))
    assert [s.name for s in order(fetched).brief.signals] == ["asked"]


def test_hinglish_that_the_pages_do_not_answer_is_half_a_failure_and_gets_its_sentence():
    talk = episode()
    first = talk.take(unanswered("bhai ye tent barish me chalega kya", 0))
    assert first[-1].text.startswith("Main ek program hoon")
    assert order(talk.take(unanswered("delivery kitne din me", 5))) is None


def test_spanish_is_not_taken_for_hinglish():
    (message,) = episode().take(typed("ya se que no ha llegado", verdict="unknown", passages=[], language="es"))
    assert message.text.startswith("Soy un programa")
