"""The shop's promises about time, and how close each conversation is to breaking one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from handoff.conversation import Conversation, PromiseName

# The warning comes when this share of the promised time has passed.
WARN_AT = 0.75

Level = Literal["ok", "soon", "late"]


@dataclass(frozen=True, slots=True)
class Promise:
    """Seconds until a person's first words, and until it is resolved; 0 promises nothing."""

    first_reply_s: float
    resolution_s: float

    @property
    def first_warning_s(self) -> float:
        """After how long the first of the promises may call for a warning; 0 when nothing is promised."""
        return WARN_AT * min((s for s in (self.first_reply_s, self.resolution_s) if s > 0), default=0.0)


@dataclass(frozen=True, slots=True)
class Standing:
    """When the next reply and the resolution are due, and the worse of the two levels."""

    level: Level
    reply_due_at: datetime | None
    resolve_due_at: datetime | None


def standing(chat: Conversation, promise: Promise, now: datetime, opens_at: datetime | None = None) -> Standing:
    """Where a conversation stands. A message left is due after the next opening, `opens_at`."""
    waits_since = _waits_since(chat)
    if chat.state == "message_left" and opens_at is not None:
        waits_since = opens_at
    reply = _due(waits_since, promise.first_reply_s)
    resolve = _due(chat.waiting_since, promise.resolution_s)
    levels = [_level(reply, promise.first_reply_s, now), _level(resolve, promise.resolution_s, now)]
    return Standing(max(levels, key=["ok", "soon", "late"].index), reply, resolve)


@dataclass(frozen=True, slots=True)
class Warned:
    """A promise that is about to break, or has: which one, and when it was due."""

    promise: PromiseName
    due_at: datetime
    level: Level


def warnings(chat: Conversation, promise: Promise, now: datetime, opens_at: datetime | None = None) -> list[Warned]:
    """What people should be warned of now, and have not been: each due time once."""
    where = standing(chat, promise, now, opens_at)
    found: list[Warned] = []
    if where.reply_due_at and where.reply_due_at != chat.reply_warned:
        found.append(Warned("first_reply", where.reply_due_at, _level(where.reply_due_at, promise.first_reply_s, now)))
    if where.resolve_due_at and where.resolve_due_at != chat.resolve_warned:
        level = _level(where.resolve_due_at, promise.resolution_s, now)
        found.append(Warned("resolution", where.resolve_due_at, level))
    return [warned for warned in found if warned.level != "ok"]


def _waits_since(chat: Conversation) -> datetime | None:
    return chat.unanswered_since if chat.state == "assigned" else chat.waiting_since


def _due(since: datetime | None, promised_s: float) -> datetime | None:
    return since + timedelta(seconds=promised_s) if since and promised_s > 0 else None


def _level(due: datetime | None, promised_s: float, now: datetime) -> Level:
    if due is None:
        return "ok"
    left_s = (due - now).total_seconds()
    return "late" if left_s <= 0 else "soon" if left_s <= promised_s * (1 - WARN_AT) else "ok"
