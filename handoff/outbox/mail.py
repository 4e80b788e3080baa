"""Letters on their way, by SMTP."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

import aiosmtplib

from handoff.errors import SettingsError
from handoff.outbox.channel import Undelivered
from handoff.store import Outgoing
from handoff.urls import parts_of
from handoff.wire import Json

SMTP_TIMEOUT_S = 15.0


class Mail:
    """The channel for letters."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer

    async def deliver(self, one: Outgoing) -> None:
        letter: Json = one.body
        try:
            await self._mailer.send(letter, one.id)
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise Undelivered(f"refused: {error}", for_good=True) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Undelivered(f"{type(error).__name__}: {error}") from None

    async def close(self) -> None:
        """Nothing stays open between letters."""


class Mailer:
    """Sends letters by SMTP; raises aiosmtplib.SMTPException or OSError when that fails."""

    def __init__(self, smtp_url: str, sender: str) -> None:
        parts = parts_of(smtp_url)
        if parts is None:
            raise SettingsError("CORNERDESK_SMTP_URL cannot be read: write it as smtp://user:password@host:587.")
        self._sender = sender
        self._options: dict[str, Any] = {
            "hostname": parts.hostname or "127.0.0.1",
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": parts.scheme == "smtps",
            # Encrypted whenever the server can; asked for outright when a password would travel.
            "start_tls": False if parts.scheme == "smtps" else True if parts.username else None,
            "timeout": SMTP_TIMEOUT_S,
        }

    async def send(self, letter: Json, message_id: str) -> None:
        """`message_id` stays the same when a letter is tried again, so that a mailbox can drop the second."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = letter["to"]
        message["Subject"] = " ".join(letter["subject"].split())
        message["Message-ID"] = f"<{message_id}@cornerdesk>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter["text"])
        await aiosmtplib.send(message, **self._options)
