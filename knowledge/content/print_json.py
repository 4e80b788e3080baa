"""What the content team's commands print for machines: typed results as plain records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from knowledge.content.diff import Diff
from knowledge.content.evaluate import Evaluation
from knowledge.content.learn import Learned, Suggestion
from knowledge.content.watch import Round
from knowledge.importing.run import Imported
from knowledge.search.answers import QuestionAnswer
from knowledge.terminal import fault_record


def import_record(done: Imported) -> dict[str, object]:
    """What an import did."""
    faults = [fault_record(fault) for fault in done.faults]
    return {"written": done.written, "unchanged": done.unchanged, "faults": faults, "more_faults": done.more_faults}


def answer_record(answer: QuestionAnswer) -> dict[str, object]:
    first = answer.first
    return {
        "verdict": answer.verdict,
        "probability": round(answer.probability, 4),
        "passage": first.passage_id if first else None,
        "text": answer.shown.text if answer.shown else None,
        "choices": answer.choices if answer.verdict == "clarify" else (),
    }


def diff_record(found: Diff) -> dict[str, object]:
    """What changes for shoppers; questions that stay as they are only counted."""
    changes = [
        {
            "kind": change.kind,
            "question": change.question,
            "old": answer_record(change.old),
            "new": answer_record(change.new),
        }
        for change in found.changed
    ]
    return {"old": found.old_version, "new": found.new_version, "counts": found.counts, "changes": changes}


def evaluation_record(found: Evaluation) -> dict[str, object]:
    """The figures of an evaluation."""
    right, asked_back = found.clarified
    return {
        "questions": len(found.outcomes),
        "answer_from": found.answer_from,
        "clarify_from": found.clarify_from,
        "shipped": asdict(found.shipped),
        "best_at_90": asdict(found.best) if found.best else None,
        "clarified": {"asked": asked_back, "with_right_heading": right},
        "brier": found.brier,
        "calibration_error": found.calibration_error,
        "curve": [asdict(one) for one in found.curve],
        "bins": [asdict(one) for one in found.bins],
        "wrong": [asdict(one) for one in found.wrong],
        "missed": [asdict(one) for one in found.missed],
    }


def learned_record(found: Learned, written: Sequence[Suggestion]) -> dict[str, object]:
    """What old tickets teach, what they do to held-out questions, and how much of it was written."""
    return {
        "suggestions": [
            {"section": one.lesson.place, "question": one.lesson.question, "times": one.times, "line": one.line}
            for one in found.suggestions
        ],
        "unplaced": [asdict(one) for one in found.unplaced],
        "held_out": asdict(found.proof),
        "harmful": found.proof.harmful,
        "written": len(written),
    }


def round_record(done: Round) -> dict[str, object]:
    """What one save led to."""
    return {
        "version": done.built.manifest.version if done.built else None,
        "changed": done.built.changed if done.built else (),
        "refused": [fault_record(fault) for fault in done.refused],
        "trouble": done.trouble,
        "sections": [asdict(section) for section in done.sections],
        "changes": [{"kind": change.kind, "question": change.question} for change in done.changes],
        "seconds": round(done.seconds, 3),
    }
