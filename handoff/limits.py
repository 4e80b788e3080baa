"""How often is too often: moving windows per address, conversation and agent; shared when there is a Redis."""

from __future__ import annotations

import time
from dataclasses import dataclass

import structlog
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from handoff.errors import RateLimited
from handoff.settings import Settings

log = structlog.get_logger()

LETTERS_PER_HOUR = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, and what to say at it."""

    name: str
    item: RateLimitItem
    sentence: str


class Limits:
    """Counts, and raises RateLimited. When the counting itself fails, nobody is kept out."""

    def __init__(self, settings: Settings) -> None:
        self.on = settings.rate_limits == "on"
        url = settings.redis_url
        storage = RedisStorage(f"async+{url}", implementation="redispy") if url else MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(storage)
        per_minute = RateLimitItemPerMinute
        self._limits = {
            limit.name: limit
            for limit in (
                Limit("requests", per_minute(settings.requests_per_minute), "Too many requests at once."),
                Limit("open", per_minute(settings.conversations_per_minute), "Too many new conversations at once."),
                Limit("write", per_minute(settings.messages_per_minute), "Too many messages at once."),
                Limit("sign_in", per_minute(settings.sign_ins_per_minute), "Too many attempts to sign in."),
                Limit("letter", RateLimitItemPerHour(LETTERS_PER_HOUR), "Too many letters."),
            )
        }

    async def hit(self, name: str, who: str) -> None:
        """Count one; raises RateLimited with the seconds until it may be tried again."""
        await self._ask(name, who, count=True)

    async def check(self, name: str, who: str) -> None:
        """Raise as `hit` would, without counting."""
        await self._ask(name, who, count=False)

    async def _ask(self, name: str, who: str, *, count: bool) -> None:
        if not self.on:
            return
        limit = self._limits[name]
        ask = self._limiter.hit if count else self._limiter.test
        try:
            if await ask(limit.item, name, who):
                return
            window = await self._limiter.get_window_stats(limit.item, name, who)
        except Exception as error:
            log.warning("limits_not_counted", why=type(error).__name__)
            return
        wait_s = max(1, round(window.reset_time - _now()))
        raise RateLimited(f"{limit.sentence} Wait {wait_s} seconds.", retry_after_s=wait_s)


def _now() -> float:
    # The windows are kept in the machine's time, whatever clock the desk goes by.
    return time.time()
