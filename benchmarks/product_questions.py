"""Product questions: how often the first of ten pieces of evidence answers.

    python -m benchmarks.product_questions --data DIR [--json]

DIR holds test.csv: `qid,question,title,candidate,source,label` with label 2 for what answers. Each question's
candidates become the pages of a small shop of their own, searched with shipped settings; beside it plain MiniLM.
Questions that no candidate answers are left out.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.retrieval import rows_of
from knowledge.index.build import index_pages
from knowledge.model.embedder import ModelEmbedder, packaged_folder, whole_words
from knowledge.page.page import Page, page_from
from knowledge.search.search import Searcher

ANSWERS = "2"
TITLE_CHARS = 60


def readable(candidate: str) -> str:
    """An attribute of a feed as words: braces and field names away, as an import would write it."""
    text = re.sub(r"normalized_value:\s*\{[^}]*\},?", " ", candidate)
    text = re.sub(r"\b(?:value|unit):\s*", " ", text)
    return " ".join(re.sub(r"[{}\"]", " ", text).replace("_", " ").replace("Question:", " ").split())


def page_of(row: dict[str, str], number: int) -> Page:
    """One candidate as a page of its own."""
    front = {"title": row["title"][:TITLE_CHARS], "url": f"/{number}", "category": "products", "updated": "2026-01-01"}
    return page_from(f"{number}.md", front, readable(row["candidate"]) or "-", str(number))


def groups_of(path: Path) -> list[list[dict[str, str]]]:
    """The candidates of each question that at least one of them answers."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(path):
        groups.setdefault(row["qid"], []).append(row)
    return [rows for rows in groups.values() if any(row["label"] == ANSWERS for row in rows)]


def ours_first(rows: list[dict[str, str]], embedder: ModelEmbedder, real_words: frozenset[str]) -> int:
    """The number of the candidate that our search puts first."""
    opened = index_pages(tuple(page_of(row, number) for number, row in enumerate(rows)), embedder)
    found = Searcher(opened, real_words).search(rows[0]["question"], embedder, limit=1).passages
    return int(found[0].page.split(".")[0]) if found else 0


def minilm_first(rows: list[dict[str, str]], embedder: ModelEmbedder) -> int:
    """The number of the candidate whose vector is nearest to the question's."""
    question, *candidates = embedder.embed([rows[0]["question"], *(row["candidate"] for row in rows)])
    return int(np.argmax(np.stack(candidates) @ question))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    path = given.data if given.data.is_file() else given.data / "test.csv"
    if not path.is_file():
        path = given.data / "products_qa" / "test.csv"
    embedder, plain, real_words = ModelEmbedder(), ModelEmbedder(adapter=None), whole_words(packaged_folder())
    groups = groups_of(path)
    right = {"ours": 0, "minilm": 0}
    for rows in groups:
        right["ours"] += rows[ours_first(rows, embedder, real_words)]["label"] == ANSWERS
        right["minilm"] += rows[minilm_first(rows, plain)]["label"] == ANSWERS
    results = {name: {"hit1": count / len(groups)} for name, count in right.items()}
    table = Table("", "right evidence first", title=f"Product questions ({len(groups)})")
    for name, result in results.items():
        table.add_row(name, f"{result['hit1']:.3f}")
    Console().print(table)
    if given.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
