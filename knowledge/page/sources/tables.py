"""Tables of imported pages as readable sentences: a shopper in a small chat window cannot read a grid."""

from __future__ import annotations

import re

from knowledge.text.plain import is_rule

_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")


def tables_to_sentences(markdown: str) -> str:
    """The same Markdown with each table as a list: one item a row, “Belgium: working days 1–2, price 4.90 EUR.”"""
    made: list[str] = []
    table: list[str] = []
    for line in [*markdown.split("\n"), ""]:
        if _ROW.match(line):
            table.append(line)
            continue
        if table:
            made += ["", *rows_to_items(table), ""]
            table = []
        made.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(made)).strip("\n")


def rows_to_items(rows: list[str]) -> list[str]:
    """Rows of a Markdown table as list items. The row above the rule, if any, names the columns."""
    headed = len(rows) > 1 and is_rule(rows[1])
    header = _cells(rows[0]) if headed else []
    body = [_cells(row) for row in rows if not is_rule(row)][1 if headed else 0 :]
    if headed and not body:
        header, body = [], [header]
    return [f"- {item}" for row in body if (item := _item(header, row))]


def _item(header: list[str], row: list[str]) -> str:
    if not any(row):
        return ""
    if len([cell for cell in row if cell]) == 1:
        return _ended(next(cell for cell in row if cell))
    label, rest = row[0], row[1:]
    names = header[1:] if any(header) else []
    named = [_named(names[number] if number < len(names) else "", cell) for number, cell in enumerate(rest) if cell]
    corner = header[0] if header else ""
    lead = f"{corner} {label}" if corner and re.fullmatch(r"[\d.,–-]+", label) else label
    return _ended(f"{lead}: {', '.join(named)}" if lead else ", ".join(named))


def _named(name: str, cell: str) -> str:
    # “Price” in a sentence is “price”; “EU size” and “iDEAL” stay as they are.
    words = name[:1].lower() + name[1:] if re.match(r"[A-Z][a-z]", name) else name
    return f"{words} {cell}" if words else cell


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [" ".join(cell.replace("\\|", "|").split()) for cell in _BAR.split(inner)]
