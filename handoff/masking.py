"""What is not kept: payment-card numbers in anything that is stored (only the last four digits stay), and what tells
whose a question was in what is learned from.
"""

from __future__ import annotations

import re

# 13 to 19 digits, with single spaces, dots or dashes between them, not part of a longer run of digits.
_CANDIDATE = re.compile(r"(?<![\dA-Za-z])\d(?:[ .\-\u00a0\u2010-\u2015]?\d){12,18}(?![\dA-Za-z])")
# How the numbers of the card schemes begin, and how long they are (ISO/IEC 7812 ranges in use).
_SCHEMES = re.compile(
    r"4\d{12}(?:\d{3}){0,2}"  # Visa
    r"|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[68]\d)\d{11,16}"  # Diners
    r"|(?:6011|64[4-9]\d|65\d{2}|62\d{2}|81\d{2})\d{12,15}"  # Discover, UnionPay
    r"|35(?:2[89]|[3-8]\d)\d{12,15}"  # JCB
    r"|(?:5018|5020|5038|5[6-9]\d{2}|6304|6759|676[1-3]|67\d{2})\d{8,15}"  # Maestro
)


def mask_cards(text: str) -> str:
    """The text with every payment-card number reduced to its last four digits."""
    return _CANDIDATE.sub(_mask, text)


# An e-mail address, and a number of six digits or more (a telephone, an order), with what is written around them.
_PERSONAL = re.compile(
    r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|(?<!\w)[+#]?(?:[A-Za-z]{1,5}[\-_]?)?\d(?:[ .\-/()]{0,2}\d){5,}\w*"
)


def mask_personal(text: str) -> str:
    """The text without addresses and long numbers: what a question asks stays, whose it was does not."""
    return _PERSONAL.sub("…", text)


def _mask(found: re.Match[str]) -> str:
    written = found.group()
    digits = [str(int(c)) for c in written if c.isdigit()]
    if not (_SCHEMES.fullmatch("".join(digits)) and _luhn(digits)):
        return written
    seen, masked = 0, []
    for c in written:
        seen += c.isdigit()
        masked.append("•" if c.isdigit() and seen <= len(digits) - 4 else c)
    return "".join(masked)


def _luhn(digits: list[str]) -> bool:
    """The check digit of ISO/IEC 7812: doubling every second digit from the right, sums to a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0
