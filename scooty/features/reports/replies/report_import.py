"""What ``/import`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.previews import cancel_button, left_out
from scooty.core.text.style import Tone, relative_time
from scooty.domain.files import Reason, Unit
from scooty.domain.text import clean

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.imports import EventOver
    from scooty.domain.files import ReportsFile, Skipped
    from scooty.features.reports.calls.importing import (
        ReportsImported,
        ReportsKept,
        UnknownArchetype,
    )

APPLY_REPORTS = Verb("import", "apply")
"""Arguments: the id of the request that kept the reports."""
CANCEL_REPORTS = Verb("import", "cancel")
"""Arguments: the id of the request that kept the reports."""

_TEXT: Final = 60
_KIB: Final = 1024
_REASONS: Final = {
    Reason.NO_NAME: "import.reason.no_name",
    Reason.NAME_TOO_LONG: "import.reason.name_too_long",
    Reason.NO_ARCHETYPE: "import.reason.no_archetype",
    Reason.TEXT_TOO_LONG: "import.reason.text_too_long",
    Reason.BAD_VALUE: "import.reason.bad_value",
    Reason.BROKEN_ROW: "import.reason.broken_row",
    Reason.BROKEN_JSON: "import.reason.broken_json",
}
"""The catalogues' keys; all others are not understood."""


def reports_preview(kept: ReportsKept, file: ReportsFile, t: Translator) -> Reply:
    """Show what an import would do."""
    players = t.plural("import.players", kept.players)
    last = t("import.nothing_yet", when=relative_time(kept.expires_at))
    lines = [
        t.plural("import.count", kept.reports, players=players),
        *_counted("import.new_players", kept.new_players, t),
        *_counted("import.known", kept.known, t),
        *_unknown(kept, t),
        *_skipped(file, t),
    ]
    # Names of 100 characters that all need escapes could fill more than there is.
    text, fitting = fit_lines(lines, EMBED_DESCRIPTION - len(last) - _TEXT)
    if fitting < len(lines):
        text = f"{text}\n{t.plural('list.more', len(lines) - fitting)}"
    title = t("import.title", event=shown(clean(kept.event)))
    apply = Button(
        label=t("import.apply"), custom_id=APPLY_REPORTS(kept.import_id), style="primary"
    )
    cancel = cancel_button(CANCEL_REPORTS(kept.import_id), t)
    return notice(Tone.ATTENTION, title, f"{text}\n\n{last}", components=(apply, cancel))


def _unknown(kept: ReportsKept, t: Translator) -> list[str]:
    if not kept.unknown_count:
        return []
    left_out = t.plural("import.left_out", kept.left_out)
    lines = [f"• {t.plural('import.unknown', kept.unknown_count, left_out=left_out)}"]
    lines += [f"  - {_likeness(each, t)}" for each in kept.unknown]
    if kept.unknown_count > len(kept.unknown):
        lines.append(f"  - {t.plural('list.more', kept.unknown_count - len(kept.unknown))}")
    return lines


def _likeness(unknown: UnknownArchetype, t: Translator) -> str:
    name = shown(clean(unknown.name), _TEXT)
    reports = t.plural("import.reports", unknown.reports)
    if unknown.nearest is None:
        return f"{name} ({reports})"
    nearest = shown(clean(unknown.nearest), _TEXT)
    return t("import.nearest", name=name, reports=reports, nearest=nearest)


def _skipped(file: ReportsFile, t: Translator) -> list[str]:
    skipped = _lost(file)
    if not skipped:
        return []
    key = "import.skipped" if file.numbered_by is Unit.LINE else "import.skipped_objects"
    lines = [
        (each.number, t(_REASONS.get(each.reason, "import.reason.not_understood")), each.text)
        for each in skipped
    ]
    return left_out(t.plural(key, len(skipped)), lines, len(skipped), t)


def _lost(file: ReportsFile) -> list[Skipped]:
    """Return what was skipped and is no heading."""
    return [each for each in file.skipped if each.reason is not Reason.HEADING]


def reports_imported(done: ReportsImported, t: Translator) -> Reply:
    """Say what is stored now, and what was left out."""
    event = shown(clean(done.event))
    lines = [
        *_counted("import.new_players", done.created, t),
        *_counted("import.known", done.known, t),
        *_counted("import.done.left_out", done.left_out, t),
    ]
    if not done.reports:
        first = t("import.done.nothing.text", event=event)
        text = "\n".join((first, *lines))
        return notice(Tone.UNDONE, t("import.done.nothing.title"), text)
    players = t.plural("import.players", done.players)
    first = t.plural("import.done.text", done.reports, event=event, players=players)
    return notice(Tone.SAVED, t("import.done.title"), "\n".join((first, *lines)))


def _counted(key: str, count: int, t: Translator) -> list[str]:
    return [f"• {t.plural(key, count)}"] if count else []


def import_gone(t: Translator) -> Reply:
    """Say that there is nothing left to apply."""
    return notice(Tone.UNDONE, t("import.gone.title"), t("import.gone.text"))


def event_over(outcome: EventOver, t: Translator) -> Reply:
    """Say that the event of the preview is not the active one any more."""
    text = t("import.event_over.text", event=shown(clean(outcome.event)))
    return notice(Tone.REFUSED, t("import.event_over.title"), text)


def no_event(t: Translator) -> Reply:
    """Say that reports need an event."""
    return notice(Tone.REFUSED, t("no_event.title"), t("import.no_event.text"))


def no_report_in_it(file: ReportsFile, t: Translator) -> Reply:
    """Say that no report was found in a file, why not, and what can be read."""
    lines = (t("import.no_report.text"), *_skipped(file, t))
    text, _ = fit_lines(lines, EMBED_DESCRIPTION)
    return notice(Tone.REFUSED, t("import.no_report.title"), text)


def too_many(reports: int, archetypes: int, t: Translator) -> Reply:
    """Say how much an import takes."""
    text = t("import.too_many.text", reports=reports, archetypes=archetypes)
    return notice(Tone.REFUSED, t("import.too_many.title"), text)


def file_too_large(limit_bytes: int, t: Translator) -> Reply:
    """Say how large a file may be."""
    text = t("import.too_large.text", limit=limit_bytes // _KIB)
    return notice(Tone.REFUSED, t("import.too_large.title"), text)


def file_not_fetched(t: Translator) -> Reply:
    """Say that the file could not be read from Discord, and what to do."""
    return notice(Tone.FAILED, t("import.not_fetched.title"), t("import.not_fetched.text"))
