"""How a benchmark speaks: a table for people and, with `--json`, one JSON object as the last line."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def show(title: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Print one row a name, one column a figure."""
    table = Table(title=title, title_justify="left")
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    for name, row in rows.items():
        table.add_row(name, *(_cell(row.get(column)) for column in columns))
    Console().print(table)


def finish(result: object, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result))


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` (0 to 1) of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timing(seconds: Sequence[float], elapsed_s: float) -> dict[str, float]:
    """Sum up how long each of some replies took, and how many came in a second."""
    return {
        "p50_ms": round(statistics.median(seconds) * 1000, 1),
        "p95_ms": round(percentile(seconds, 0.95) * 1000, 1),
        "per_s": round(len(seconds) / elapsed_s, 1),
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
