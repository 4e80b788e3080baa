"""What the engine remembers of conversations, and how it forgets them: Rasa's tracker stores can only add."""

from __future__ import annotations

from typing import Any, Iterable

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore


class UnforgettableError(RuntimeError):
    """The tracker store is of a kind that nothing can be taken out of here."""


def forget(store: TrackerStore, conversations: Iterable[str]) -> int:
    """Take out every episode of these conversations; gives how many trackers that were."""
    kept = innermost(store)
    if isinstance(kept, InMemoryTrackerStore):
        return sum(_from_memory(kept, conversation) for conversation in conversations)
    if isinstance(kept, SQLTrackerStore):
        return sum(_from_database(kept, conversation) for conversation in conversations)
    raise UnforgettableError(f"Nothing can be erased from a {type(kept).__name__}: use tracker_store type SQL.")


def innermost(store: Any) -> Any:
    """The store itself, without what Rasa wraps around it."""
    while hasattr(store, "_tracker_store"):
        store = store._tracker_store
    return store


def _from_memory(store: InMemoryTrackerStore, conversation: str) -> int:
    senders = [sender for sender in store.store if sender.startswith(f"{conversation}.")]
    for sender in senders:
        del store.store[sender]
    return len(senders)


def _from_database(store: SQLTrackerStore, conversation: str) -> int:
    sender = store.SQLEvent.sender_id
    with store.session_scope() as session:
        found = session.query(store.SQLEvent).filter(sender.startswith(f"{conversation}.", autoescape=True))
        trackers = {row[0] for row in found.with_entities(sender).distinct()}
        found.delete(synchronize_session=False)
        session.commit()
    return len(trackers)
