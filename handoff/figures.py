"""The figures of the day, from what the store counted. Pure."""

from __future__ import annotations

from statistics import fmean, quantiles

from handoff.wire import Wire


class Figures(Wire):
    """The last 24 hours. Times in seconds; shares from 0 to 1; null where there is nothing to count."""

    handoffs: int
    resolved: int
    first_reply_p50_s: float | None
    first_reply_p90_s: float | None
    answered_share: float | None
    rating_mean: float | None
    rating_count: int


class Counted(Wire):
    """What the store counts for the figures."""

    waited_s: tuple[float, ...]
    handoffs: int
    resolved: int
    conversations: int
    without_handoff: int
    ratings: tuple[int, ...]


def figures(counted: Counted) -> Figures:
    """The figures of what was counted."""
    waited = sorted(counted.waited_s)
    tenths = quantiles(waited, n=10, method="inclusive") if len(waited) > 1 else waited * 9
    return Figures(
        handoffs=counted.handoffs,
        resolved=counted.resolved,
        first_reply_p50_s=tenths[4] if tenths else None,
        first_reply_p90_s=tenths[8] if tenths else None,
        answered_share=counted.without_handoff / counted.conversations if counted.conversations else None,
        rating_mean=fmean(counted.ratings) if counted.ratings else None,
        rating_count=len(counted.ratings),
    )
