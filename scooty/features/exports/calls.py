"""What a team knows of an event, on its way into a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field as JsonField

from scooty.core.call import Read, Write
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class EventExport:
    """An event's rows as the database wrote them; see `scooty.features.exports.rules`."""

    outcome: Literal["export"] = "export"
    event: Event
    report_pages: Annotated[tuple[str, ...], JsonField(alias="reports")] = field(repr=False)
    player_pages: Annotated[tuple[str, ...], JsonField(alias="players")] = field(repr=False)
    round_pages: Annotated[tuple[str, ...], JsonField(alias="rounds")] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEvent(Write[EventExport | EventUnknown | NoActiveEvent]):
    """Return all of an event, of the active one if none is named, and note who took it."""

    event_id: EventId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedEvent(Read[EventExport | EventUnknown]):
    """Return all of an event, as long as it is closed."""

    event_id: EventId
