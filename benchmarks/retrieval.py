"""How often the pages' answer is found, shown and within reach, and how often silence is right.

    python -m benchmarks.retrieval --pages DIR [--answers CSV] [--examples CSV] [--qa CSV] [--replay] [--json]

A fresh index is made of the pages with shipped settings, and each message is put to it as the first of a conversation.
Beside ours, in the same run: BM25 and plain MiniLM over whole sections. Files: answers `text,kind,sections,partly` and
perhaps `page` (see `benchmarks/truth.py`), examples in the same form, attached to the sections that answer them, qa
`question,kind,expect,page`.

With `--replay` the answers are taken as a shop's use in order of time: the first half of those that some section
answers is confirmed, each for its best section, and all of the second half is asked before and after.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import bm25s
import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks import report
from benchmarks.truth import Case, in_use, read_cases, rows_of, with_examples
from knowledge.index.build import index_pages
from knowledge.index.index_folder import Opened
from knowledge.model.embedder import ModelEmbedder, packaged_folder, whole_words
from knowledge.page.folder import load_pages
from knowledge.page.page import Page
from knowledge.search.search import Searcher
from knowledge.text.plain import plain
from knowledge.wire.search import PageContext, Verdict

Figures = dict[str, float | None]
MOST: Final = 10
SHOWN: Final = ("answer", "likely")


@dataclass(frozen=True)
class Outcome:
    """What came of one message: passages and their texts, best first, how sure, what was said, and what was offered.

    `offered` are the passages one tap away from what is shown. A baseline says nothing: its `verdict` is None.
    """

    passages: tuple[str, ...]
    texts: tuple[str, ...]
    probability: float
    verdict: Verdict | None = None
    offered: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The passage that is shown, if one is."""
        return self.passages[:1] if self.verdict in SHOWN else ()


Ranker = Callable[[Case], Outcome]


def ours(opened: Opened, embedder: ModelEmbedder) -> Ranker:
    """The shipped search."""
    searcher = Searcher(opened, whole_words(packaged_folder()))
    pages = {page.path: page for page in opened.index.pages}

    def rank(case: Case) -> Outcome:
        page = pages.get(case.page)
        context = PageContext(url=page.url, title=page.title, sku=page.sku) if page else None
        result = searcher.search(case.text, embedder, page=context, limit=MOST)
        return Outcome(
            tuple(found.passage_id for found in result.passages),
            tuple(found.text for found in result.passages),
            result.probability,
            result.verdict,
            tuple(result.offered),
        )

    return rank


def baselines(opened: Opened, embedder: ModelEmbedder) -> dict[str, Ranker]:
    """BM25 and MiniLM over whole sections: heading and text."""
    index = opened.index
    keys = [f"{place.page.path}#{place.section.anchor}" for place in index.places]
    bodies = [place.page.body(place.section) for place in index.places]
    texts = [f"{place.heading}. {plain(body)}" for place, body in zip(index.places, bodies, strict=True)]
    matrix = embedder.embed(texts)
    bm25 = bm25s.BM25()
    bm25.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def by_words(question: str) -> np.ndarray:
        tokens = bm25s.tokenize([question], return_ids=False, show_progress=False)[0]
        known = [token for token in tokens if token in bm25.vocab_dict]
        return bm25.get_scores(known) if known else np.zeros(len(texts))

    def ranker(score: Callable[[str], np.ndarray]) -> Ranker:
        def rank(case: Case) -> Outcome:
            scores = score(case.text)
            top = np.argsort(-scores, kind="stable")[:MOST]
            return Outcome(tuple(keys[n] for n in top), tuple(bodies[n] for n in top), float(scores[top[0]]))

        return rank

    return {"bm25": ranker(by_words), "minilm": ranker(lambda question: matrix @ embedder.embed([question])[0])}


def measure(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Figures:
    """All figures over messages and what came of them, shares from 0 to 1; None where nothing is counted."""
    both = list(zip(cases, outcomes, strict=True))
    answerable = [(case, found) for case, found in both if case.answerable]
    none = [(case, found) for case, found in both if case.kind == "none"]
    figures: Figures = {
        "first": _share(case.right(found.passages[:1]) for case, found in answerable),
        "three": _share(case.right(found.passages[:3]) for case, found in answerable),
        "first_or_partly": _share(case.right(found.passages[:1], partly=True) for case, found in answerable),
        "auroc": _auroc([found for _, found in answerable], [found for _, found in none]),
    }
    told = all(found.verdict for _, found in both)
    return {**figures, **(_said(both, answerable, none) if told else dict.fromkeys(SAID)), "n": float(len(answerable))}


SAID: Final = (
    "answered",
    "precision",
    "precision_partly",
    "shown_right",
    "in_reach",
    "not_said",
    "false_answers",
    "false_shown",
    "asked_back_right",
)
Pairs = Sequence[tuple[Case, Outcome]]


def _said(both: Pairs, answerable: Pairs, none: Pairs) -> Figures:
    sure = [(case, found) for case, found in (*answerable, *none) if found.verdict == "answer"]
    ambiguous = [(case, found) for case, found in both if case.kind == "ambiguous"]
    return {
        "answered": _share(found.verdict == "answer" for _, found in answerable),
        "precision": _share(case.right(found.shown) for case, found in sure),
        "precision_partly": _share(case.right(found.shown, partly=True) for case, found in sure),
        "shown_right": _share(case.right(found.shown) for case, found in answerable),
        "in_reach": _share(case.right((*found.shown, *found.offered)) for case, found in answerable),
        "not_said": _share(not found.shown and not found.offered for _, found in answerable),
        "false_answers": _share(found.verdict == "answer" for _, found in none),
        "false_shown": _share(bool(found.shown) for _, found in none),
        "asked_back_right": _share(case.right((*found.shown, *found.offered)) for case, found in ambiguous),
    }


def measure_facts(rank: Ranker, qa: Sequence[dict[str, str]]) -> Figures:
    """Whether the expected fact stands in the first passage, in the first three, in what is shown."""
    first, three, shown = [], [], []
    for row in qa:
        if row["kind"] == "answerable":
            wanted = [_bare(part) for part in row["expect"].split("|")]
            found = rank(Case(row["question"], "answer"))
            holds = [any(part in _bare(text) for part in wanted) for text in found.texts[:3]]
            first.append(bool(holds) and holds[0])
            three.append(any(holds))
            shown.append(first[-1] and bool(found.shown))
    return {"fact1": _share(first), "fact3": _share(three), "fact_shown": _share(shown)}


def _auroc(answerable: Sequence[Outcome], none: Sequence[Outcome]) -> float | None:
    if not answerable or not none:
        return None
    truth = [True] * len(answerable) + [False] * len(none)
    return float(roc_auc_score(truth, [found.probability for found in (*answerable, *none)]))


def _bare(text: str) -> str:
    return "".join(text.casefold().split())


def _share(values: Iterable[object]) -> float | None:
    counted = [bool(value) for value in values]
    return sum(counted) / len(counted) if counted else None


def turned(results: dict[str, Figures]) -> dict[str, Figures]:
    """Results by figure instead of by name."""
    figures = next(iter(results.values()))
    return {figure: {name: results[name][figure] for name in results} for figure in figures}


def replay(pages: tuple[Page, ...], cases: Sequence[Case], embedder: ModelEmbedder) -> dict[str, Figures]:
    """The figures of the later half of the messages, before and after the earlier half was confirmed in use."""
    confirmed, asked = in_use(cases)
    results = {}
    for name, state in (("before", pages), ("after", with_examples(pages, confirmed))):
        rank = ours(index_pages(state, embedder), embedder)
        results[name] = {**measure(asked, [rank(case) for case in asked]), "confirmed": float(len(confirmed))}
    return results


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    for name in ("answers", "examples", "qa"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.replay and not given.answers:
        parser.error("--replay needs --answers: what is confirmed, and what is asked.")
    pages = load_pages(given.pages).pages
    if given.examples:
        pages = with_examples(pages, read_cases(given.examples))
    embedder = ModelEmbedder()
    if given.replay:
        replayed = replay(pages, read_cases(given.answers), embedder)
        report.show("The later half, before and after the earlier half was confirmed", turned(replayed))
        report.finish(replayed, given.json)
        return
    opened = index_pages(pages, embedder)
    cases = read_cases(given.answers) if given.answers else []
    qa = rows_of(given.qa) if given.qa else []
    rankers = {"ours": ours(opened, embedder), **baselines(opened, ModelEmbedder(adapter=None))}
    results = {
        name: {**measure(cases, [rank(case) for case in cases]), **measure_facts(rank, qa)}
        for name, rank in rankers.items()
    }
    report.show("The pages' answer: found, shown, within reach", turned(results))
    report.finish(results, given.json)


if __name__ == "__main__":
    main()
