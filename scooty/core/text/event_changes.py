"""What is answered of an event that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.notices import notice
from scooty.core.text.style import Tone

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator


def event_unknown(t: Translator) -> Reply:
    """Say that there is no such event, and how to choose one that there is."""
    return notice(Tone.REFUSED, t("event.unknown.title"), t("event.unknown.text"))
