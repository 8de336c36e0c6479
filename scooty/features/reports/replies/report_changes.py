"""What the forms and buttons of a report answer: what was changed, and why something was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField
from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.text import clean
from scooty.features.reports.calls.editing import ReportUnknown
from scooty.features.reports.replies.report_ids import (
    delete_button,
    edit_buttons,
    history_button,
    named,
    restore_button,
)
from scooty.features.reports.replies.report_texts import (
    LABELS,
    change_lines,
    said_lines,
    typed_value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.suggestions import ArchetypeSuggestion
    from scooty.features.reports.calls.editing import (
        ReportDeleted,
        ReportEdited,
        ReportRestored,
        StoredReport,
    )
    from scooty.features.reports.calls.recording import NotYourReport

_CHANGE: Final = 240
"""UTF-16 units of each text that was changed: before and after stand side by side."""
_NEWER: Final = 100
"""UTF-16 units of each text of the newer version, beside what was typed, which is shown in full."""
_WHOLE: Final = 500


def report_edited(edited: ReportEdited, t: Translator) -> Reply:
    """Say what was changed, and what the player counts as now."""
    report = edited.report
    lines = change_lines(edited.before, report.said, t, limit=_CHANGE)
    return notice(
        Tone.SAVED,
        t("report.edited", report=named(report)),
        "\n".join((*lines, "", _counts_as(report, edited.consensus, t))),
        components=(*edit_buttons(report.id, t), history_button(report.id, t)),
    )


def unchanged(report: StoredReport, t: Translator) -> Reply:
    """Say that it was that way already."""
    text = "\n".join((t("report.unchanged.text"), *said_lines(report.said, t, limit=_CHANGE)))
    return notice(
        Tone.REFUSED,
        t("report.unchanged", report=named(report)),
        text,
        components=edit_buttons(report.id, t),
    )


def stale_edit(report: StoredReport, typed: Mapping[str, str], t: Translator) -> Reply:
    """Show the newer version, and what was typed, with the way to type it into that one."""
    newer = "\n".join((t("report.stale.text"), *said_lines(report.said, t, limit=_NEWER)))
    differing = {
        name: text
        for name, text in typed.items()
        if clean(text) != str(getattr(report.said, name, None) or "")
    }
    return _with_typed(t("report.stale"), newer, report.id, differing, t)


def not_saved(
    report_id: int, problems: tuple[str, ...], typed: Mapping[str, str], t: Translator
) -> Reply:
    """Say what in a form cannot be used, and show what was typed, so that nothing is lost."""
    return _with_typed(
        t("report.not_saved", report=f"#{report_id}"), "\n".join(problems), report_id, typed, t
    )


def _with_typed(
    title: str, text: str, report_id: int, typed: Mapping[str, str], t: Translator
) -> Reply:
    fields = tuple(
        EmbedField(name=t("report.typed", field=t(label)), value=_typed(typed[name]))
        for name, label in LABELS.items()
        if clean(typed.get(name, ""))
    )
    buttons = edit_buttons(report_id, t)
    return notice(Tone.REFUSED, title, text, fields=fields, components=buttons)


def _typed(text: str) -> str:
    return shown(clean(text), _WHOLE)


def ask_to_delete(report: StoredReport, t: Translator) -> Reply:
    """Say what is about to be deleted, and ask once."""
    lines = (
        t(
            "report.delete.of",
            who=person(report.reporter_id, t),
            when=relative_time(report.reported_at),
            event=shown(clean(report.event_name)),
        ),
        *said_lines(report.said, t, limit=_CHANGE),
        "",
        t("report.delete.text"),
    )
    return notice(
        Tone.ATTENTION,
        t("report.delete.ask", report=named(report)),
        "\n".join(lines),
        components=(delete_button(report, t),),
    )


def stale_deletion(report: StoredReport, t: Translator) -> Reply:
    """Say that nothing was deleted as it says something else now, and ask again."""
    lines = (t("report.delete.stale.text"), *said_lines(report.said, t, limit=_CHANGE))
    return notice(
        Tone.REFUSED,
        t("report.delete.stale", report=named(report)),
        "\n".join(lines),
        components=(delete_button(report, t),),
    )


def report_deleted(deleted: ReportDeleted, t: Translator) -> Reply:
    """Say what no longer counts, and offer the way back."""
    report = deleted.report
    return notice(
        Tone.UNDONE,
        t("report.deleted", report=named(report)),
        _said_and_counts(deleted, t),
        components=(restore_button(report.id, t),),
    )


def deleted_before(report: StoredReport, t: Translator) -> Reply:
    """Say that it was deleted, by whom and when, and offer the way back."""
    when = "" if report.deleted_at is None else relative_time(report.deleted_at)
    who = person(report.deleted_by or 0, t)
    return notice(
        Tone.REFUSED,
        t("report.deleted_before", report=named(report)),
        t("report.deleted_before.text", who=who, when=when),
        components=(restore_button(report.id, t),),
    )


def report_restored(restored: ReportRestored, t: Translator) -> Reply:
    """Say what counts again."""
    report = restored.report
    return notice(
        Tone.SAVED,
        t("report.restored", report=named(report)),
        _said_and_counts(restored, t),
        components=edit_buttons(report.id, t),
    )


def report_unknown(typed: str, t: Translator) -> Reply:
    """Say that there is no such report here."""
    text = t("report.unknown.text", typed=shown(clean(typed)))
    return notice(Tone.REFUSED, t("report.unknown"), text)


def out_of_reach(refused: ReportUnknown | NotYourReport, typed: str, t: Translator) -> Reply:
    """Say that there is no such report here, or that it is somebody else's."""
    if isinstance(refused, ReportUnknown):
        return report_unknown(typed, t)
    return notice(Tone.REFUSED, t("report.not_yours"), t("report.not_yours.text"))


def _said_and_counts(changed: ReportDeleted | ReportRestored, t: Translator) -> str:
    report = changed.report
    said = said_lines(report.said, t, limit=_CHANGE)
    return "\n".join((*said, "", _counts_as(report, changed.consensus, t)))


def _counts_as(report: StoredReport, consensus: str | None, t: Translator) -> str:
    player = shown(clean(report.player_name))
    if consensus is None:
        return t("report.counts_as_nothing", player=player)
    return t("report.counts_as", player=player, archetype=shown(consensus))


def nearest_named(typed: str, nearest: tuple[ArchetypeSuggestion, ...], t: Translator) -> str:
    """Say that there is no such archetype, and name those that resemble it."""
    shown_typed = typed_value("archetype", typed, t, limit=_WHOLE)
    if not nearest:
        return t("report.archetype_unknown", typed=shown_typed)
    names = ", ".join(f"**{shown(near.name)}**" for near in nearest)
    return t("report.archetype_unknown.nearest", typed=shown_typed, names=names)
