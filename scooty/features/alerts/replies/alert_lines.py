"""What operators read in their channel: plain lines, which need no permission for cards.

A phone's notification shows them too, where it shows nothing of a card.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Reply
from scooty.core.text.limits import MESSAGE_CONTENT
from scooty.core.text.notices import fit_lines, shown
from scooty.core.text.numbers import decimal, duration
from scooty.core.text.permissions import permission_name
from scooty.core.text.style import relative_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scooty.core.i18n import Translator
    from scooty.features.alerts.rules import AlertLine, Fact, Trouble, TroubleKind

_ROOM_FOR_COUNT: Final = 100
_WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "budget.availability": (
        "notice.budget.availability.title",
        "notice.budget.availability.text",
        "runbook.objectives",
    ),
    "budget.speed": ("notice.budget.speed.title", "notice.budget.speed.text", "runbook.objectives"),
    "budget.success": (
        "notice.budget.success.title",
        "notice.budget.success.text",
        "runbook.objectives",
    ),
    "permissions": ("notice.permissions.title", "notice.permissions.text", "runbook.permissions"),
    "scope": ("notice.scope.title", "notice.scope.text", "runbook.permissions"),
    "commands": ("notice.commands.title", "notice.commands.text", "runbook.permissions"),
    "database": ("notice.database.title", "notice.database.text", "runbook.database"),
    "redis": ("notice.redis.title", "notice.redis.text", "runbook.redis"),
    "gateway": ("notice.gateway.title", "notice.gateway.text", "runbook.gateway"),
    "unstable": ("notice.unstable.title", "notice.unstable.text", "runbook.actor"),
    "gave_up": ("notice.gave_up.title", "notice.gave_up.text", "runbook.actor"),
}
"""By kind of trouble: what it is, what it means, and the section of the runbook. Each objective has
its own words; all servers and all actors have the same."""
_LINK: Final = "link"
_NAMES_SHOWN: Final = 10
_GRAVE: Final[frozenset[TroubleKind]] = frozenset({"database", "gateway", "scope", "gave_up"})


def announcement(
    alert_lines: Sequence[AlertLine], left_out: int, t: Translator
) -> tuple[Reply, int]:
    """Make one message of as many alert_lines, from the first, as one holds.

    Args:
        alert_lines: Oldest first; at least one.
        left_out: How many more changes there were that are not told.
        t: The operators' language.

    Returns:
        The message, and how many alert_lines are in it.
    """
    lines = [line_of(alert_line, t) for alert_line in alert_lines]
    text, count = fit_lines(lines, MESSAGE_CONTENT - _ROOM_FOR_COUNT)
    if left_out:
        text += f"\n{t.plural('notice.left_out', left_out)}"
    return Reply(content=text, ephemeral=False), count


def line_of(alert_line: AlertLine, t: Translator) -> str:
    """Say one thing: what, since when, what it means, and where the runbook speaks of it."""
    title_key, text_key, section_key = _WORDS[_words_for(alert_line.trouble)]
    parameters = {name: _shown(name, value, t) for name, value in alert_line.trouble.facts}
    title = f"**{t(title_key, **parameters)}**"
    if alert_line.state == "ended":
        over = t("notice.over", lasted=duration(alert_line.lasted_s, t))
        return f"✅ {title} · {over}"
    text = t(text_key, **parameters)
    section = t("notice.runbook", section=t(section_key))
    return f"{_icon(alert_line)} {title} {relative_time(alert_line.at)} · {text} {section}"


def _icon(alert_line: AlertLine) -> str:
    if alert_line.state == "happened":
        return "🔧"
    trouble = alert_line.trouble
    is_urgent = trouble.kind == "budget" and trouble.level > 0
    return "🔴" if trouble.kind in _GRAVE or is_urgent else "🟠"


def _words_for(trouble: Trouble) -> str:
    return f"budget.{trouble.about}" if trouble.kind == "budget" else trouble.kind


def _shown(name: str, value: Fact, t: Translator) -> str:
    match value:
        case tuple():
            left_out = len(value) - _NAMES_SHOWN
            words = (permission_name(each, t) for each in value)
            named = ", ".join(f"`{word}`" for word in islice(words, _NAMES_SHOWN))
            return f"{named} (+{left_out})" if left_out > 0 else named
        case str() if name == _LINK:
            return f"<{value}>"  # brackets keep Discord from showing a preview
        case str():
            return shown(value)
        case int() | float() if name.endswith("_s"):
            return duration(value, t)
        case float():
            return decimal(value, 1, t)
        case int():
            return str(value)
