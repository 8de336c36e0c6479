"""Lists of reports: one's own, one report's changes, and what is offered while one is named."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button, Choice, OfferChoices
from scooty.core.text.limits import CHOICE_LABEL, CHOICES, EMBED_DESCRIPTION
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.text import clean, length, shorten
from scooty.features.reports.calls.editing import PAGE
from scooty.features.reports.replies.report_ids import (
    TURN_HISTORY,
    TURN_OWN,
    edit_buttons,
    named,
    restore_button,
)
from scooty.features.reports.replies.report_texts import change_lines, said_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.reports.calls.editing import (
        HistoryRead,
        ReportsListed,
        StoredReport,
    )

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_NAME: Final = 40
"""Of a choice's 100 characters, what a long name keeps."""
_IN_HISTORY: Final = (80, 40, 20, 10)
"""UTF-16 units of each text, the first with which a page fits; with the last one any does."""
_IN_LIST: Final = 80


def own_reports(listed: ReportsListed, t: Translator) -> Reply:
    """Show a page of somebody's own reports."""
    title = t("report.mine", event=shown(clean(listed.event_name)))
    if not listed.count:
        return notice(Tone.KNOWN, title, t("report.mine.none"))
    lines = [_own_line(report, t) for report in listed.reports]
    text, _ = fit_lines(lines, EMBED_DESCRIPTION)
    return notice(
        Tone.KNOWN,
        title,
        text,
        footer=_footer(t.plural("report.mine.count", listed.count), listed.page, listed.count, t),
        components=_turn(TURN_OWN, listed.page, listed.count, t),
    )


def _own_line(report: StoredReport, t: Translator) -> str:
    mark = "🗑️ " if report.said.deleted else ""
    name, archetype = shown(clean(report.player_name), 60), shown(report.said.archetype, 60)
    line = f"{mark}**#{report.id}** {name} · {archetype} · {relative_time(report.reported_at)}"
    if report.said.deleted:
        line += f" · {t('report.mine.deleted')}"
    comment = clean(report.said.comment or "")
    return f"{line}\n> {shown(comment, _IN_LIST)}" if comment else line


def history(read: HistoryRead, t: Translator) -> Reply:
    """Show a page of a report's changes, and at the end of the last one how it was made."""
    report = read.report
    text = _fitting_changes(read, t)
    turn = _turn(lambda page: TURN_HISTORY(report.id, page), read.page, read.count, t)
    act = (restore_button(report.id, t),) if report.said.deleted else edit_buttons(report.id, t)
    return notice(
        Tone.KNOWN,
        t("report.history", report=named(report)),
        text,
        footer=_footer(t.plural("report.history.count", read.count), read.page, read.count, t),
        components=(*turn, *act),
    )


def _fitting_changes(read: HistoryRead, t: Translator) -> str:
    """Cut texts shorter rather than leave changes out: what a page holds is on no other one."""
    for limit in _IN_HISTORY:
        text = "\n".join(_entries(read, t, limit))
        if length(text) <= EMBED_DESCRIPTION:
            break
    return text


def _entries(read: HistoryRead, t: Translator, limit: int) -> Iterator[str]:
    for change in read.changes:
        who, when = person(change.changed_by, t), relative_time(change.changed_at)
        yield f"**{change.revision}** · {who} · {when}"
        yield from change_lines(change.before, change.after, t, limit=limit)
    if (read.page + 1) * PAGE >= read.count:
        who, when = person(read.report.reporter_id, t), relative_time(read.report.reported_at)
        yield f"**1** · {who} · {when} · {t('report.history.made')}"
        yield from said_lines(read.first, t, limit=limit)


def no_event(t: Translator) -> Reply:
    """Say that no event is active."""
    return notice(Tone.REFUSED, t("no_event.title"), t("report.no_event.text"))


def report_choices(
    reports: tuple[StoredReport, ...], t: Translator, *, now: datetime
) -> OfferChoices:
    """Offer reports by number, player, archetype and age; labels are unique by the number."""
    return OfferChoices(
        choices=tuple(
            Choice(name=_label(report, t, now), value=str(report.id))
            for report in reports[:CHOICES]
        )
    )


def _label(report: StoredReport, t: Translator, now: datetime) -> str:
    mark = "🗑️ " if report.said.deleted else ""
    name = shorten(clean(report.player_name), _NAME)
    head = f"#{report.id} {mark}{name}"
    tail = f" · {_age(max(now - report.reported_at, timedelta()), t)}"
    room = CHOICE_LABEL - len(head) - len(tail) - 3
    return shorten(f"{head} · {shorten(report.said.archetype, room)}{tail}", CHOICE_LABEL)


def _age(age: timedelta, t: Translator) -> str:
    """Say how old something is where Discord shows no times of its own."""
    if age < _HOUR:
        return t("report.ago.minutes", minutes=age // timedelta(minutes=1))
    if age < _DAY:
        return t("report.ago.hours", hours=age // _HOUR)
    return t("report.ago.days", days=age // _DAY)


def _footer(counted: str, page: int, count: int, t: Translator) -> str:
    pages = -(-count // PAGE)
    if pages <= 1:
        return counted
    return f"{counted} · {t('report.page', page=page + 1, pages=pages)}"


def _turn(turn: Callable[[int], str], page: int, count: int, t: Translator) -> tuple[Button, ...]:
    """Buttons to the newer and the older page, where there are any."""
    buttons = []
    if page > 0:
        buttons.append(Button(label=t("report.button.newer"), custom_id=turn(page - 1), emoji="◀️"))
    if (page + 1) * PAGE < count:
        buttons.append(Button(label=t("report.button.older"), custom_id=turn(page + 1), emoji="▶️"))
    return tuple(buttons)
