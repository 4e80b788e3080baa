from __future__ import annotations

import pytest

from knowledge.text.denial import without_denied


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I don't want a refund, I want a replacement", "I want a replacement"),
        ("not a refund, i want the same thing in black", "i want the same thing in black"),
        ("not the AC one, how much for a TV to be fitted", "how much for a TV to be fitted"),
        ("not asking about sending it back, can you fix the zip", "can you fix the zip"),
        ("the pillow, not the mattress, how many nights", "the pillow, how many nights"),
        ("not in the hold, in the cabin", "in the cabin"),
        ("not the cancellation but the refund after", "the refund after"),
        ("No, not the tent. The bag: how warm is it?", "The bag: how warm is it?"),
    ],
)
def test_what_is_set_aside_for_something_else_goes(said: str, meant: str):
    assert without_denied(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "it did NOT arrive",
        "why can't I pay",
        "is it not waterproof?",
        "this is not the colour I ordered",
        "it's not in the box, what now",
        "not working. cart is 1,050",
        "not received, what now",
        "used it four days, not for me, what do i get back",
        "i don't want her to know",
        "money back on labels i dont need anymore",
        "if not in stock when will it be",
        "whether or not the tent is dry",
        "payment failed but money is gone",
        "not the tent",
        "",
    ],
)
def test_what_is_only_denied_stays(said: str):
    assert without_denied(said) == said
