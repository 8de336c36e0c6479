"""What a team knows of an event, on its way into a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.core.storage import json_fields as read
from scooty.core.storage.book import Book
from scooty.core.storage.event_decoding import OF_ANY_EVENT
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.json_fields import object_of, texts
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class EventExport:
    """An event's rows as the database wrote them; see `scooty.features.exports.rules`."""

    event_name: str
    report_pages: tuple[str, ...] = field(repr=False)
    player_pages: tuple[str, ...] = field(repr=False)
    round_pages: tuple[str, ...] = field(default=(), repr=False)


ExportOutcome: TypeAlias = EventExport | EventUnknown | NoActiveEvent


class ExportBook(Book):
    """Events as files."""

    async def export_event(
        self, caller: Caller, *, event_id: EventId | None = None
    ) -> ExportOutcome:
        """Return all of an event, of the active one if none is named, and note who took it."""
        answer = await self._write("export_event", caller, event_id=event_id)
        return decode_export(answer)


def decode_export(answer: JsonValue) -> ExportOutcome:
    """Read what the functions that export answer."""
    return _OUTCOMES.decode(answer, EventExport, EventUnknown, NoActiveEvent)


def _export(fields: Mapping[str, JsonValue]) -> EventExport:
    return EventExport(
        event_name=read.field(object_of(fields.get("event"), "event"), "name", str),
        report_pages=texts(fields, "reports"),
        player_pages=texts(fields, "players"),
        round_pages=texts(fields, "rounds"),
    )


_OUTCOMES: Final = OF_ANY_EVENT.extended({"export": _export})
