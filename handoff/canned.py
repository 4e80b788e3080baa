"""Canned replies: texts that fill an agent's draft."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handoff.wire import Wire, WrittenText

MAX_CANNED = 500


class Canned(Wire):
    """A reply that fills an agent's draft after `/name`; `{agent}`, `{shop}`, `{order}`, `{product}` are filled in."""

    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w\-]+$")]
    text: WrittenText


class CannedReplies(Wire):
    replies: Annotated[list[Canned], Field(max_length=MAX_CANNED)]
