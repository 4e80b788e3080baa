"""What is said first where somebody may be hurt, in danger or defrauded."""

import pytest

from actions.assistant import Assistant
from actions.escalation import Policy
from actions.languages import SENTENCES
from actions.replay import Episode
from actions.signals import AT_STAKE
from tests.actions.turns import typed


def said(subject, text="it happened", strength=0.9, language="en", **settings):
    talk = Episode(Assistant(shop="x", policy=Policy(), **settings))
    detections = {"people_only": 0.9, f"people_only.{subject}": strength}
    (message,) = talk.take(typed(text, detections=detections, language=language))
    assert message.handoff.reason == "people_only"
    return message


@pytest.mark.parametrize("subject", sorted(AT_STAKE))
def test_where_a_life_may_be_at_stake_the_shops_number_is_named(subject):
    message = said(subject, emergency="911")
    assert "911" in message.text
    assert message.text.startswith("I am sorry")
    assert "danger" in {signal.name for signal in message.handoff.brief.signals}


@pytest.mark.parametrize("subject", ["fraud", "double_charge", "legal"])
def test_money_and_law_are_no_emergency(subject):
    message = said(subject, emergency="911", helpline="0800 1")
    assert "911" not in message.text and "0800 1" not in message.text
    assert "danger" not in {signal.name for signal in message.handoff.brief.signals}


@pytest.mark.parametrize("subject", ["injury", "hazard"])
def test_a_thing_that_harmed_is_not_to_be_used_again(subject):
    assert "stop using it" in said(subject).text


def test_the_helpline_is_named_to_despair_when_the_shop_has_one():
    assert "Samaritans, 116 123" in said("despair", helpline="Samaritans, 116 123").text
    assert "Samaritans" not in said("injury", helpline="Samaritans, 116 123").text
    assert "somebody to talk to" not in said("despair").text


def test_where_the_subject_is_unsure_the_words_fit_all():
    message = said("despair", strength=0.3, emergency="911")
    assert "hurt or in danger, call 911" in message.text


@pytest.mark.parametrize("language", sorted(set(SENTENCES) - {"en", "hi"}))
def test_the_number_is_named_in_the_shoppers_language(language):
    message = said("injury", "some words of theirs here", language=language, emergency="911", helpline="0800 1")
    assert message.text.startswith(SENTENCES[language].danger.format(emergency="911"))
    assert message.text.endswith("0800 1")


def test_a_little_sign_of_harm_is_an_offer_of_a_person():
    talk = Episode(Assistant(shop="x", policy=Policy()))
    detections = {"people_only": 0.55, "people_only.injury": 0.1}
    messages = talk.take(typed("is it safe", detections=detections))
    assert messages[-1].report.decision == "offer_person"


def test_a_subject_that_the_shop_does_not_list_is_not_fetched_for():
    talk = Episode(Assistant(shop="x", policy=Policy(people_only_subjects=("fraud",))))
    detections = {"people_only": 0.9, "people_only.injury": 0.8, "people_only.fraud": 0.1}
    assert talk.take(typed("it happened", detections=detections))[-1].report.decision == "carry_on"


def test_that_it_is_about_some_harm_adds_to_which():
    talk = Episode(Assistant(shop="x", policy=Policy()))
    detections = {"people_only": 0.7, "people_only.injury": 0.2, "people_only.child": 0.15}
    assert talk.take(typed("it happened", detections=detections))[-1].handoff.reason == "people_only"
