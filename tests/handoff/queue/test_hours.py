from datetime import UTC, datetime

import pytest

from handoff.queue.hours import parse_hours

WEEK = "Mon-Fri 9:00-18:00, Sat 10-16"
HOURS = parse_hours(WEEK, "Europe/Brussels", "2026-12-25, 2026-12-26")


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (at(20, 8), True),  # Friday, nine in Brussels
        (at(20, 7, 59), False),
        (at(20, 17), False),  # six o'clock sharp
        (at(21, 9), True),  # Saturday at ten
        (at(22, 12), False),  # Sunday
        (at(25, 10, month=12), False),  # a holiday, and a Friday
        (at(20, 7, month=7), True),  # in summer time nine comes an hour earlier
    ],
)
def test_open_or_not(when, is_open):
    assert HOURS.open_at(when) is is_open


@pytest.mark.parametrize(
    ("now", "opening", "said"),
    [
        (at(20, 5), at(20, 8), "today at 9:00 (Brussels time)"),
        (at(20, 18), at(21, 9), "tomorrow at 10:00 (Brussels time)"),
        (at(21, 19), at(23, 8), "Monday at 9:00 (Brussels time)"),
        (at(24, 20, month=12), at(28, 8, month=12), "Monday at 9:00 (Brussels time)"),
    ],
)
def test_the_next_opening_skips_nights_sundays_and_holidays(now, opening, said):
    assert HOURS.next_opening(now) == opening
    assert HOURS.in_words(opening, now) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Monday at 9:00 (Brussels time)", "28 December at 9:00 (Brussels time)")),
        ("es", ("lunes a las 9:00 (hora de Brussels)", "el 28 de diciembre a las 9:00 (hora de Brussels)")),
        ("de", ("Montag um 9:00 Uhr (Zeit in Brussels)", "am 28. Dezember um 9:00 Uhr (Zeit in Brussels)")),
    ],
)
def test_days_and_months_have_their_names_in_each_language(language, said):
    opening = at(28, 8, month=12)
    assert (
        HOURS.in_words(opening, at(23, 8, month=12), language),
        HOURS.in_words(opening, at(1, 8, month=12), language),
    ) == said


def test_a_day_stays_at_nine_across_a_change_to_summer_time():
    before = datetime(2026, 3, 28, 20, tzinfo=UTC)
    assert HOURS.next_opening(before) == datetime(2026, 3, 30, 7, tzinfo=UTC)


def test_no_hours_at_all_is_always_open():
    always = parse_hours("", "UTC")
    assert always.open_at(at(22, 3))
    assert always.next_opening(at(22, 3)) is None


def test_a_night_is_two_spans_and_a_week_may_wrap():
    night = parse_hours("Fri-Mon 18:00-24:00, Sat 0:00-2:00", "UTC")
    assert night.open_at(at(21, 1))
    assert night.open_at(at(23, 23, 59))
    assert not night.open_at(at(24, 19))


@pytest.mark.parametrize(
    ("week", "zone", "holidays", "said"),
    [
        ("whenever", "UTC", "", "cannot be read"),
        ("Mon-Fri 18:00-9:00", "UTC", "", "closes before it opens"),
        ("Funday 9:00-17:00", "UTC", "", "no days"),
        ("Mon 25:00-26:00", "UTC", "", "hour"),
        (WEEK, "Mars/Olympus", "", "no time zone"),
        (WEEK, "UTC", "Christmas", "dates like"),
    ],
)
def test_what_cannot_be_read_is_said(week, zone, holidays, said):
    with pytest.raises(ValueError, match=said):
        parse_hours(week, zone, holidays)
