"""Letters to shoppers: what they say, and how they leave."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from handoff.sentences import HOME, say
from handoff.store.rows import StoredEvent
from handoff.wire import Json

SMTP_TIMEOUT_S = 15.0
WHO = {"shopper": "You", "bot": "Assistant", "system": "Desk"}


def reply_letter(shop: str, to: str, agent: str, text: str, asked: str, language: str = HOME) -> Json:
    """An agent's answer to a message that was left."""
    quoted = "\n".join(f"> {line}" for line in asked.splitlines())
    body = f"{text}\n\n{agent}\n{shop}\n" + (f"\n{say(language, 'you_wrote')}\n{quoted}\n" if asked else "")
    return {"to": to, "subject": say(language, "mail_reply", shop=shop), "text": body}


def transcript_letter(shop: str, to: str, events: Sequence[StoredEvent], language: str = HOME) -> Json:
    """The whole conversation, as text."""
    lines = [
        f"{event.at:%Y-%m-%d %H:%M} UTC  {event.body.get('name') or WHO.get(event.body['from'], 'Agent')}:\n"
        f"{event.body['text']}\n{_source(event)}"
        for event in events
        if event.type == "message"
    ]
    return {"to": to, "subject": say(language, "mail_transcript", shop=shop), "text": "\n".join(lines)}


def _source(event: StoredEvent) -> str:
    answer = event.body.get("answer")
    return f"({answer['page_title']}, updated {answer['updated']}: {answer['url']})\n" if answer else ""


class Mailer:
    """Sends letters by SMTP; raises aiosmtplib.SMTPException or OSError when that fails."""

    def __init__(self, smtp_url: str, sender: str) -> None:
        parts = urlsplit(smtp_url)
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
