"""What letters to shoppers say. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from handoff.sentences import HOME, say
from handoff.store.rows import StoredEvent
from handoff.wire import Json

WHO = {"shopper": "You", "bot": "Assistant", "system": "Desk"}


def reply_letter(shop: str, to: str, agent: str, text: str, question: str, language: str = HOME) -> Json:
    """An agent's answer to a message that was left."""
    quoted = "\n".join(f"> {line}" for line in question.splitlines())
    body = f"{text}\n\n{agent}\n{shop}\n" + (f"\n{say(language, 'you_wrote')}\n{quoted}\n" if question else "")
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
