"""Reading since when somebody wants to see something: a span, such as ``3d``, or a date."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_UNITS: Final = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "j": timedelta(days=1),
    "w": timedelta(weeks=1),
    "s": timedelta(weeks=1),
    "sem": timedelta(weeks=1),
}
"""In English and in French: ``j`` for jours, ``s`` and ``sem`` for semaines."""
_SPAN: Final = re.compile(r"([0-9]{1,4}) ?([a-z]{1,3})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_EUROPEAN: Final = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")


def since(text: str, now: datetime) -> datetime | None:
    """Read a span before ``now``, or a date, which begins at midnight UTC.

    Args:
        text: Such as ``2h``, ``3 d``, ``2026-11-24`` or ``24/11/2026``.
        now: Aware.

    Returns:
        The moment, never after ``now``; None when the text says none.
    """
    typed = text.strip().lower()
    moment = _span(typed, now) or _date(typed)
    return moment if moment is not None and moment <= now else None


def _span(typed: str, now: datetime) -> datetime | None:
    match = _SPAN.fullmatch(typed)
    unit = _UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        return None
    try:
        return now - int(match[1]) * unit
    except OverflowError:
        return None


def _date(typed: str) -> datetime | None:
    if match := _ISO.fullmatch(typed):
        year, month, day = map(int, match.groups())
    elif match := _EUROPEAN.fullmatch(typed):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
