"""What ``/event create`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone
from scooty.domain.text import clean

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.events.calls import EventCreated, EventQueued


def event_created(created: EventCreated, t: Translator) -> Reply:
    """Say that reports now go to the new event, and what became of the one before."""
    lines = [t("event.created.text")]
    if created.previous is not None:
        lines.append(t("event.created.previous", previous=shown(clean(created.previous))))
    title = t("event.created.title", event=shown(clean(created.event.name)))
    return notice(Tone.SAVED, title, "\n".join(lines))


def event_queued(queued: EventQueued, t: Translator) -> Reply:
    """Say that the event is created when the database is back, before what is reported next."""
    title = t("queued.event.title", event=shown(clean(queued.name)))
    return notice(Tone.QUEUED, title, t("queued.event.text"))
