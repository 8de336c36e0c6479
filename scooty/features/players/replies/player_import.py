"""What ``/player import`` answers: the form to paste into, the preview, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import (
    ActionRow,
    Button,
    ShowModal,
    TextInput,
)
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.previews import cancel_button, left_out
from scooty.core.text.style import Tone, relative_time
from scooty.domain.files import Reason
from scooty.domain.text import clean
from scooty.features.players.replies.likely_players import likely_lines, likely_select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.files import Skipped
    from scooty.features.players.calls.rosters import RosterApplied, RosterKept, SkippedLine

PASTE_ROSTER = Verb("player", "paste")
"""A form."""
ROSTER_FIELD: Final = "roster"
APPLY_ROSTER = Verb("player", "apply")
"""Arguments: the id of the request that kept the roster."""
CANCEL_ROSTER = Verb("player", "drop-roster")
"""Arguments: the id of the request that kept the roster."""
CHOOSE_PLAYERS = Verb("player", "same")
"""Arguments: the id of the request that kept the roster. A select whose values are places in it."""

_PASTED: Final = 4_000
"""Characters; as many as a form's field takes."""
_KIB: Final = 1024


def roster_form(t: Translator) -> ShowModal:
    """Open the form that a roster is pasted into."""
    field = TextInput(
        custom_id=ROSTER_FIELD,
        label=t("player.import.form.label"),
        style="paragraph",
        placeholder=t("player.import.form.placeholder"),
        max_length=_PASTED,
    )
    return ShowModal(custom_id=PASTE_ROSTER(), title=t("player.import.form.title"), inputs=(field,))


def roster_preview(kept: RosterKept, t: Translator) -> Reply:
    """Show what an import would do, and ask about the names that are only alike."""
    file, chosen = kept.summary, kept.chosen
    known = file.known + sum(each.place in chosen for each in file.likely)
    lines = [
        t.plural("player.import.count", file.total),
        f"• {t.plural('player.import.known', known)}",
        f"• {t.plural('player.import.new', file.total - known)}",
        *_skipped(file.skipped, file.skipped_count, t),
        *likely_lines(file.likely, file.likely_count, chosen, t),
        "",
        t("player.import.nothing_yet", when=relative_time(kept.expires_at)),
    ]
    title = t("player.import.title", event=shown(clean(file.event)))
    apply = Button(
        label=t("player.import.apply"), custom_id=APPLY_ROSTER(kept.import_id), style="primary"
    )
    cancel = cancel_button(CANCEL_ROSTER(kept.import_id), t)
    rows = [ActionRow(components=(apply, cancel))]
    if file.likely:
        select = likely_select(CHOOSE_PLAYERS(kept.import_id), file.likely, chosen, t)
        rows.insert(0, ActionRow(components=(select,)))
    return replace(notice(Tone.ATTENTION, title, "\n".join(lines)), rows=tuple(rows))


def _skipped(skipped: Sequence[Skipped | SkippedLine], count: int, t: Translator) -> list[str]:
    if not count:
        return []
    lines = [(each.number, _reason(each.reason, t), each.text) for each in skipped]
    return left_out(t.plural("player.import.skipped", count), lines, count, t)


def _reason(reason: str, t: Translator) -> str:
    match reason:
        case Reason.NO_NAME:
            return t("player.import.reason.no_name")
        case Reason.NAME_TOO_LONG:
            return t("player.import.reason.name_too_long")
        case Reason.REPEATED:
            return t("player.import.reason.repeated")
        case Reason.BROKEN_ROW:
            return t("player.import.reason.broken_row")
        case Reason.BROKEN_JSON:
            return t("player.import.reason.broken_json")
        case _:
            return t("player.import.reason.not_understood")


def roster_applied(applied: RosterApplied, t: Translator) -> Reply:
    """Say who is on the roster now."""
    event = shown(clean(applied.event))
    created = t.plural("player.import.new", applied.created)
    text = t.plural("player.import.applied.text", applied.listed, event=event, created=created)
    return notice(Tone.SAVED, t("player.import.applied.title"), text)


def import_gone(t: Translator) -> Reply:
    """Say that there is nothing left to apply."""
    return notice(Tone.UNDONE, t("player.import.gone.title"), t("player.import.gone.text"))


def no_event_to_import_to(t: Translator) -> Reply:
    """Say that a roster needs an event."""
    return notice(Tone.REFUSED, t("no_event.title"), t("player.import.no_event.text"))


def nobody_in_it(skipped: Sequence[Skipped], t: Translator) -> Reply:
    """Say that no player was found in a file or text, and why not."""
    text = "\n".join((t("player.import.nobody.text"), *_skipped(skipped, len(skipped), t)))
    return notice(Tone.REFUSED, t("player.import.nobody.title"), text)


def too_many_players(limit: int, t: Translator) -> Reply:
    """Say how many an import takes."""
    text = t("player.import.too_many.text", limit=limit)
    return notice(Tone.REFUSED, t("player.import.too_many.title"), text)


def file_too_large(limit_bytes: int, t: Translator) -> Reply:
    """Say how large a file may be."""
    text = t("player.import.too_large.text", limit=limit_bytes // _KIB)
    return notice(Tone.REFUSED, t("player.import.too_large.title"), text)


def file_not_fetched(t: Translator) -> Reply:
    """Say that the file could not be read from Discord, and what to do."""
    text = t("player.import.not_fetched.text")
    return notice(Tone.FAILED, t("player.import.not_fetched.title"), text)
