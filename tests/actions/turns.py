"""Turns as Rasa would hand them over, for tests: no engine, no model."""

import base64

import numpy as np

DIMENSION = 8


def vector(direction):
    """A unit vector; equal directions mean the same question."""
    values = np.zeros(DIMENSION, dtype="<f4")
    values[direction % DIMENSION] = 1.0
    return base64.b64encode(values.tobytes()).decode()


def found(passage_id="refunds/how-long.md#sixty-days", probability=0.9, **changes):
    facts = {
        "passage_id": passage_id,
        "page": passage_id.split("#")[0],
        "page_title": "How long you have",
        "heading": "Sixty days",
        "url": "/help/refunds/how-long#sixty-days",
        "updated": "2026-03-01",
        "text": "You have 60 days to send it back.",
        "probability": probability,
        "score": probability,
    }
    return {**facts, **changes}


# What the search offers as headings, by its verdict: which of the passages.
OFFERED = {"likely": slice(1, 3), "clarify": slice(0, 4)}


def searched(verdict="answer", probability=0.9, passages=None, **more):
    passages = passages if passages is not None else [found(probability=probability)]
    return {
        "index_version": "v1",
        "verdict": verdict,
        "probability": probability,
        "passages": passages,
        "choices": [passage["passage_id"] for passage in passages[OFFERED.get(verdict, slice(0))]],
        **more,
    }


def understood(text, direction=0, entities=(), language="en", **search):
    return {
        "text": text,
        "embedding": vector(direction),
        "dimension": DIMENSION,
        "language": language,
        "language_confidence": 0.9,
        "entities": list(entities),
        "search": searched(**search),
    }


def typed(text, act="ask", confidence=0.9, detections=None, **understanding):
    """Rasa's `latest_message` for a typed message."""
    return {
        "text": text,
        "intent": {"name": act, "confidence": confidence},
        "intent_ranking": [{"name": act, "confidence": confidence}],
        "entities": [],
        "detections": detections or {},
        "understanding": understood(text, **understanding),
    }


def likely(text="how do i get a label", **changes):
    """A question with a likely passage, "label", and two more, "paid" and "refund", one tap away."""
    passages = [
        found("returns.md#label", 0.4, heading="Getting a label"),
        found("returns.md#paid", 0.3, heading="Who pays", text="We pay for it, **from 80 EUR** on."),
        found("refunds.md#refund", 0.2, heading="The money back"),
    ]
    return typed(text, **{"verdict": "likely", "probability": 0.4, "passages": passages} | changes)


def pressed(act, passage=None):
    """Rasa's `latest_message` for a button, or for a thumbs down on a passage."""
    entities = [{"entity": "passage", "value": passage}] if passage else []
    return {"text": f"/{act}", "intent": {"name": act, "confidence": 1.0}, "entities": entities}
