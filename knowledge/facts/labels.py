"""What tables, lists and headings call things: the kinds that a label names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from knowledge.facts.kinds import BY_NAME, KINDS, FactKind
from knowledge.facts.measures import Measure

LONGEST_LABEL: Final = 40

# Words after which a label speaks of something else than the product itself.
_OF_OTHERS: Final = re.compile(
    r"\b(?:max(?:imum)?|rider|riders|user|person|people|load|carr(?:y|ies)|body|chest|bust|waist|hips?|shipping|delivery"
    r"|parcel|minimum|per (?:order|month))\b",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r",|\band\b|&|\bof the\b")
_BEFORE: Final = re.compile(r"^(?:the|its|our|which|what|available)\s+|\W+$", re.IGNORECASE)


def kind_of(label: str, found: Iterable[Measure] = ()) -> FactKind | None:
    """The kind that a label names, given the numbers that it stands beside.

    Where it names several it is the one in whose units the numbers are: a size of 42 cm is a dimension, that of M not.
    """
    named = _named(label)
    units = {one.unit for one in found}
    measured = [kind for kind in named if units & set(kind.units)]
    free = [kind for kind in named if not kind.units]
    if measured or (named and not units):
        return (measured or free or named)[0]
    if free:
        return free[0]
    sides = units & {"mm^2", "mm^3"} and len(label) <= LONGEST_LABEL
    return BY_NAME["dimensions"] if sides else None


@lru_cache(maxsize=4_096)
def kinds_headed(heading: str) -> frozenset[str]:
    """The kinds that a heading is about: “Size, weight and colours” is about three, “Weight of a parcel” about none."""
    if _OF_OTHERS.search(heading):
        return frozenset()
    parts = [_BEFORE.sub("", part.strip()) for part in _JOINED.split(heading)]
    return frozenset(kind.name for kind in KINDS if any(kind.label.fullmatch(part) for part in parts))


@lru_cache(maxsize=4_096)
def _named(label: str) -> tuple[FactKind, ...]:
    if len(label) > LONGEST_LABEL or _OF_OTHERS.search(label):
        return ()
    return tuple(kind for kind in KINDS if kind.label.search(label))
