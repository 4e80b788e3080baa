from __future__ import annotations

import json
from pathlib import Path

from benchmarks.dialogues import Told, dialogue_of, measure, previous_of, read_dialogues, told_by_engine
from knowledge.wire.search import Asked

ROW = {
    "id": "d-1",
    "shop": "outdoor",
    "turns": [
        {"text": "how heavy is it", "needs": "answer", "sections": ["tent.md#weight"]},
        {"text": "and wide?", "needs": "answer", "sections": ["tent.md#size", "tent.md#"], "reads_after": True},
        {"text": "who is your boss", "needs": "none"},
        {"text": "thanks", "needs": "chat"},
    ],
}


def test_dialogues_are_read_and_picked_by_shop(tmp_path: Path):
    file = tmp_path / "dialogues.jsonl"
    file.write_text(json.dumps(ROW) + "\n\n" + json.dumps({**ROW, "shop": "mattress"}) + "\n", "utf-8")
    assert len(read_dialogues(file)) == 2
    (dialogue,) = read_dialogues(file, "mattress")
    assert [turn.reads_after for turn in dialogue.turns] == [False, True, False, False]


def test_what_is_shown_and_what_is_one_tap_away_is_counted():
    turns = dialogue_of(ROW).turns
    told = [
        Told(shown=("tent.md#size",), offered=("tent.md#weight~2",)),
        Told(shown=("tent.md#",), sure=True),
        Told(shown=("tent.md#",), sure=True),
        Told(),
    ]
    figures = measure(list(zip(turns, told, strict=True)))
    assert (figures["turns"], figures["shown_right"], figures["in_reach"]) == (2, 0.5, 1.0)
    assert (figures["follow_up_shown_right"], figures["follow_up_in_reach"]) == (1.0, 1.0)
    assert (figures["none_false"], figures["not_said"]) == (1.0, 0.0)


def test_silence_is_counted_where_pages_answer():
    turns = dialogue_of(ROW).turns
    figures = measure([(turn, Told()) for turn in turns])
    assert (figures["not_said"], figures["shown_right"], figures["none_false"]) == (1.0, 0.0, 0.0)


def test_the_engines_messages_show_and_offer():
    shown = {"answer": {"passage_id": "a#1", "also": [{"passage_id": "a#2"}]}, "report": {"verdict": "answer"}}
    choice = {"label": "Size", "payload": '/choose{"passage": "b#1"}'}
    person = {"label": "Fetch a person", "payload": "/request_human"}
    assert told_by_engine([shown]) == Told(("a#1",), ("a#2",), sure=True)
    assert told_by_engine([{"choices": [choice, person], "report": {"verdict": "clarify"}}]) == Told((), ("b#1",))


def test_the_last_three_questions_go_along_the_latest_first():
    asked = [Asked(question=text) for text in ("one", "two", "three", "four")]
    previous = previous_of(asked)
    assert previous is not None
    assert [one.question for one in previous.questions] == ["four", "three", "two"]
    assert previous_of([]) is None
