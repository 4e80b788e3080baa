"""Payloads of buttons, and how typed text is kept from passing for one."""

from __future__ import annotations

PAYLOAD_PREFIX = "/"
# Invisible, not white space (Rasa strips that), and never in front of anything a shopper types.
ESCAPE = "\u2060"


def escaped(text: str) -> str:
    """Typed text that Rasa cannot take for `/intent{…}`."""
    return ESCAPE + text.strip() if text.strip().startswith(PAYLOAD_PREFIX) else text


def typed(text: str) -> str:
    """What the shopper typed, without what `escaped` put before it."""
    return text[len(ESCAPE) :] if text.startswith(ESCAPE) else text
