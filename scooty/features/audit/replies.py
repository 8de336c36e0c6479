"""What ``/audit`` answers: a sentence for each entry, by its action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.text import clean
from scooty.features.settings.replies import setting_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.audit.calls import AuditEntry, AuditPage

AUDIT_PAGE: Final = Verb("audit", "page")
"""Arguments: the last entry that was shown and the time since when, in one number; the member."""

SENTENCES: Final[Mapping[str, str]] = {
    "report": "audit.report",
    "undo": "audit.undo",
    "edit": "audit.edit",
    "delete": "audit.delete",
    "restore": "audit.restore",
    "replace": "audit.replace",
    "assign": "audit.assign",
    "release": "audit.release",
    "event_create": "audit.event_create",
    "event_switch": "audit.event_switch",
    "event_close": "audit.event_close",
    "event_phase": "audit.event_phase",
    "archetype_add": "audit.archetype_add",
    "archetype_edit": "audit.archetype_edit",
    "archetype_alias": "audit.archetype_alias",
    "archetype_unalias": "audit.archetype_unalias",
    "archetype_merge": "audit.archetype_merge",
    "archetype_retire": "audit.archetype_retire",
    "archetype_restore": "audit.archetype_restore",
    "add_alias": "audit.add_alias",
    "remove_alias": "audit.remove_alias",
    "merge_players": "audit.merge_players",
    "undo_merge": "audit.undo_merge",
    "live_start": "audit.live_start",
    "live_stop": "audit.live_stop",
    "setup": "audit.setup",
    "setup_roles": "audit.setup_roles",
    "delete_me": "audit.delete_me",
    "forget_player": "audit.forget_player",
    "retention": "audit.retention",
    "export": "audit.export",
    "archive": "audit.archive",
    "import": "audit.import",
    "import_roster": "audit.import_roster",
    "decklist": "audit.decklist",
    "import_pairings": "audit.import_pairings",
    "import_standings": "audit.import_standings",
    "link": "audit.link",
    "unlink": "audit.unlink",
    "notify_on": "audit.notify_on",
    "notify_off": "audit.notify_off",
    "result": "audit.result",
    "result_undo": "audit.result_undo",
}
"""By action, its words joined; another one is shown by its code."""

_BY_ITSELF: Final = frozenset({"archive", "retention"})
"""Actions that nobody does."""
_NAMES: Final = ("archetype", "into", "former", "alias", "event", "phase", "to", "reports", "round")
"""What of an entry's detail the sentences may name: archetypes, events and counts."""


def audit_page(
    found: AuditPage, t: Translator, *, older_id: str | None, newest_id: str | None
) -> Reply:
    """Show a page of the audit.

    Args:
        found: The page.
        t: The reader's language.
        older_id: Of the button to those before; None when there are none.
        newest_id: Of the button to the first page; None when this is it.
    """
    lines = [_line(entry, t) for entry in found.entries]
    text, _ = fit_lines(lines, EMBED_DESCRIPTION)
    buttons = []
    if newest_id is not None:
        buttons.append(Button(label=t("audit.newest"), custom_id=newest_id))
    if older_id is not None:
        buttons.append(Button(label=t("audit.older"), custom_id=older_id))
    return notice(
        Tone.KNOWN,
        t("audit.title"),
        text or t("audit.nothing"),
        footer=t("audit.footer"),
        components=tuple(buttons),
    )


def _line(entry: AuditEntry, t: Translator) -> str:
    who = person(entry.member_id, t)
    key = SENTENCES.get(entry.action.replace(" ", "_"))
    if key is None:
        did = t("audit.other", action=shown(entry.action), subject=entry.subject_id or 0)
    else:
        did = t(key, **_words(entry, t))
    if entry.action in _BY_ITSELF:
        return f"{relative_time(entry.at)} {did}"
    return f"{relative_time(entry.at)} {who} {did}"


def _words(entry: AuditEntry, t: Translator) -> dict[str, str | int]:
    """Return all that a sentence may name; what an entry does not tell is a question mark."""
    words: dict[str, str | int] = {
        name: shown(clean(str(entry.detail.get(name, "?"))), 60) for name in _NAMES
    }
    changed = entry.detail.get("changed")
    names = changed if isinstance(changed, list) else []
    words["settings"] = ", ".join(setting_name(str(name), t) for name in names) or "?"
    words["subject"] = "?" if entry.subject_id is None else entry.subject_id
    return words
