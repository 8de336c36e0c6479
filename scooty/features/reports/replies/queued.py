"""What people see of reports that wait for the database: the acknowledgement, and look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.queued import queued_line
from scooty.core.text.style import Tone
from scooty.domain.text import clean, length

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.reports.calls.looking_up import OnlyQueued
    from scooty.features.reports.calls.recording import ReportQueued

_MORE_LINE = 40
"""Room kept for the line that says that there are more, and the breaks around it."""


def report_queued(queued: ReportQueued, t: Translator) -> Reply:
    """Say that the report is safe here and comes to the team when the database is back."""
    if queued.report is None:
        return notice(Tone.QUEUED, t("queued.title"), t("queued.draft"))
    title = t("queued.report.title", player=shown(clean(queued.report.opponent)))
    text = t("queued.report.text", archetype=shown(clean(queued.report.archetype)))
    return notice(Tone.QUEUED, title, text)


def undo_queued(t: Translator) -> Reply:
    """Say that the report is withdrawn when the database is back."""
    return notice(Tone.QUEUED, t("queued.title"), t("queued.undo"))


def only_queued(found: OnlyQueued, t: Translator) -> Reply:
    """Show reports that wait, and say whether there may be more that cannot be reached now."""
    names = {clean(report.opponent) for report in found.reports}
    one = names.pop() if len(names) == 1 else None
    head = t("queued.check.away") if found.database_away else t("queued.check.on_its_way")
    lines = [queued_line(report, t, named=one is None) for report in found.reports]
    listed, count = fit_lines(lines, EMBED_DESCRIPTION - length(head) - _MORE_LINE)
    more = len(lines) - count
    tail = t.plural("queued.more", more) if more else ""
    title = t("queued.check.title") if one is None else shown(one)
    text = f"{head}\n\n{listed}\n{tail}".rstrip()
    return notice(Tone.QUEUED, title, text, footer=t("queued.footer"))
