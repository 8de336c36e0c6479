"""What is answered of an event that is not there, or is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, relative_time
from scooty.domain.text import clean

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.player_card import Event


def event_unknown(t: Translator) -> Reply:
    """Say that there is no such event, and how to choose one that there is."""
    return notice(Tone.REFUSED, t("event.unknown.title"), t("event.unknown.text"))


def event_name_taken(event: Event, t: Translator) -> Reply:
    """Say that the name is in use, since when, and that nothing changed."""
    text = t(
        "event.taken.text",
        event=shown(clean(event.name)),
        since=relative_time(event.created_at),
    )
    return notice(Tone.REFUSED, t("event.taken.title"), text)
