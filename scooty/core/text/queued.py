"""How a report that waits for the database is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.notices import shown
from scooty.core.text.sightings import circumstances
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.text import clean

if TYPE_CHECKING:
    from scooty.core.i18n import Translator
    from scooty.core.waiting import QueuedReport

_COMMENT_SHOWN = 200


def queued_line(report: QueuedReport, t: Translator, *, named: bool = False) -> str:
    """Show one report that waits; with the player's name where the title does not say it."""
    icon, when = Tone.QUEUED.icon, relative_time(report.queued_at)
    who = person(report.reporter_id, t)
    archetype = f"**{shown(clean(report.archetype))}**"
    what = f"{shown(clean(report.opponent))} · {archetype}" if named else archetype
    parts = (t("queued.line", what=what), *circumstances(report.sighting, t), who, when)
    line = f"{icon} {' · '.join(parts)}"
    comment = clean(report.comment or "")
    return f"{line}\n> {shown(comment, _COMMENT_SHOWN)}" if comment else line
