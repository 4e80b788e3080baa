"""Canned replies: texts that fill an agent's draft."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from handoff.wire import Wire, WrittenText

MAX_CANNED = 500


class Canned(Wire):
    """A reply that fills an agent's draft after `/name`; `{agent}`, `{shop}`, `{order}`, `{product}` are filled in."""

    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w\-]+$")]
    text: WrittenText


def _no_twins(replies: list[Canned]) -> list[Canned]:
    twins = [name for name, count in Counter(r.name for r in replies).items() if count > 1]
    if twins:
        raise PydanticCustomError(
            "invalid_field", "Two replies are called {name}: give one another name.", {"name": twins[0]}
        )
    return replies


class CannedReplies(Wire):
    """Each has a name of its own."""

    replies: Annotated[list[Canned], AfterValidator(_no_twins), Field(max_length=MAX_CANNED)]
