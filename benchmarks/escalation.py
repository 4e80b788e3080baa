"""Does the assistant fetch a person at the right moment? Scripts played against the real engine, actions and knowledge.

Golden Transfer within Tolerance I, II and III: for a dialogue, the mean over predicted turns p of the best over gold
turns q of exp(-(p-q)²/2t²), t = 1, 2, 3; 1 where neither has a turn, 0 where only one has. An offer that the script's
next turn takes counts as that turn. With --requests: how well an explicit wish for a person is told in one message.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.report import finish, show

TOLERANCES = {"gt1": 1, "gt2": 2, "gt3": 3}
FETCH_PERSON = "/request_human"
# The category of scripts on subjects for people only.
SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Script:
    """One shopper's messages, and the turns (1-based) at which a person should come; none: never."""

    id: str
    category: str
    turns: tuple[str, ...]
    gold: tuple[int, ...]


@dataclass(frozen=True)
class Played:
    """A script, what the engine said to each turn, and the turn at which it fetched a person, if it did."""

    script: Script
    replies: tuple[tuple[dict[str, Any], ...], ...]
    predicted: int | None


@dataclass(frozen=True)
class Engine:
    """A running engine's address and the token that opens it."""

    url: str
    token: str

    def say(self, client: httpx.Client, sender: str, text: str, previous: dict[str, Any] | None) -> tuple[Any, ...]:
        """The messages that answer one typed message, as the bridge would get them."""
        body = {"sender": sender, "message": text, "payload": False, "metadata": {"page": None, "previous": previous}}
        answer = client.post(
            f"{self.url}/webhooks/cornerdesk/webhook", json=body, headers={"Authorization": f"Bearer {self.token}"}
        )
        return tuple(item["custom"] for item in answer.raise_for_status().json())


def read_scripts(path: Path) -> list[Script]:
    """The scripts of a JSONL file; a turn is a text, or an object with its `text` and what is known of it."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Script(r["id"], r["category"], texts_of(r["turns"]), tuple(r["handoff_turns"])) for r in rows]


def texts_of(turns: Sequence[str | Mapping[str, Any]]) -> tuple[str, ...]:
    """What the shopper types, turn by turn."""
    return tuple(turn if isinstance(turn, str) else str(turn["text"]) for turn in turns)


def play(engine: Engine, client: httpx.Client, script: Script) -> Played:
    """Play a script in a fresh episode until a person is fetched or it ends."""
    sender, previous, replies = f"{uuid.uuid4()}.1", None, []
    for number, text in enumerate(script.turns, start=1):
        messages = engine.say(client, sender, text, previous)
        replies.append(messages)
        if order := next((m["handoff"] for m in messages if m.get("handoff")), None):
            return Played(script, tuple(replies), taken_at(number, order["reason"], replies))
        if answer := next((m["answer"] for m in messages if m.get("answer")), None):
            previous = {"question": text, "passage_id": answer["passage_id"]}
    return Played(script, tuple(replies), None)


def taken_at(number: int, reason: str, replies: Sequence[tuple[dict[str, Any], ...]]) -> int:
    """The turn of the hand-off; the turn before when that one offered a person and this one took the offer."""
    offered = number > 1 and any(offers_person(message) for message in replies[-2])
    return number - 1 if offered and reason == "asked" else number


def offers_person(message: dict[str, Any]) -> bool:
    """Whether a message has the choice that fetches a person."""
    return any(choice["payload"] == FETCH_PERSON for choice in message.get("choices", []))


def closeness(predicted: int | None, gold: Sequence[int], tolerance: int) -> float:
    """Golden Transfer of one dialogue, 0 to 1."""
    if predicted is None or not gold:
        return float(predicted is None and not gold)
    return max(math.exp(-((predicted - q) ** 2) / (2 * tolerance**2)) for q in gold)


def summary(played: Sequence[Played]) -> dict[str, Any]:
    """The figures over all scripts, and by category."""
    hits = [p for p in played if p.predicted and p.script.gold]
    missed = [p.script.id for p in played if not p.predicted and p.script.gold]
    needless = [p.script.id for p in played if p.predicted and not p.script.gold]
    precision = share(len(hits), len(hits) + len(needless))
    recall = share(len(hits), len(hits) + len(missed))
    return {
        **golden(played),
        "precision": precision,
        "recall": recall,
        "f1": round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0,
        "missed": missed,
        "sensitive_missed": [p.script.id for p in played if p.script.id in missed and p.script.category == SENSITIVE],
        "needless": needless,
        "by_category": by_category(played),
    }


def golden(played: Sequence[Played]) -> dict[str, float]:
    """Mean Golden Transfer at each tolerance."""
    return {
        name: round(sum(closeness(p.predicted, p.script.gold, t) for p in played) / len(played), 4)
        for name, t in TOLERANCES.items()
    }


def by_category(played: Sequence[Played]) -> dict[str, dict[str, Any]]:
    """The same for each category, with how many were missed and needless."""
    found = {}
    for category in sorted({p.script.category for p in played}):
        group = [p for p in played if p.script.category == category]
        missed = sum(1 for p in group if p.script.gold and not p.predicted)
        needless = sum(1 for p in group if p.predicted and not p.script.gold)
        found[category] = {"scripts": len(group), **golden(group), "missed": missed, "needless": needless}
    return found


def share(part: int, whole: int) -> float:
    """A share from 0 to 1; 1 of nothing."""
    return round(part / whole, 4) if whole else 1.0


def requests(engine: Engine, client: httpx.Client, path: Path) -> dict[str, float]:
    """Recall and false alarms of explicit wishes for a person; each message in an episode of its own."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fired = [asked_for_person(engine.say(client, f"{uuid.uuid4()}.1", row["text"], None)) for row in rows]
    wishes = [hit for hit, row in zip(fired, rows, strict=True) if row["is_handoff"] == "1"]
    others = [hit for hit, row in zip(fired, rows, strict=True) if row["is_handoff"] != "1"]
    return {"recall": share(sum(wishes), len(wishes)), "false_alarms": share(sum(others), len(others))}


def asked_for_person(messages: Sequence[dict[str, Any]]) -> bool:
    """Whether the engine fetched a person because it was asked to."""
    return any(m["handoff"]["reason"] == "asked" for m in messages if m.get("handoff"))


@contextmanager
def engine_for(pages: Path, url: str | None) -> Iterator[Engine]:
    """The engine at `url`, or one of a desk of its own with an index of `pages`."""
    if url:
        yield Engine(url, os.environ["CORNERDESK_INNER_TOKEN"])
        return
    from scripts.temporary import temporary_desk

    with temporary_desk(CORNERDESK_PAGES=str(pages.resolve())) as desk:
        yield Engine(desk.environ["CORNERDESK_ENGINE_URL"], desk.environ["CORNERDESK_INNER_TOKEN"])


def show_turns(played: Sequence[Played]) -> None:
    """Every script turn by turn, for whoever wants to know why."""
    for each in played:
        print(f"{each.script.id} {each.script.category} gold {list(each.script.gold)} predicted {each.predicted}")
        for text, messages in zip(each.script.turns, each.replies, strict=False):
            report = next(m["report"] for m in messages if m.get("report"))
            signals = ", ".join(f"{s['name']} {s['strength']:.2f}" for s in report.get("signals", []))
            print(f"    {report['intent']:<18}{report.get('verdict') or '-':<8} {report['decision']:<12} {text[:90]}")
            print(f"        {signals}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="folder of pages to answer from")
    parser.add_argument("--scripts", type=Path, required=True, help="JSONL: id, category, turns, handoff_turns")
    parser.add_argument("--requests", type=Path, help="CSV: text, is_handoff")
    parser.add_argument("--engine", help="URL of an engine that runs already (token in CORNERDESK_INNER_TOKEN)")
    parser.add_argument("--turns", action="store_true", help="print every turn with its signals")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    with engine_for(words.pages, words.engine) as engine, httpx.Client(timeout=30, trust_env=False) as client:
        played = [play(engine, client, script) for script in read_scripts(words.scripts)]
        result = summary(played)
        if words.requests:
            result["requests"] = requests(engine, client, words.requests)
    if words.turns:
        show_turns(played)
    show_result(result)
    finish(result, words.json)


def show_result(result: dict[str, Any]) -> None:
    """The figures as tables."""
    figures = {name: result[name] for name in (*TOLERANCES, "precision", "recall", "f1")}
    show("Fetching a person", {"all": figures, **result["by_category"]})
    for kind in ("missed", "sensitive_missed", "needless"):
        print(f"{kind.replace('_', ' ')}: {', '.join(result[kind]) or 'none'}")
    if "requests" in result:
        show("Explicit wishes for a person", {"requests": result["requests"]})


if __name__ == "__main__":
    main()
