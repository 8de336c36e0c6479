"""Numbers as each language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.i18n.typography import NARROW_SPACE

if TYPE_CHECKING:
    from scooty.core.i18n import Translator

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_DAY_S: Final = 86_400
_TEN_S: Final = 10
_HUNDRED_MS: Final = 0.1


def decimal(value: float, digits: int, t: Translator) -> str:
    """Write a number with ``digits`` decimals, after a comma in French."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if t.language == "fr" else text


def percent(share: float, t: Translator, *, digits: int = 1) -> str:
    """Write a share of one as a percentage; what is whole is written without decimals.

    A share below one is never rounded up to 100: of what has to be good, all or nearly all is the
    question.
    """
    value = share * 100
    if share < 1:
        value = min(value, 100 - 10**-digits)
    text = decimal(value, 0 if value == int(value) else digits, t)
    return f"{text}{NARROW_SPACE}%" if t.language == "fr" else f"{text}%"


def duration(seconds: float, t: Translator) -> str:
    """Write a duration in the largest unit that fits it, as far as a person cares."""
    if seconds < _HUNDRED_MS:
        return f"{seconds * 1000:.0f}{NARROW_SPACE}ms"
    for unit_s, unit in ((_DAY_S, t("unit.day")), (_HOUR_S, "h"), (_MINUTE_S, "min")):
        if seconds >= unit_s:
            return f"{seconds / unit_s:.0f}{NARROW_SPACE}{unit}"
    digits = 0 if seconds >= _TEN_S else 1 if seconds >= 1 else 2
    return f"{decimal(seconds, digits, t)}{NARROW_SPACE}s"
