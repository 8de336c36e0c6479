"""What is answered to those who switch, close or advance events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, relative_time
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.events.calls import (
        EventActiveAlready,
        EventClosed,
        EventClosedAlready,
        EventFacts,
        EventSwitched,
        Phase,
        PhaseSet,
        PhaseSetAlready,
    )

PHASES: Final[Mapping[Phase, str]] = {
    "swiss": "event.phase.swiss",
    "draft": "event.phase.draft",
    "top_cut": "event.phase.top_cut",
}
"""What the phases are called: keys of the catalogues."""


def event_switched(switched: EventSwitched, t: Translator) -> Reply:
    """Say that reports now go to this event, and which one was closed for it."""
    lines = [t("event.switched.text")]
    if switched.previous is not None:
        lines.append(t("event.created.previous", previous=shown(clean(switched.previous))))
    title = t("event.switched.title", event=_name(switched.event))
    return notice(Tone.SAVED, title, "\n".join(lines))


def event_active_already(found: EventActiveAlready, t: Translator) -> Reply:
    """Say that the event is the active one, and that nothing changed."""
    text = t("event.active_already.text", event=_name(found.event))
    return notice(Tone.REFUSED, t("event.active_already.title"), text)


def event_closed(closed: EventClosed, t: Translator) -> Reply:
    """Say that the event takes no more reports, and how to go on."""
    title = t("event.closed.title", event=_name(closed.event))
    return notice(Tone.SAVED, title, t("event.closed.text"))


def event_closed_already(found: EventClosedAlready, t: Translator) -> Reply:
    """Say since when the event is closed, and that nothing changed."""
    at = found.event.closed_at or found.event.created_at
    text = t("event.closed_already.text", event=_name(found.event), since=relative_time(at))
    return notice(Tone.REFUSED, t("event.closed_already.title"), text)


def phase_set(outcome: PhaseSet, t: Translator) -> Reply:
    """Say which part of the event is being played now."""
    phase = t(PHASES[outcome.event.phase])
    text = t("event.phase_set.text", event=_name(outcome.event))
    return notice(Tone.SAVED, t("event.phase_set.title", phase=phase), text)


def phase_set_already(found: PhaseSetAlready, t: Translator) -> Reply:
    """Say that the event is in that phase, and that nothing changed."""
    text = t(
        "event.phase_set_already.text", event=_name(found.event), phase=t(PHASES[found.event.phase])
    )
    return notice(Tone.REFUSED, t("event.phase_set_already.title"), text)


def no_event_to_advance(t: Translator) -> Reply:
    """Say that only an active event is in a phase, and how one comes to be."""
    return notice(Tone.REFUSED, t("no_event.title"), t("event.phase.no_event"))


def _name(event: EventFacts) -> str:
    return shown(clean(event.name))
