"""How often the right passage is found, and how often silence is right when there is none.

    python -m benchmarks.retrieval --pages DIR --queries CSV --gold CSV [--examples CSV] [--qa CSV] [--json]

A fresh index is made of the pages with shipped settings. Beside ours, in the same run: BM25, word TF-IDF and plain
MiniLM over whole sections. Files: queries `text,label` (label out_of_scope: no page answers), gold `label,accept`
(`page.md#anchor`, `page.md` for any of its sections, `handoff`, joined by |), examples `text,label`, attached to the
accepted sections as questions they are asked as, qa `question,kind,expect,page`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

from knowledge.index.build import index_pages
from knowledge.index.index_folder import Opened
from knowledge.model.embedder import ModelEmbedder, packaged_folder, whole_words
from knowledge.page.folder import load_pages
from knowledge.page.page import Page
from knowledge.search.search import Searcher
from knowledge.text.plain import plain

OUT_OF_SCOPE = "out_of_scope"
HANDOFF = "handoff"


@dataclass(frozen=True)
class Ranked:
    """One question's outcome: section keys best first, what each shows, how sure, and whether it was answered."""

    keys: list[str]
    shown: list[str]
    sure: float
    answered: bool | None = None


Ranker = Callable[[str], Ranked]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_gold(path: Path) -> dict[str, list[str]]:
    """The accepted places by label."""
    return {row["label"]: [part.strip() for part in row["accept"].split("|")] for row in rows_of(path)}


def with_examples(
    pages: tuple[Page, ...], gold: dict[str, list[str]], examples: list[dict[str, str]]
) -> tuple[Page, ...]:
    """The pages with each example attached to every section that its label accepts; to a page where any will do."""
    asked: dict[str, dict[str, list[str]]] = {}
    for row in examples:
        for place in gold.get(row["label"], []):
            if place != HANDOFF:
                path, _, anchor = place.partition("#")
                asked.setdefault(path, {}).setdefault(anchor, []).append(row["text"])
    return tuple(
        page.with_questions({anchor: tuple(texts) for anchor, texts in asked[page.path].items()})
        if page.path in asked
        else page
        for page in pages
    )


def ours(opened: Opened, embedder: ModelEmbedder) -> Ranker:
    """The shipped search."""
    searcher = Searcher(opened, whole_words(packaged_folder()))

    def rank(question: str) -> Ranked:
        result = searcher.search(question, embedder, limit=10)
        keys = [found.passage_id for found in result.passages]
        return Ranked(keys, [found.text for found in result.passages], result.probability, result.verdict == "answer")

    return rank


def baselines(opened: Opened, embedder: ModelEmbedder) -> dict[str, Ranker]:
    """BM25, TF-IDF and MiniLM over whole sections: heading and text."""
    index = opened.index
    keys = [f"{place.page.path}#{place.section.anchor}" for place in index.places]
    bodies = [place.page.body(place.section) for place in index.places]
    texts = [f"{place.heading}. {plain(body)}" for place, body in zip(index.places, bodies, strict=True)]

    def ranker(score: Callable[[str], np.ndarray]) -> Ranker:
        def rank(question: str) -> Ranked:
            scores = score(question)
            top = np.argsort(-scores, kind="stable")[:10]
            return Ranked([keys[n] for n in top], [bodies[n] for n in top], float(scores[top[0]]))

        return rank

    bm25 = bm25s.BM25()
    bm25.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    tfidf = TfidfVectorizer(sublinear_tf=True)
    rows = tfidf.fit_transform(texts)
    matrix = embedder.embed(texts)

    def by_bm25(question: str) -> np.ndarray:
        tokens = bm25s.tokenize([question], return_ids=False, show_progress=False)[0]
        known = [token for token in tokens if token in bm25.vocab_dict]
        return bm25.get_scores(known) if known else np.zeros(len(texts))

    return {
        "bm25": ranker(by_bm25),
        "tfidf": ranker(lambda question: (rows @ tfidf.transform([question]).T).toarray().ravel()),
        "minilm": ranker(lambda question: matrix @ embedder.embed([question])[0]),
    }


def is_right(key: str, accepted: list[str]) -> bool:
    """Whether a section (`path#anchor` or `path`) is among the accepted places."""
    path, _, anchor = key.partition("#")
    return path in accepted or f"{path}#{anchor}" in accepted


def measure(rank: Ranker, queries: list[dict[str, str]], gold: dict[str, list[str]]) -> dict[str, float | None]:
    """All figures over the queries, shares from 0 to 1."""
    known = [row for row in queries if row["label"] == OUT_OF_SCOPE or row["label"] in gold]
    ranked = [(rank(row["text"]), gold.get(row["label"])) for row in known]
    places = [_place_of_right(found.keys, accepted) for found, accepted in ranked if accepted]
    figures: dict[str, float | None] = {
        "hit1": _mean([place == 1 for place in places]),
        "hit3": _mean([0 < place <= 3 for place in places]),
        "mrr": _mean([1 / place if place else 0.0 for place in places]),
    }
    answerable = [accepted is not None for _, accepted in ranked]
    right = [bool(accepted) and _place_of_right(found.keys, accepted or []) == 1 for found, accepted in ranked]
    sure = [found.sure for found, _ in ranked]
    figures["auroc"] = float(roc_auc_score(answerable, sure)) if len(set(answerable)) == 2 else None
    figures["answered_at_90"] = answered_at(0.9, sure, right, answerable)
    figures |= _at_shipped([found.answered for found, _ in ranked], right, answerable)
    return figures


def answered_at(precision: float, sure: list[float], right: list[bool], answerable: list[bool]) -> float:
    """The largest share of answerable questions answered above a threshold that keeps this precision."""
    best, shown, correct, good = 0.0, 0, 0, 0
    order = sorted(range(len(sure)), key=lambda n: -sure[n])
    for at, number in enumerate(order):
        shown, correct, good = shown + 1, correct + right[number], good + answerable[number]
        tied = at + 1 < len(order) and sure[order[at + 1]] == sure[number]
        if not tied and correct / shown >= precision:
            best = max(best, good / max(1, sum(answerable)))
    return best


def measure_facts(rank: Ranker, qa: list[dict[str, str]]) -> dict[str, float | None]:
    """Whether the expected fact stands in what is shown: in the first, in any of the first three."""
    first, three = [], []
    for row in qa:
        if row["kind"] == "answerable":
            wanted = [_bare(part) for part in row["expect"].split("|")]
            holds = [any(part in _bare(text) for part in wanted) for text in rank(row["question"]).shown[:3]]
            first.append(bool(holds) and holds[0])
            three.append(any(holds))
    return {"fact1": _mean(first), "fact3": _mean(three)}


def _at_shipped(answered: list[bool | None], right: list[bool], answerable: list[bool]) -> dict[str, float | None]:
    if any(value is None for value in answered):
        return {"answered": None, "precision": None, "false_answers": None}
    shown = [bool(value) for value in answered]
    return {
        "answered": _mean([value for value, good in zip(shown, answerable, strict=True) if good]),
        "precision": _mean([good for value, good in zip(shown, right, strict=True) if value]),
        "false_answers": _mean([value for value, good in zip(shown, answerable, strict=True) if not good]),
    }


def _place_of_right(keys: list[str], accepted: list[str]) -> int:
    return next((place for place, key in enumerate(keys, 1) if is_right(key, accepted)), 0)


def _bare(text: str) -> str:
    return "".join(text.casefold().split())


def _mean(values: list[bool] | list[float]) -> float | None:
    return float(np.mean(values)) if values else None


def show(results: dict[str, dict[str, float | None]]) -> None:
    """A table for people."""
    table = Table(title="Right passage, honest silence")
    table.add_column("")
    for name in results:
        table.add_column(name, justify="right")
    for figure in next(iter(results.values())):
        cells = [result.get(figure) for result in results.values()]
        table.add_row(figure, *("-" if cell is None else f"{cell:.3f}" for cell in cells))
    Console().print(table)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, needed in (("pages", True), ("queries", True), ("gold", True), ("examples", False), ("qa", False)):
        parser.add_argument(f"--{name}", type=Path, required=needed)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    gold = read_gold(given.gold)
    pages = load_pages(given.pages).pages
    if given.examples:
        pages = with_examples(pages, gold, rows_of(given.examples))
    embedder = ModelEmbedder()
    opened = index_pages(pages, embedder)
    queries = rows_of(given.queries)
    qa = rows_of(given.qa) if given.qa else []
    results = {}
    for name, rank in {
        "ours": ours(opened, embedder),
        **baselines(opened, ModelEmbedder(adapter=None)),
    }.items():
        facts = measure_facts(rank, qa) if qa else {"fact1": None, "fact3": None}
        results[name] = {**measure(rank, queries, gold), **facts}
    show(results)
    if given.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
