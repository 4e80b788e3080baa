"""What a text, a number or an address must be to come in: cleaned, bounded, refused by name."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from handoff.urls import parts_of

MAX_TEXT_CHARS = 4_000
MAX_SEQ = 2**53 - 1

# Control characters carry nothing a person wrote; PostgreSQL refuses NUL outright. Tab and newline stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PAGE_SCHEMES = ("", "http", "https")


def encodable(text: str) -> str:
    """The text; refused when it cannot be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise PydanticCustomError("invalid_field", "This is not valid Unicode: it holds half a character.") from None
    return text


def clean(text: str) -> str:
    """The text without control characters, with plain newlines."""
    return _CONTROLS.sub("", encodable(text).replace("\r\n", "\n").replace("\r", "\n"))


def _written(text: str) -> str:
    """What a person wrote: cleaned, not empty, not longer than the limit."""
    if len(text) > MAX_TEXT_CHARS:
        raise PydanticCustomError(
            "text_too_long",
            "The text has {length} characters; at most {limit} fit. Send it in parts.",
            {"length": len(text), "limit": MAX_TEXT_CHARS},
        )
    cleaned = clean(text).strip()
    if not cleaned:
        raise PydanticCustomError("text_empty", "The text is empty. Write something first.")
    return cleaned


def web_address(url: str) -> str:
    """The address; refused when it leads anywhere but to a page."""
    parts = parts_of(url)
    if parts is None or parts.scheme not in _PAGE_SCHEMES:
        raise PydanticCustomError("invalid_field", "The page's url must be an http(s) address.")
    return url


Cleaned = Annotated[str, AfterValidator(clean)]
WrittenText = Annotated[str, AfterValidator(_written)]
ClientId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]
"""Made once by the client for each message (a UUID, say); sending it again is answered with the first result."""
ConversationId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_\-]+$")]
Seq = Annotated[int, Field(ge=0, le=MAX_SEQ)]
