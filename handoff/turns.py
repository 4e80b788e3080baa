"""How a bot turn begins: which message is next, and the lease under which one process computes its answer.

Running turns needs the desk, and the desk's verbs begin them: beginning stands below the desk, here, and running above
it, in `turn_runner.py`.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from handoff.store import BotTurn
from handoff.store.unit_of_work import UnitOfWork

# A turn that is not finished this long after the engine's own limit was abandoned: by a crash, say.
TURN_GRACE_S = 5.0


async def begin_turn(work: UnitOfWork, lasts_s: float, bridge_id: str) -> None:
    """Take the next unanswered message, if the assistant has the conversation and is not busy with another."""
    chat = work.conversation
    busy = await work.turn_under_way(bridge_id)
    event = None if busy or chat.state != "bot" else await work.next_unanswered()
    if event is None:
        return
    token = secrets.token_urlsafe(12)
    work.become(chat.with_turn(token, work.at + timedelta(seconds=lasts_s), bridge_id))
    work.turn = BotTurn(
        conversation_id=chat.id,
        token=token,
        version=chat.version,
        episode=chat.episode,
        seq=event.seq,
        text=event.body.get("text", ""),
        payload=event.payload,
        page=chat.page,
        previous=chat.previous,
        language=chat.language,
    )
