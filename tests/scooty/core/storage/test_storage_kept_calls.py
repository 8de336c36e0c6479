"""What an SQL function says, kept: how often it is asked, and what is shown in an outage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from scooty.domain.ids import EventId
from scooty.errors import StorageUnavailable
from scooty.features.events.calls import SetEventPhase, ShowEvent
from scooty.features.events.commands.event_inputs import find_events
from scooty.features.stats.calls import CountEvent
from tests.scooty.core.storage.cached_rig import AWAY, cached_rig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from actors.kernel import Address
    from tests.scooty.core.storage.cached_rig import Rig
    from tests.scooty.core.storage.conftest import Team


@dataclass
class House:
    rig: Rig
    team: Team

    @property
    def asked(self) -> list[str]:
        """What the database was asked about events, in order."""
        return [
            call.name
            for call in self.rig.database.asked
            if "event" in call.name and call.name != "create_event"
        ]

    async def count_round(self, number: int, event_id: int | None = None) -> Any:
        event = None if event_id is None else EventId(event_id)
        return await self.team.storage.road.read(
            self.team.guild_id, CountEvent(event_id=event, round_number=number)
        )

    async def suggest(self, text: str) -> list[str]:
        found = await find_events(self.team.storage.road, self.team.guild_id, text)
        return [event.name for event in found]


@pytest.fixture
async def here(sql_repository: Address[Any]) -> AsyncIterator[House]:
    async with cached_rig(sql_repository) as rig:
        team, _ = rig.process()
        await team.open()
        yield House(rig, team)


async def test_a_round_costs_one_call_and_then_none_until_something_is_reported(
    here: House,
) -> None:
    await here.count_round(1)
    await here.count_round(1)
    assert here.asked == ["event_stats"]

    await here.team.must_report("Jane Doe", "Burn")
    await here.count_round(1)

    assert here.asked == ["event_stats"] * 2


async def test_each_round_and_event_is_kept_for_itself(here: House) -> None:
    for _ in range(2):
        await here.count_round(1)
        await here.count_round(2)
        await here.count_round(1, event_id=7)

    assert here.asked == ["event_stats"] * 3


async def test_events_names_are_asked_for_once_whatever_is_typed_and_reported(here: House) -> None:
    found = [await here.suggest(text) for text in ("", "op", "OPEN", "lyon")]
    await here.team.must_report("Jane Doe", "Burn")
    found.append(await here.suggest("open"))

    assert found == [["Open"], ["Open"], ["Open"], [], ["Open"]]
    assert here.asked == ["name_events"]


async def test_events_names_are_asked_for_again_after_an_event_changed(here: House) -> None:
    await here.suggest("")
    await here.team.storage.road.write(here.team.captain(), SetEventPhase(phase="draft"))
    await here.suggest("")

    assert here.asked == ["name_events", "set_event_phase", "name_events"]


async def test_what_is_kept_is_shown_with_its_time_while_the_database_is_away(here: House) -> None:
    await here.count_round(1)
    kept_at = here.rig.clock.now()
    await here.rig.clock.advance(200)
    here.rig.database.error = AWAY

    found = await here.count_round(1)

    assert found.stats.as_of == kept_at


async def test_that_there_was_no_event_once_is_not_told_while_the_database_is_away(
    here: House,
) -> None:
    nowhere = here.team.other().guild_id
    await here.team.storage.road.read(nowhere, ShowEvent())
    await here.rig.clock.advance(200)
    here.rig.database.error = AWAY

    with pytest.raises(StorageUnavailable):
        await here.team.storage.road.read(nowhere, ShowEvent())
