"""How often a command asks the database, its team's roles included."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import pytest
from typing_extensions import override

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.testing import run_actor
from scooty.core.storage.cached import CachedStorage
from scooty.core.storage.calls import Calls
from scooty.core.storage.settings import SettingsBook
from scooty.core.storage.told_calls import ToldCalls
from scooty.features.books import Books
from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.reading import as_text
from tests.desk_fixture.round_rows import link, pair

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.repository.messages import JsonValue
    from scooty.core.storage.calls import SqlCalls
    from scooty.core.storage.sql_storage import SqlStorage
    from scooty.domain.ids import GuildId, RequestId
    from tests.desk_fixture.desk import TeamDesk

SCOUTS = 1_302
SCOUT = replace(SAM, role_ids=(SCOUTS,))


@dataclass
class CountedCalls(Calls):
    """Counts the calls on their way to the database, by function."""

    calls: Calls
    counts: Counter[str] = field(default_factory=Counter)

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        self.counts[function] += 1
        return await self.calls.read(function, guild_id=guild_id, **arguments)

    @override
    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        self.counts[function] += 1
        return await self.calls.write(
            function, guild_id=guild_id, request_id=request_id, **arguments
        )


@dataclass(frozen=True)
class CountedDesk:
    desk: TeamDesk
    counts: Counter[str]


@pytest.fixture
async def counted(team_desk: TeamDesk) -> AsyncIterator[CountedDesk]:
    """A team with roles and an event, at a desk with a cache that has answered before."""
    storage = cast("SqlStorage", team_desk.ports.storage)
    calls = CountedCalls(storage.calls)
    storage.calls = cast("SqlCalls", calls)
    async with run_actor(InMemoryCache(Shelf())) as cache:
        kept = CachedStorage(storage, cache=cache, settings=SettingsBook(calls))
        ports = replace(
            team_desk.ports,
            storage=kept,
            books=Books(ToldCalls(calls, kept)),
            settings=kept.settings,
        )
        desk = replace(team_desk, ports=ports)
        await desk.command("admin create-event", by=CAPTAIN, name="Open")
        await desk.command("setup roles", by=CAPTAIN, scout=SCOUTS)
        await desk.scouted("Jane Doe", by=SCOUT)
        await desk.command("check", by=SCOUT, name="Jane Doe")
        calls.counts.clear()
        yield CountedDesk(desk, calls.counts)


async def test_a_report_is_one_call(counted: CountedDesk) -> None:
    for name in ("Jane Doe", "Jon Doe"):
        await counted.desk.scouted(name, by=SCOUT)

    assert counted.counts == {"record_report": 2}


async def test_a_warm_look_up_and_a_refusal_are_none(counted: CountedDesk) -> None:
    known = await counted.desk.command("check", by=SCOUT, name="Jane Doe")
    refused = await counted.desk.command("check", by=SAM, name="Jane Doe")

    assert (known.verdict, refused.verdict) == ("ok", "refused")
    assert counted.counts == {}


async def test_a_captain_who_closes_the_event_leaves_the_roles_warm(counted: CountedDesk) -> None:
    await counted.desk.command("event close", by=CAPTAIN)
    counted.counts.clear()

    await counted.desk.command("scout", by=SCOUT, opponent="Jane Doe", archetype="Burn")

    assert counted.counts == {"record_report": 1}


async def test_a_change_of_roles_is_read_once(counted: CountedDesk) -> None:
    await counted.desk.command("setup roles", by=CAPTAIN, reader=5)
    counted.counts.clear()

    for _ in range(3):
        await counted.desk.command("ping", by=SCOUT)

    assert counted.counts == {"guild_settings": 1}


async def test_an_opponent_is_one_call_and_none_until_something_changes(
    counted: CountedDesk,
) -> None:
    link(counted.desk, SCOUT, "Ann Nox")
    pair(counted.desk, 1, [("Ann Nox", "Jane Doe", 12)])

    for _ in range(2):
        await counted.desk.command("opponent", by=SCOUT)
    once = dict(counted.counts)
    await counted.desk.scouted("Jane Doe", "Burn", by=SCOUT)
    shown = await counted.desk.command("opponent", by=SCOUT)

    assert once == {"my_opponent": 1}
    assert counted.counts == {"my_opponent": 2, "record_report": 1}
    assert "**Burn**" in as_text(shown.response)
