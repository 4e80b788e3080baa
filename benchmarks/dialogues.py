"""Whole conversations: how often each turn is told what the pages answer, follow-ups above all.

    python -m benchmarks.dialogues --pages DIR --dialogues JSONL [--shop NAME] [--search] [--turns] [--json]

A line is a dialogue: `id`, `shop`, `turns`, each with `text`, `needs` (answer, order, none, chat, person), the
`sections` that answer it (see `benchmarks/truth.py`), and `reads_after` where it leans on those before. It is
played through the real engine, from the first turn to the last whatever is said; with `--search` through the search
alone, in this process, which also tells how often a right section is first and among three.
"""

from __future__ import annotations

import argparse
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks import report
from benchmarks.escalation import Engine, engine_for
from benchmarks.truth import Case
from knowledge.index.build import index_pages
from knowledge.model.embedder import ModelEmbedder, packaged_folder, whole_words
from knowledge.page.folder import load_pages
from knowledge.search.search import Searcher
from knowledge.wire.search import Asked, Previous, SearchResult

CHOOSE: Final = "/choose"
ANSWER: Final = "answer"
# So many turns before go along with a question, as the engine sends them.
MOST_BEFORE: Final = 3


@dataclass(frozen=True)
class LabelledTurn:
    """One message of a shopper and its truth. `reads_after`: it makes no sense without the turns before."""

    case: Case
    reads_after: bool = False


@dataclass(frozen=True)
class Dialogue:
    """One shopper's messages, in their order."""

    id: str
    shop: str
    turns: tuple[LabelledTurn, ...]


@dataclass(frozen=True)
class Told:
    """What came of one turn, as passage ids: those shown, those one tap away, whether it was told as sure.

    `found` are the best passages, shown or not; only the search tells them.
    """

    shown: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    sure: bool = False
    found: tuple[str, ...] = ()


# Plays one dialogue: what came of each of its turns.
Player = Callable[[Dialogue], list[Told]]


def read_dialogues(path: Path, shop: str | None = None) -> list[Dialogue]:
    """The dialogues of a file, or those of one shop."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [dialogue_of(row) for row in rows if shop in (None, row.get("shop"))]


def dialogue_of(row: Mapping[str, Any]) -> Dialogue:
    """A dialogue from its JSON."""
    turns = tuple(
        LabelledTurn(
            Case(turn["text"], turn["needs"], tuple(turn.get("sections") or ())), bool(turn.get("reads_after"))
        )
        for turn in row["turns"]
    )
    return Dialogue(str(row["id"]), str(row.get("shop") or ""), turns)


def told_by_engine(messages: Sequence[Mapping[str, Any]]) -> Told:
    """What the engine's messages show and offer."""
    answers = [message["answer"] for message in messages if message.get("answer")]
    choices = [choice["payload"] for message in messages for choice in message.get("choices") or ()]
    also = [heading["passage_id"] for answer in answers for heading in answer.get("also") or ()]
    picks = [json.loads(payload.removeprefix(CHOOSE))["passage"] for payload in choices if payload.startswith(CHOOSE)]
    verdicts = [message["report"].get("verdict") for message in messages if message.get("report")]
    shown = tuple(answer["passage_id"] for answer in answers)
    return Told(shown, (*picks, *also), sure=bool(shown) and ANSWER in verdicts)


def through_engine(engine: Engine, client: httpx.Client) -> Player:
    """Plays dialogues as the bridge does: each in an episode of its own, with what was answered last."""

    def play(dialogue: Dialogue) -> list[Told]:
        sender, previous, all_told = f"{uuid.uuid4()}.1", None, []
        for turn in dialogue.turns:
            told = told_by_engine(engine.say(client, sender, turn.case.text, previous))
            if told.shown:
                previous = {"question": turn.case.text, "passage_id": told.shown[0]}
            all_told.append(told)
        return all_told

    return play


def through_search(pages: Path) -> Player:
    """Plays dialogues on the search alone, over a fresh index of the pages."""
    embedder = ModelEmbedder()
    searcher = Searcher(index_pages(load_pages(pages).pages, embedder), whole_words(packaged_folder()))

    def play(dialogue: Dialogue) -> list[Told]:
        asked: list[Asked] = []
        all_told = []
        for turn in dialogue.turns:
            result = searcher.search(turn.case.text, embedder, previous=previous_of(asked))
            all_told.append(told_by_search(result))
            best = result.passages[0].passage_id if result.passages else None
            asked.append(Asked(question=turn.case.text, passage_id=best))
        return all_told

    return play


def previous_of(asked: Sequence[Asked]) -> Previous | None:
    """The last questions, as the engine sends them with the next."""
    if not asked:
        return None
    last, *earlier = reversed(asked[-MOST_BEFORE:])
    return Previous(question=last.question, passage_id=last.passage_id, earlier=earlier)


def told_by_search(result: SearchResult) -> Told:
    """What the search says may be shown and offered."""
    shown = (result.shown.passage_id,) if result.shown else ()
    found = tuple(passage.passage_id for passage in result.passages)
    return Told(shown, tuple(result.offered), sure=result.verdict == ANSWER, found=found)


Pairs = Sequence[tuple[LabelledTurn, Told]]


def measure(pairs: Pairs) -> dict[str, float | None]:
    """All figures over turns and what came of them, shares from 0 to 1; None where nothing is counted."""
    answerable = [(turn, told) for turn, told in pairs if turn.case.kind == ANSWER and turn.case.sections]
    follow_ups = [(turn, told) for turn, told in answerable if turn.reads_after]
    none = [told for turn, told in pairs if turn.case.kind == "none"]
    figures: dict[str, float | None] = {
        "turns": float(len(answerable)),
        **reached(answerable),
        **{f"follow_up_{name}": value for name, value in reached(follow_ups).items()},
        "none_false": share(told.sure for told in none),
        "not_said": share(not told.shown and not told.offered for _, told in answerable),
    }
    if any(told.found for _, told in pairs):
        for name, some in (("", answerable), ("follow_up_", follow_ups)):
            for key, most in (("first", 1), ("three", 3)):
                figures[name + key] = share(turn.case.right(told.found[:most]) for turn, told in some)
    return figures


def reached(pairs: Pairs) -> dict[str, float | None]:
    """How often a right section was shown, and shown or one tap away."""
    return {
        "shown_right": share(turn.case.right(told.shown) for turn, told in pairs),
        "in_reach": share(turn.case.right((*told.shown, *told.offered)) for turn, told in pairs),
    }


def show_turns(dialogues: Sequence[Dialogue], outcomes: Sequence[Sequence[Told]]) -> None:
    """Every turn that needs an answer, with what came of it."""
    for dialogue, all_told in zip(dialogues, outcomes, strict=True):
        print(f"{dialogue.id} {dialogue.shop}")
        for turn, told in zip(dialogue.turns, all_told, strict=True):
            right = turn.case.right(told.shown or told.found[:1])
            mark = "+" if right else "-" if turn.case.sections else " "
            got = (told.shown or told.found[:1] or ("",))[0]
            print(
                f"  {mark} {turn.case.kind:<7}{turn.case.text[:100]}\n        {got} ({' | '.join(turn.case.sections)})"
            )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True, help="folder of pages to answer from")
    parser.add_argument("--dialogues", type=Path, required=True, help="JSONL: one dialogue a line")
    parser.add_argument("--shop", help="only the dialogues of this shop")
    parser.add_argument("--engine", help="URL of an engine that runs already (token in CORNERDESK_INNER_TOKEN)")
    parser.add_argument("--search", action="store_true", help="the search alone, without the engine")
    parser.add_argument("--turns", action="store_true", help="print every turn")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    dialogues = read_dialogues(given.dialogues, given.shop)
    with player_of(given) as play:
        outcomes = [play(dialogue) for dialogue in dialogues]
    if given.turns:
        show_turns(dialogues, outcomes)
    turns = [turn for dialogue in dialogues for turn in dialogue.turns]
    result = measure(list(zip(turns, (told for all_told in outcomes for told in all_told), strict=True)))
    report.show("Turns of conversations: a right section shown, within reach", {"ours": result})
    report.finish(result, given.json)


@contextmanager
def player_of(given: argparse.Namespace) -> Iterator[Player]:
    """The engine, ours or one that runs, or the search alone."""
    if given.search:
        yield through_search(given.pages)
        return
    with engine_for(given.pages, given.engine) as engine, httpx.Client(timeout=30, trust_env=False) as client:
        yield through_engine(engine, client)


def share(values: Iterable[object]) -> float | None:
    """The share that is true; None of nothing."""
    counted = [bool(value) for value in values]
    return sum(counted) / len(counted) if counted else None


if __name__ == "__main__":
    main()
