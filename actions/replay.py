"""What the assistant would have done: turns decided again under another policy or table.

`python -m actions.replay --policy FILE --scripts FILE` says what that would change, and `desk replay` the same for the
conversations that the desk keeps. All but the command is pure.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from pydantic import ValidationError

from actions.acts import ACT_OF_INTENT
from actions.assistant import Assistant
from actions.escalation import Policy, Table
from actions.scripts import TIMEOUT_S, EngineReader, Script, ScriptError, read_scripts
from actions.stored_episodes import StoredEpisode, handed_off_at, handed_off_then, read_stored
from actions.turn import read_turn
from handoff.wire import EngineMessage, HandoffOrder, TurnReport

SHIPPED = Assistant(shop="the shop", policy=Policy())


@dataclass
class Episode:
    """An episode being replayed: Rasa's events so far, ours standing in for what was said then."""

    assistant: Assistant
    events: list[dict[str, Any]] = field(default_factory=list)

    def take(self, latest: Mapping[str, Any]) -> list[EngineMessage]:
        """The messages for the next stored turn; `latest` is Rasa's parse of it (text, intent, understanding …)."""
        self.events.append({"event": "user", "text": latest.get("text"), "parse_data": latest})
        turn = read_turn(latest, self.events)
        act = ACT_OF_INTENT.get(turn.act, ACT_OF_INTENT["ask"])(self.assistant)
        messages = self.assistant.take(turn, act.reply, act.gives_way)
        dumped = [message.model_dump(mode="json", exclude_none=True) for message in messages]
        self.events += [{"event": "bot", "data": {"custom": custom}} for custom in dumped]
        return messages


@dataclass(frozen=True)
class Replayed:
    """One turn decided again."""

    report: TurnReport
    handoff: HandoffOrder | None


def replay(turns: Iterable[Mapping[str, Any]], assistant: Assistant) -> list[Replayed]:
    """Each stored turn's report and order under this assistant's policy and table, to the first hand-off."""
    episode, replayed = Episode(assistant), []
    for latest in turns:
        messages = episode.take(latest)
        report = next(message.report for message in messages if message.report)
        order = next((message.handoff for message in messages if message.handoff), None)
        replayed.append(Replayed(report, order))
        if order:
            break
    return replayed


def first_handoff(replayed: Sequence[Replayed]) -> int | None:
    """The turn (1-based) at which a person is fetched; None when none is."""
    return next((number for number, turn in enumerate(replayed, start=1) if turn.handoff), None)


@dataclass(frozen=True)
class Changes:
    """Ids of conversations by what another assistant would change, and how many of them reach a person (0 to 1)."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    load_before: float
    load_after: float


Turns = tuple[int | None, int | None]


def compare(scripts: Sequence[Script], before: Assistant, after: Assistant) -> Changes:
    """What `after` would change over `before` in scripts that have been read."""
    return changes(
        {s.id: (first_handoff(replay(parsed(s), before)), first_handoff(replay(parsed(s), after))) for s in scripts}
    )


def compare_stored(episodes: Sequence[StoredEpisode], before: Assistant | None, after: Assistant) -> Changes:
    """What `after` would change over `before`, or over what happened then, in conversations that the desk keeps."""
    return changes(
        {
            e.id: (
                handed_off_at(e.reports, before) if before else handed_off_then(e.reports),
                handed_off_at(e.reports, after),
            )
            for e in episodes
        }
    )


def changes(turns: Mapping[str, Turns]) -> Changes:
    """The changes, from the turn of the hand-off before and after in each conversation."""
    both = {name: (old, new) for name, (old, new) in turns.items() if old and new}
    count = max(1, len(turns))
    return Changes(
        gained=tuple(name for name, (old, new) in turns.items() if new and not old),
        lost=tuple(name for name, (old, new) in turns.items() if old and not new),
        earlier=tuple(name for name, (old, new) in both.items() if new < old),
        later=tuple(name for name, (old, new) in both.items() if new > old),
        load_before=round(sum(1 for old, _ in turns.values() if old) / count, 4),
        load_after=round(sum(1 for _, new in turns.values() if new) / count, 4),
    )


def parsed(script: Script) -> list[Mapping[str, Any]]:
    """The turns of a script that has been read."""
    return [turn for turn in script.turns if isinstance(turn, dict)]


def read_policy(path: Path) -> Assistant:
    """The assistant that a TOML file describes: thresholds by name, and `[[table]]` rows when it has its own."""
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
        rows = facts.pop("table", None)
        assistant = replace(SHIPPED, policy=Policy.model_validate(facts))
        return replace(assistant, table=Table.model_validate({"rows": rows}).as_rows()) if rows else assistant
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ScriptError(f"{path} is not a policy ({error}): see docs/understanding.md for its form.") from error


def read_all(scripts: Sequence[Script], url: str) -> list[Script]:
    """Every script with its turns parsed, by the engine at `url` where one needs it."""
    try:
        with httpx.Client(base_url=url, timeout=TIMEOUT_S, trust_env=False) as http:
            reader = EngineReader(http, os.environ.get("CORNERDESK_INNER_TOKEN", ""))
            return [reader.read(script) for script in scripts]
    except httpx.HTTPError as error:
        raise ScriptError(f"No engine answers at {url} ({error}): start one, or set CORNERDESK_ENGINE_URL.") from error


def main(words: Sequence[str] | None = None) -> int:
    """The command; exit code 1 and one sentence when a file or the engine cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m actions.replay", description=__doc__)
    parser.add_argument("--policy", type=Path, required=True, help="TOML: thresholds, and [[table]] rows if any")
    parser.add_argument("--before", type=Path, help="TOML: what to compare with (else what ships, or what happened)")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--scripts", type=Path, help="JSONL: id, turns (texts, or as --keep wrote them)")
    source.add_argument("--stored", type=Path, help="JSONL: id, reports, as `desk replay` gives them; - for stdin")
    parser.add_argument("--keep", type=Path, help="write the read scripts here, so that next time no engine is needed")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    given = parser.parse_args(words)
    try:
        found, count = replayed_stored(given) if given.stored else replayed_scripts(given)
    except ScriptError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(asdict(found)) if given.json else in_lines(found, count))
    return 0


def replayed_stored(given: argparse.Namespace) -> tuple[Changes, int]:
    """The changes in stored conversations, and how many those are."""
    before = read_policy(given.before) if given.before else None
    episodes = read_stored(given.stored)
    return compare_stored(episodes, before, read_policy(given.policy)), len(episodes)


def replayed_scripts(given: argparse.Namespace) -> tuple[Changes, int]:
    """The changes in scripts, and how many those are."""
    before = read_policy(given.before) if given.before else SHIPPED
    after = read_policy(given.policy)
    scripts = read_all(read_scripts(given.scripts), os.environ.get("CORNERDESK_ENGINE_URL", "http://127.0.0.1:5005"))
    if given.keep:
        given.keep.write_text("".join(script.model_dump_json() + "\n" for script in scripts), "utf-8")
    return compare(scripts, before, after), len(scripts)


def in_lines(changes: Changes, count: int) -> str:
    """The changes for people to read."""
    named = {name: getattr(changes, name) for name in ("gained", "lost", "earlier", "later")}
    lines = [f"{name}: {len(ids)}  {', '.join(ids)}".rstrip() for name, ids in named.items()]
    load = f"reaching a person: {changes.load_before:.0%} before, {changes.load_after:.0%} after, of {count}"
    return "\n".join([*lines, load])


if __name__ == "__main__":
    sys.exit(main())
