"""A line for every act, with the bridge's id for the turn."""

import json

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import log
from actions.acts import GreetAct
from actions.assistant import Assistant
from actions.settings import Settings
from tests.actions.turns import typed


def test_an_act_leaves_a_line_with_the_turns_id_and_without_its_text(capsys):
    latest = {**typed("good morning to you", act="greet"), "metadata": {"request": "c_a.1.7"}}
    events = [{"event": "user", "text": latest["text"], "parse_data": latest}]
    tracker = Tracker("c_a.1", {}, latest, events, False, None, {}, None)
    settings = Settings(_env_file=None, inner_token="a token for tests only")
    GreetAct(Assistant(shop="the shop", policy=settings.policy)).run(CollectingDispatcher(), tracker, {})
    written = capsys.readouterr().out
    line = json.loads(written)
    assert (line["event"], line["request"], line["act"]) == ("act", "c_a.1.7", "action_greet")
    assert "morning" not in written


@pytest.mark.parametrize("latest", [{}, {"metadata": None}, {"metadata": {"request": 7}}])
def test_a_turn_without_an_id_is_logged_without_one(latest):
    assert log.request_of(latest) is None
