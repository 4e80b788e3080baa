"""`python -m actions.replay`: what another policy would change, from read scripts or with a running engine."""

import json

import httpx
import pytest

from actions.replay import main
from actions.scripts import EngineReader, Script, ScriptError, previous_answer
from tests.actions.turns import found, typed

ANNOYED = {"detections": {"frustration": 0.7}}


@pytest.fixture
def scripts(tmp_path):
    rows = [
        {"id": "calm", "turns": [typed("how long do I have"), typed("thanks", "thanks", 0.99)]},
        {"id": "annoyed", "turns": [typed("hm", **ANNOYED), typed("and how long do I have", direction=3)]},
        {"id": "asked", "turns": [typed("a person", "request_human", detections={"asked": 0.95})]},
    ]
    path = tmp_path / "scripts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def policy(tmp_path, text):
    path = tmp_path / "policy.toml"
    path.write_text(text)
    return path


def replayed(capsys, *words):
    assert main([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_lower_threshold_gains_a_hand_off(tmp_path, scripts, capsys):
    changes = replayed(capsys, "--policy", policy(tmp_path, "upset = 0.6"), "--scripts", scripts)
    assert (changes["gained"], changes["lost"]) == (["annoyed"], [])
    assert (changes["load_before"], changes["load_after"]) == (0.3333, 0.6667)


def test_another_table_may_lose_one(tmp_path, scripts, capsys):
    rows = '[[table]]\ndecision = "hand_off"\nreason = "upset"\nneeds = {frustration = "upset"}\n'
    changes = replayed(capsys, "--policy", policy(tmp_path, rows), "--scripts", scripts)
    assert changes["lost"] == ["asked"]


def test_two_policies_of_ones_own_are_compared(tmp_path, scripts, capsys):
    eager = policy(tmp_path, "upset = 0.6")
    changes = replayed(capsys, "--before", eager, "--policy", eager, "--scripts", scripts)
    assert changes["gained"] == changes["lost"] == []


def test_people_get_lines(tmp_path, scripts, capsys):
    assert main(["--policy", str(policy(tmp_path, "")), "--scripts", str(scripts)]) == 0
    assert "reaching a person: 33% before, 33% after, of 3" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["upset = 7", "upzet = 0.5", "not toml", '[[table]]\ndecision = "dance"\nneeds = {}'])
def test_a_policy_that_means_nothing_is_one_sentence(tmp_path, scripts, capsys, text):
    assert main(["--policy", str(policy(tmp_path, text)), "--scripts", str(scripts)]) == 1
    assert "is not a policy" in capsys.readouterr().err


def test_scripts_that_are_none_are_one_sentence(tmp_path, capsys):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}\n")
    assert main(["--policy", str(policy(tmp_path, "")), "--scripts", str(broken)]) == 1
    assert "one JSON object a line" in capsys.readouterr().err


def test_no_engine_is_one_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("CORNERDESK_ENGINE_URL", "http://127.0.0.1:9")
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps({"id": "a", "turns": ["hello"]}))
    assert main(["--policy", str(policy(tmp_path, "")), "--scripts", str(texts)]) == 1
    assert "CORNERDESK_ENGINE_URL" in capsys.readouterr().err


class FakeEngine:
    """Answers as the channel and the tracker do, and remembers what came with each text."""

    def __init__(self):
        self.said = []

    def __call__(self, request):
        if request.method == "GET":
            events = [{"event": "user", "text": s["message"], "parse_data": typed(s["message"])} for s in self.said]
            return httpx.Response(200, json={"events": [{"event": "action"}, *events]})
        if request.headers["Authorization"] != "Bearer right":
            return httpx.Response(401)
        self.said.append(json.loads(request.content))
        return httpx.Response(200, json=[{"custom": {"answer": found("a#one")}}])


def reader(engine, token="right"):
    return EngineReader(httpx.Client(base_url="http://engine", transport=httpx.MockTransport(engine)), token)


def test_texts_are_read_in_their_conversation():
    engine = FakeEngine()
    script = reader(engine).read(Script(id="a", turns=("how long", "and to Norway?")))
    assert [turn["text"] for turn in script.turns] == ["how long", "and to Norway?"]
    assert engine.said[1]["metadata"]["previous"] == {"question": "how long", "passage_id": "a#one"}
    assert len({said["sender"] for said in engine.said}) == 1


def test_a_wrong_token_is_named():
    with pytest.raises(ScriptError, match="CORNERDESK_INNER_TOKEN"):
        reader(FakeEngine(), "wrong").read(Script(id="a", turns=("hi",)))


def test_what_was_not_answered_leaves_nothing_to_refer_to():
    assert previous_answer("hi", [{"custom": {"text": "Hello."}}]) is None


def stored(tmp_path):
    failing = {"name": "failures", "strength": 0.5, "evidence": "hm"}
    report = {"intent": "ask", "intent_confidence": 1.0}
    rows = [
        {"id": "a.1", "reports": [report, {**report, "signals": [failing]}]},
        {"id": "b.1", "reports": [{**report, "decision": "hand_off"}, report]},
        {"id": "c.1", "reports": [report]},
    ]
    path = tmp_path / "stored.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_stored_conversations_are_decided_again_from_their_signals(tmp_path, capsys):
    changes = replayed(capsys, "--policy", policy(tmp_path, "failed_twice = 0.5"), "--stored", stored(tmp_path))
    assert (changes["gained"], changes["lost"]) == (["a.1"], ["b.1"])
    assert (changes["load_before"], changes["load_after"]) == (0.3333, 0.3333)


def test_stored_conversations_under_two_policies(tmp_path, capsys):
    eager = policy(tmp_path, "failed_twice = 0.5")
    changes = replayed(capsys, "--before", eager, "--policy", eager, "--stored", stored(tmp_path))
    assert changes["gained"] == changes["lost"] == []


def test_what_holds_no_stored_conversations_is_named(tmp_path, capsys):
    path = tmp_path / "stored.jsonl"
    path.write_text("[]\n")
    assert main(["--policy", str(policy(tmp_path, "")), "--stored", str(path)]) == 1
    assert "no stored conversations" in capsys.readouterr().err
