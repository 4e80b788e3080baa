"""Postal codes in a message, read as “our pincode” where the pages speak of pincodes: codes stand on no page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Final


@dataclass(frozen=True)
class PostalCode:
    """One country's codes: how they are written, how pages call them, and what is read in their place."""

    written: re.Pattern[str]
    called: re.Pattern[str]
    read_as: str


# “order 781316”: the number of something.
_NUMBERED: Final = re.compile(
    r"(?:order|number|no|nr|ticket|claim|case|ref|reference|invoice|id|account|sku|item)\W*$", re.IGNORECASE
)
CODES: Final = (
    PostalCode(
        re.compile(r"(?<![\w#-])(?<!\d )[1-9]\d{2} ?\d{3}(?![\w-]| \d)"),
        re.compile(r"\bpin ?codes?\b", re.IGNORECASE),
        "our pincode",
    ),
    PostalCode(
        re.compile(r"(?<![\w-])[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?![\w-])", re.IGNORECASE),
        re.compile(r"\bpost ?codes?\b", re.IGNORECASE),
        "our postcode",
    ),
    PostalCode(
        re.compile(r"(?<![\w#-])(?<!\d )\d{5}(?:-\d{4})?(?![\w-]| \d)"),
        re.compile(r"\bzip ?codes?\b", re.IGNORECASE),
        "our zip code",
    ),
)


class PostalCodes:
    """Reads the kinds of codes that a shop's pages speak of, and leaves all other numbers alone."""

    def __init__(self, text_of_pages: str) -> None:
        self._codes = tuple(code for code in CODES if code.called.search(text_of_pages))

    def read(self, text: str) -> str:
        """The text with each postal code put as what it is."""
        for code in self._codes:
            text = code.written.sub(partial(_read, code), text)
        return text


def _read(code: PostalCode, match: re.Match[str]) -> str:
    return match.group() if _NUMBERED.search(match.string[: match.start()]) else code.read_as
