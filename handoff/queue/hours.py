"""When people are at the desk: opening hours in the shop's time zone, and holidays. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import get_day_names, get_month_names

from handoff.sentences import HOME, say

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(r"(?P<days>[A-Za-z ,\-]+?)\s+(?P<opens>\d{1,2}(?::\d{2})?)\s*-\s*(?P<closes>\d{1,2}(?::\d{2})?)")
LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class Span:
    """Open on one day of the week (0 is Monday), from `opens` to `closes`, in the shop's time."""

    day: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Hours:
    """The shop's week. No spans at all means always open."""

    spans: tuple[Span, ...]
    zone: ZoneInfo
    holidays: frozenset[date]
    text: str

    def open_at(self, at: datetime) -> bool:
        """Whether the desk is open at this instant."""
        if not self.spans:
            return True
        local = at.astimezone(self.zone)
        if local.date() in self.holidays:
            return False
        return any(s.day == local.weekday() and s.opens <= local.time() < s.closes for s in self.spans)

    def next_opening(self, at: datetime) -> datetime | None:
        """The first opening after this instant, in UTC; None when there is none within two months."""
        local = at.astimezone(self.zone)
        for ahead in range(LOOK_AHEAD_DAYS):
            day = local.date() + timedelta(days=ahead)
            for opens in sorted(s.opens for s in self.spans if s.day == day.weekday()):
                # Wall-clock times: a day's opening stays at nine across a change to summer time.
                opening = datetime.combine(day, opens, self.zone)
                if day not in self.holidays and opening > at:
                    return opening.astimezone(UTC)
        return None

    def in_words(self, opening: datetime, now: datetime, language: str = HOME) -> str:
        """An opening as people say it: "today at 9:00", "tomorrow at 9:00", "Monday at 9:00", "3 January at 9:00"."""
        there, here = opening.astimezone(self.zone), now.astimezone(self.zone)
        city = self.zone.key.split("/")[-1].replace("_", " ")
        day = _day_in_words(there, (there.date() - here.date()).days, language)
        return say(language, "at", day=day, time=f"{there.hour}:{there:%M}", city=city)


def _day_in_words(day: datetime, ahead: int, language: str) -> str:
    if ahead < 2:
        return say(language, "tomorrow" if ahead else "today")
    if ahead < 7:
        return str(get_day_names("wide", locale=language)[day.weekday()])
    return say(language, "date", day=day.day, month=get_month_names("wide", locale=language)[day.month])


def parse_hours(text: str, zone: str, holidays: str = "") -> Hours:
    """Read `Mon-Fri 9:00-18:00, Sat 10:00-16:00`; raises ValueError with a sentence."""
    try:
        where = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{zone!r} is no time zone; write it like Europe/Brussels") from None
    spans = tuple(span for found in _SPAN.finditer(text) for span in _spans(found))
    left_over = _SPAN.sub("", text).strip(" ,;\n\t")
    if left_over:
        raise ValueError(f"{left_over!r} cannot be read; write hours like `Mon-Fri 9:00-18:00, Sat 10:00-16:00`")
    return Hours(spans, where, frozenset(_dates(holidays)), text.strip())


def _spans(found: re.Match[str]) -> list[Span]:
    opens, closes = (_time(found[name]) for name in ("opens", "closes"))
    if closes <= opens:
        raise ValueError(f"{found[0].strip()!r} closes before it opens; write a night as two spans")
    return [Span(day, opens, closes) for part in found["days"].split(",") if part.strip() for day in _days(part)]


def _time(text: str) -> time:
    """Nine is 9 or 9:00; midnight at the end of a day is 24:00."""
    hour, minute = (int(part) for part in (text + ":00").split(":")[:2])
    return time.max if (hour, minute) == (24, 0) else time(hour, minute)


def _days(part: str) -> range | list[int]:
    first, _, last = (p.strip().title()[:3] for p in part.partition("-"))
    if first not in DAYS or (last and last not in DAYS):
        raise ValueError(f"{part.strip()!r} are no days; write them like Mon-Fri or Sat")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]


def _dates(text: str) -> list[date]:
    try:
        return [date.fromisoformat(part.strip()) for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise ValueError(f"holidays are dates like 2026-12-25, comma-separated ({error})") from None
