"""What ``/export`` answers beside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone
from scooty.domain.text import clean

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.exports.calls import EventExport


def exported(export: EventExport, t: Translator) -> Reply:
    """Say what the file is; the caller attaches it."""
    title = t("export.title", event=shown(clean(export.event.name)))
    return notice(Tone.KNOWN, title, t("export.text"))


def too_big(t: Translator) -> Reply:
    """Say that Discord takes no file of that size here, and what to narrow."""
    return notice(Tone.REFUSED, t("export.too_big.title"), t("export.too_big.text"))


def nothing_to_export(t: Translator) -> Reply:
    """Say that no event is active, and that others can be chosen."""
    return notice(Tone.REFUSED, t("no_event.title"), t("export.no_event.text"))
