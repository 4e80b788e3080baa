"""The questions before this one, read from the conversation that Rasa keeps: what a follow-up leans on."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.components.payload import PAYLOAD_PREFIX, typed

# So many questions before go along with a new one, as `Previous` of the knowledge service takes them.
MOST = 3
MAX_CHARS = 4_000


async def previous_question(store: TrackerStore, sender: str) -> Optional[Dict[str, Any]]:
    """The last questions of a conversation's episode; None when nothing was typed yet."""
    tracker = await store.retrieve(sender)
    return previous_in(tracker.events) if tracker else None


def previous_in(events: Iterable[Event]) -> Optional[Dict[str, Any]]:
    """The question typed last and up to two before it, the latest first, each with the passage that answered it.

    Where none was shown it is the best that was found. A choice that was tapped answers the question before it.
    """
    asked: List[Dict[str, Any]] = []
    for event in events:
        if isinstance(event, UserUttered) and event.text and not event.text.startswith(PAYLOAD_PREFIX):
            asked.append({"question": typed(event.text)[:MAX_CHARS], "passage_id": _best(event)})
        elif isinstance(event, BotUttered) and asked:
            asked[-1]["passage_id"] = _shown(event) or asked[-1]["passage_id"]
    last = asked[-MOST:][::-1]
    return {**last[0], "earlier": last[1:]} if last else None


def _best(event: UserUttered) -> Optional[str]:
    understanding = (event.parse_data or {}).get("understanding") or {}
    passages = (understanding.get("search") or {}).get("passages") or []
    return passages[0]["passage_id"] if passages else None


def _shown(event: BotUttered) -> Optional[str]:
    answer = ((event.data or {}).get("custom") or {}).get("answer")
    return answer["passage_id"] if answer else None
