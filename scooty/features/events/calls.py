"""A guild's events: which there are, and which one is active."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.book import Book
from scooty.core.storage.event_decoding import event_facts, event_outcome, event_page
from scooty.core.storage.event_values import (
    EventActiveAlready,
    EventClosed,
    EventClosedAlready,
    EventFacts,
    EventPage,
    EventShown,
    EventSwitched,
    EventUnknown,
    PhaseSet,
    PhaseSetAlready,
)
from scooty.core.storage.json_fields import each, field, object_of
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, GuildId
from scooty.domain.names import begins_words, fold

if TYPE_CHECKING:
    from scooty.core.call import Caller
    from scooty.core.storage.event_values import (
        CloseOutcome,
        Phase,
        PhaseOutcome,
        ShowOutcome,
        SwitchOutcome,
    )

_NAMED: Final = 200
"""Events whose names are kept at hand: a team that plays every week has them in four years."""


class EventBook(Book):
    """The events of every guild."""

    async def list_page(self, *, guild_id: GuildId, skipped: int, at_most: int) -> EventPage:
        """Return a part of a guild's events, the active one first, then the newest.

        Args:
            guild_id: Whose.
            skipped: How many come before; past the end, the last part is returned.
            at_most: How many one part has.
        """
        value = await self._calls.read(
            "list_events", guild_id=guild_id, skipped=skipped, at_most=at_most
        )
        return event_page(value)

    async def suggest(self, *, guild_id: GuildId, text: str) -> tuple[EventFacts, ...]:
        """Return events whose names have words beginning as typed, the newest first."""
        typed = fold(text)
        newest, complete = await self._named(guild_id, "")
        if complete:
            return tuple(facts for key, facts in newest if begins_words(typed, key))
        found, _ = await self._named(guild_id, typed)
        return tuple(facts for _, facts in found)

    async def _named(
        self, guild_id: GuildId, text_key: str
    ) -> tuple[tuple[tuple[str, EventFacts], ...], bool]:
        value = await self._calls.read_kept(
            "name_events",
            guild_id=guild_id,
            despite_reports=True,
            text_key=text_key,
            at_most=_NAMED,
        )
        fields = object_of(value, "the answer")
        named = each(
            fields.get("events"),
            "events",
            lambda event: (field(event, "name_key", str), event_facts(event)),
        )
        return named, field(fields, "complete", bool)

    async def show(self, *, guild_id: GuildId, event_id: EventId | None = None) -> ShowOutcome:
        """Return all facts of an event; of the active one if no other is asked for."""
        value = await self._calls.read_kept("show_event", guild_id=guild_id, event_id=event_id)
        return event_outcome(value, EventShown, EventUnknown, NoActiveEvent)

    async def switch(self, caller: Caller, *, event_id: EventId) -> SwitchOutcome:
        """Make an event the active one, and close the one before, in one transaction."""
        value = await self._write("switch_event", caller, event_id=event_id)
        return event_outcome(value, EventSwitched, EventActiveAlready, EventUnknown)

    async def close(self, caller: Caller, *, event_id: EventId) -> CloseOutcome:
        """Close an event; what was reported to it is kept."""
        value = await self._write("close_event", caller, event_id=event_id)
        return event_outcome(value, EventClosed, EventClosedAlready, EventUnknown)

    async def set_phase(self, caller: Caller, *, phase: Phase) -> PhaseOutcome:
        """Say which part of the active event is being played."""
        value = await self._write("set_event_phase", caller, phase=phase)
        return event_outcome(value, PhaseSet, PhaseSetAlready, NoActiveEvent)

    async def read_schema_level(self, *, guild_id: GuildId) -> int:
        """Return the number of the last migration that the database had."""
        value = await self._calls.read("schema_level", guild_id=guild_id)
        return field(object_of(value, "the answer"), "number", int)
