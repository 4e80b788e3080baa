"""The rules and the actions speak of the same intents and acts; the domain knows them all."""

from pathlib import Path

import yaml

from actions.acts import ACT_OF_INTENT, ACTS

ROOT = Path(__file__).resolve().parents[2]


def read(path):
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def rules():
    found = {}
    for path in sorted((ROOT / "bot/data/rules").glob("*.yml")):
        for rule in read(path)["rules"]:
            intent, action = rule["steps"]
            found[intent["intent"]] = action["action"]
    return found


def test_every_rule_is_the_pair_that_the_actions_know():
    assert rules() == {intent: act.action_name for intent, act in ACT_OF_INTENT.items()}


def test_the_domain_has_every_intent_with_a_rule_and_every_action():
    domain = read("domain.yml")
    assert {name for intent in domain["intents"] for name in intent} == set(rules())
    assert set(domain["actions"]) == {act.action_name for act in ACTS}


def test_every_intent_has_its_own_file_of_examples():
    assert {path.stem for path in (ROOT / "bot/data/nlu").glob("*.yml")} == set(rules())


def test_every_detector_has_both_sides():
    for path in sorted((ROOT / "bot/data/detectors").glob("*.yml")):
        examples = read(path)
        assert examples["detector"] == path.stem
        assert examples["quiet"] and (examples.get("fires") or examples.get("subjects"))
