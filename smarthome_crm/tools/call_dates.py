"""Days and hours of planned calls: plain Python, no ``env``."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SATURDAY = 5


def add_working_days(day, count):
    """Return the working day that is so many working days after a day.

    >>> from datetime import date
    >>> add_working_days(date(2026, 11, 20), 1)  # a Friday
    datetime.date(2026, 11, 23)
    >>> add_working_days(date(2026, 11, 21), 0)  # a Saturday
    datetime.date(2026, 11, 23)
    """
    for _step in range(count):
        day = next_working_day(day + timedelta(days=1))
    return next_working_day(day)


def next_working_day(day):
    """Return the day itself, or the Monday after when it is a Saturday or Sunday."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def get_zone(name):
    """Return the time zone by its name, UTC when there is no such zone."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def at_hour(day, hour, zone_name):
    """Return a day at a local hour as naive UTC.

    >>> from datetime import date
    >>> at_hour(date(2026, 11, 23), 11.5, "Europe/Minsk")
    datetime.datetime(2026, 11, 23, 8, 30)
    """
    minutes = min(max(round(hour * 60), 0), 24 * 60 - 1)
    local = datetime.combine(day, time(minutes // 60, minutes % 60), get_zone(zone_name))
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def to_local(moment, zone_name):
    """Return a naive UTC moment in a time zone."""
    return moment.replace(tzinfo=timezone.utc).astimezone(get_zone(zone_name))


def move_to_day(moment, day, zone_name):
    """Return the moment on another local day, at the same local hour, as naive UTC.

    >>> from datetime import date, datetime
    >>> move_to_day(datetime(2026, 11, 23, 22, 30), date(2026, 11, 30), "Europe/Minsk")
    datetime.datetime(2026, 11, 29, 22, 30)
    """
    local = to_local(moment, zone_name)
    moved = datetime.combine(day, local.time(), get_zone(zone_name))
    return moved.astimezone(timezone.utc).replace(tzinfo=None)
