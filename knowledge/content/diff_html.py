"""The report of a diff as one HTML file that needs nothing else: for a browser, a mail or a ticket."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from knowledge.content.diff import KINDS, Change, Diff
from knowledge.search.answers import QuestionAnswer
from knowledge.text.plain import plain

# What came of a question, in an editor's words, by verdict.
SAID = {
    "answer": "answered",
    "likely": "answered as likely",
    "clarify": "headings offered",
    "unknown": "no answer",
}
_STYLE = """
:root { color-scheme: light dark; --line: #d6d6d0; --soft: #6a6a63; --ground: #fff; --text: #1d1d1a;
  --old: #fbe4e0; --new: #dff2e1; --mark: #f2f1ec; }
@media (prefers-color-scheme: dark) { :root { --line: #3d3d38; --soft: #a5a59c; --ground: #1a1a18; --text: #ecece6;
  --old: #4a2620; --new: #1f3d24; --mark: #2a2a27; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 2rem 1rem 4rem; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
.soft { color: var(--soft); font-size: .875rem; }
table { border-collapse: collapse; } td { padding: .2rem 1rem .2rem 0; } td:first-child { text-align: right;
  font-variant-numeric: tabular-nums; }
article { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; overflow: hidden; }
article h3 { margin: 0; padding: .6rem 1rem; font-size: 1rem; background: var(--mark); overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: 1fr 1fr; }
.sides > div { padding: .6rem 1rem; overflow-wrap: anywhere; }
.sides > div + div { border-left: 1px solid var(--line); }
.sides p { margin: .3rem 0; white-space: pre-line; }
del, ins { text-decoration: none; border-radius: .2rem; padding: 0 .1rem; }
del { background: var(--old); } ins { background: var(--new); }
@media (max-width: 40rem) { .sides { grid-template-columns: 1fr; }
  .sides > div + div { border-left: 0; border-top: 1px solid var(--line); } }
"""


def diff_html(diff: Diff, title: str = "What changes for shoppers") -> str:
    """The whole report; nothing in it is fetched, run or trusted: every text of a page or question is escaped."""
    rows = "".join(
        f"<tr><td>{count}</td><td><a href='#{kind}'>{escape(KINDS[kind])}</a></td></tr>"
        if count and kind != "same"
        else f"<tr><td>{count}</td><td>{escape(KINDS[kind])}</td></tr>"
        for kind, count in diff.counts.items()
    )
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<p class='soft'>{len(diff.changes)} questions, from version {escape(diff.old_version)} to "
        f"{escape(diff.new_version)}</p><table>{rows}</table>{''.join(_groups(diff))}</body></html>\n"
    )


def _groups(diff: Diff) -> Iterator[str]:
    for kind, changes in groupby(diff.changed, key=lambda change: change.kind):
        yield f"<h2 id='{kind}'>Questions that {escape(KINDS[kind])}</h2>"
        yield from map(_change, changes)


def _change(change: Change) -> str:
    old, new = _words(change.old), _words(change.new)
    before, after = _marked(old, new) if change.kind == "reworded" else (escape(old), escape(new))
    return (
        f"<article><h3>{escape(change.question)}</h3><div class='sides'>"
        f"<div>{_head('Before', change.old)}<p>{before}</p></div>"
        f"<div>{_head('After', change.new)}<p>{after}</p></div></div></article>"
    )


def _head(when: str, answer: QuestionAnswer) -> str:
    where = ""
    if shown := answer.shown:
        where = f"<br>{escape(shown.page_title)} › {escape(shown.heading)} ({escape(shown.page)})"
    return f"<span class='soft'>{when}: {SAID[answer.verdict]}, probability {answer.probability:.2f}{where}</span>"


def _words(answer: QuestionAnswer) -> str:
    if answer.shown:
        return plain(answer.shown.text)
    return "\n".join(answer.choices) if answer.verdict == "clarify" else ""


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both texts, escaped, with the words that differ marked."""
    mine, theirs = re.split(r"(\s+)", old), re.split(r"(\s+)", new)
    before, after = [], []
    for step, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        gone, come = escape("".join(mine[a:b])), escape("".join(theirs[c:d]))
        before.append(gone if step == "equal" else f"<del>{gone}</del>" if gone else "")
        after.append(come if step == "equal" else f"<ins>{come}</ins>" if come else "")
    return "".join(before), "".join(after)
