"""From the event functions' JSON to values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.card_decoding import event_of
from scooty.core.storage.decoding import OUTCOMES
from scooty.core.storage.event_values import (
    EventActiveAlready,
    EventClosed,
    EventClosedAlready,
    EventFacts,
    EventPage,
    EventShown,
    EventSwitched,
    EventUnknown,
    ListedEvent,
    PhaseSet,
    PhaseSetAlready,
)
from scooty.core.storage.json_fields import (
    each,
    field,
    moment_or_none,
    object_of,
    text_or_none,
    unexpected,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.storage.event_values import Phase
    from scooty.core.storage.port import Decklists

_PHASES: Final[Mapping[str, Phase]] = {"swiss": "swiss", "draft": "draft", "top_cut": "top_cut"}
_DECKLISTS: Final[Mapping[str | None, Decklists | None]] = {
    "open": "open",
    "closed": "closed",
    None: None,
}


def event_page(value: JsonValue) -> EventPage:
    """Decode what ``list_events`` returns."""
    fields = object_of(value, "the answer")
    return EventPage(
        events=each(fields.get("events"), "events", _listed),
        skipped=field(fields, "skipped", int),
        total=field(fields, "total", int),
    )


def event_facts(fields: Mapping[str, JsonValue]) -> EventFacts:
    """Decode what every function says of an event."""
    phase = _PHASES.get(field(fields, "phase", str))
    decklists = text_or_none(fields, "decklists")
    if phase is None or decklists not in _DECKLISTS:
        raise unexpected("phase or decklists", "one of those that there are")
    return EventFacts(
        event=event_of(fields),
        active=field(fields, "active", bool),
        closed_at=moment_or_none(fields, "closed_at"),
        format=text_or_none(fields, "format"),
        decklists=_DECKLISTS[decklists],
        phase=phase,
    )


def _facts(fields: Mapping[str, JsonValue]) -> EventFacts:
    return event_facts(object_of(fields.get("event"), "event"))


def _listed(fields: Mapping[str, JsonValue]) -> ListedEvent:
    return ListedEvent(
        facts=event_facts(fields),
        players=field(fields, "players", int),
        reports=field(fields, "reports", int),
    )


def _shown(fields: Mapping[str, JsonValue]) -> EventShown:
    rounds = fields.get("rounds")
    return EventShown(
        facts=_facts(fields),
        seen=field(fields, "seen", int),
        known=field(fields, "known", int),
        listed=field(fields, "listed", int),
        reports=field(fields, "reports", int),
        contributors=field(fields, "contributors", int),
        rounds=None if rounds is None else field(fields, "rounds", int),
        first_report_at=moment_or_none(fields, "first_report_at"),
        last_report_at=moment_or_none(fields, "last_report_at"),
        as_of=moment_or_none(fields, "as_of"),
    )


def _switched(fields: Mapping[str, JsonValue]) -> EventSwitched:
    return EventSwitched(facts=_facts(fields), previous=text_or_none(fields, "previous"))


OF_ANY_EVENT: Final = OUTCOMES.extended({"event_unknown": lambda _: EventUnknown()})
"""Of what `OUTCOMES` says of the active event, asked of any other."""
event_outcome: Final = OF_ANY_EVENT.extended(
    {
        "event": _shown,
        "event_switched": _switched,
        "event_active": lambda fields: EventActiveAlready(facts=_facts(fields)),
        "event_closed": lambda fields: EventClosed(facts=_facts(fields)),
        "event_closed_before": lambda fields: EventClosedAlready(facts=_facts(fields)),
        "phase_set": lambda fields: PhaseSet(facts=_facts(fields)),
        "phase_set_before": lambda fields: PhaseSetAlready(facts=_facts(fields)),
    }
).decode
