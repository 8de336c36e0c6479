"""Answers for what happens around a command: a bug in it, no answer in time, too many requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.dispatch import tell
from scooty.core.i18n import translator_for
from scooty.core.text import problems

if TYPE_CHECKING:
    from datetime import datetime

    from scooty.core.dispatch import Conclusion
    from scooty.core.route import Route


def command_crashed(route: Route, locale: str, *, reference: str) -> Conclusion:
    """Admit a bug, with the reference under which operators find it in the log."""
    reply = problems.crashed(translator_for(locale), route.effect, reference=reference)
    return tell(route, reply, "failed")


def command_timed_out(route: Route, locale: str) -> Conclusion:
    """Say that no answer came in time."""
    reply = problems.took_too_long(translator_for(locale), route.effect)
    return tell(route, reply, "unavailable")


def permit_denied(
    route: Route, locale: str, *, retry_at: datetime, by_server: bool = False
) -> Conclusion:
    """Say when the person may go on, and whether it was they or all of their server together."""
    t = translator_for(locale)
    reply = problems.slow_down(t, route.effect, retry_at=retry_at, by_server=by_server)
    return tell(route, reply, "refused")
