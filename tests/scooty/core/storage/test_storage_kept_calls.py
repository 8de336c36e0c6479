"""What an SQL function says, kept: how often it is asked, and what is shown in an outage."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest
from typing_extensions import override

from scooty.core.storage.calls import Calls
from scooty.core.storage.told_calls import ToldCalls
from scooty.domain.ids import EventId, RequestId
from scooty.errors import StorageUnavailable
from scooty.features.events.calls import EventBook
from scooty.features.stats.calls import EventStats
from tests.scooty.core.storage.cached_rig import AWAY, cached_rig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.repository.messages import JsonValue
    from scooty.core.cached.cached import CachedStorage
    from scooty.domain.ids import GuildId
    from tests.scooty.core.storage.cached_rig import Rig
    from tests.scooty.core.storage.conftest import Team

EVENT: dict[str, JsonValue] = {
    "id": 1,
    "name": "Open",
    "created_at": "2026-11-24T09:00:00+00:00",
    "active": True,
    "closed_at": None,
    "format": None,
    "decklists": None,
    "phase": "swiss",
}
ANSWERS: dict[str, JsonValue] = {
    "event_stats": {
        "outcome": "stats",
        "stats": {"event": EVENT, "seen": 3, "archetypes": [], "scouts": []},
    },
    "name_events": {"events": [{**EVENT, "name_key": "open"}], "complete": True},
    "show_event": {"outcome": "no_active_event"},
    "set_event_phase": {"outcome": "phase_set", "event": EVENT},
}


@dataclass
class CannedCalls(Calls):
    """Answers each function with what a database answered once, or is away."""

    error: StorageUnavailable | None = None
    asked: list[str] = field(default_factory=list)

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        self.asked.append(function)
        if self.error is not None:
            raise self.error
        return ANSWERS[function]

    @override
    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        return await self.read(function, guild_id=guild_id)


@dataclass
class House:
    rig: Rig
    team: Team
    calls: CannedCalls
    book: EventBook

    async def count_round(self, number: int, event_id: int | None = None) -> EventStats:
        found = await self.book.read_stats(
            guild_id=self.team.guild_id,
            event_id=None if event_id is None else EventId(event_id),
            round_number=number,
        )
        assert isinstance(found, EventStats)
        return found

    async def suggest(self, text: str) -> list[str]:
        found = await self.book.suggest(guild_id=self.team.guild_id, text=text)
        return [facts.event.name for facts in found]


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    async with cached_rig() as rig:
        team, _ = rig.process()
        await team.open()
        calls = CannedCalls()
        book = EventBook(ToldCalls(calls, cast("CachedStorage", team.storage)))
        yield House(rig, team, calls, book)


async def test_a_round_costs_one_call_and_then_none_until_something_is_reported() -> None:
    async with house() as here:
        await here.count_round(1)
        await here.count_round(1)
        assert here.calls.asked == ["event_stats"]

        await here.team.must_report("Jane Doe", "Burn")
        await here.count_round(1)

        assert here.calls.asked == ["event_stats"] * 2


async def test_each_round_and_event_is_kept_for_itself() -> None:
    async with house() as here:
        for _ in range(2):
            await here.count_round(1)
            await here.count_round(2)
            await here.count_round(1, event_id=7)

        assert here.calls.asked == ["event_stats"] * 3


async def test_events_names_are_asked_for_once_whatever_is_typed_and_reported() -> None:
    async with house() as here:
        found = [await here.suggest(text) for text in ("", "op", "OPEN", "lyon")]
        await here.team.must_report("Jane Doe", "Burn")
        found.append(await here.suggest("open"))

        assert found == [["Open"], ["Open"], ["Open"], [], ["Open"]]
        assert here.calls.asked == ["name_events"]


async def test_events_names_are_asked_for_again_after_an_event_changed() -> None:
    async with house() as here:
        await here.suggest("")
        await here.book.set_phase(here.team.captain(), phase="draft")
        await here.suggest("")

        assert here.calls.asked == ["name_events", "set_event_phase", "name_events"]


async def test_what_is_kept_is_shown_with_its_time_while_the_database_is_away() -> None:
    async with house() as here:
        await here.count_round(1)
        kept_at = here.rig.clock.now()
        await here.rig.clock.advance(200)
        here.calls.error = AWAY

        found = await here.count_round(1)

        assert (found.seen, found.as_of) == (3, kept_at)


async def test_that_there_was_no_event_once_is_not_told_while_the_database_is_away() -> None:
    async with house() as here:
        await here.book.show(guild_id=here.team.guild_id)
        await here.rig.clock.advance(200)
        here.calls.error = AWAY

        with pytest.raises(StorageUnavailable):
            await here.book.show(guild_id=here.team.guild_id)
