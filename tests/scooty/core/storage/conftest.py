"""All roads to a real PostgreSQL: bare, by Supabase's API, behind the cache, behind the outbox."""

from __future__ import annotations

import os
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from pydantic import SecretStr

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.kernel import ActorSystem, ChildSpec
from actors.repository import PostgresConnection, Repository, SupabaseConnection
from actors.testing import Probe, run_actor
from scooty.core.cached import Cached
from scooty.core.call import Caller
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox
from scooty.core.queued import Queued
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.contact import Contacts
from scooty.domain.files import Person
from scooty.domain.ids import GuildId, MemberId, ReportId, RequestId
from scooty.domain.observations import PLAIN, Sighting
from scooty.domain.roster_plan import PlannedPlayer
from scooty.features.events.calls import EventCreated
from scooty.features.players.calls.rosters import (
    ApplyRoster,
    KeepRoster,
    NamesForRoster,
    RosterApplied,
    RosterNames,
    roster_content,
)
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.calls.recording import ReportRecorded
from scooty.features.reports.replies import refusals
from tests.asked import Asked
from tests.desk_fixture.standing import standing_repository
from tests.postgrest_stand_in.scooty_project import running_scooty_project

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from actors.kernel import Address
    from actors.repository.connection import Connection
    from scooty.core.calls import Calls
    from tests.postgres_fixture.server import RealPostgres
from tests.postgrest_stand_in.scooty_project import ScootyProject

AZORIUS = GuildId(1_100_000_000_000_000_001)
SAM = MemberId(1_300_000_000_000_000_002)
ROBIN = MemberId(1_300_000_000_000_000_003)

_guilds = count(time.time_ns() // 1_000_000)
"""New ones in every run: a database that is given keeps what earlier runs wrote."""


def new_guild() -> GuildId:
    """Return a guild that no other test has."""
    return GuildId(AZORIUS + next(_guilds))


@dataclass
class Team:
    """A guild's people at work: requests get fresh ids, and the rest has defaults."""

    storage: Asked
    guild_id: GuildId = AZORIUS
    request_ids: Iterator[int] = field(default_factory=lambda: count(1_400_000_000_000_000_000))
    beneath: Asked | None = None
    """What the storage stands on, where it can be given a roster."""

    def next_request(self) -> RequestId:
        return RequestId(next(self.request_ids))

    def other(self) -> Team:
        """Another guild on the same storage."""
        return Team(self.storage, GuildId(self.guild_id + 1_000_000), self.request_ids)

    async def open(self, name: str = "Open") -> Any:
        return await self.storage.create_event(
            guild_id=self.guild_id, request_id=self.next_request(), name=name, member_id=SAM
        )

    def captain(self) -> Caller:
        """Return a captain who asks for something new."""
        return Caller(
            guild_id=self.guild_id,
            member_id=SAM,
            request_id=self.next_request(),
            as_captain=True,
        )

    async def report(  # noqa: PLR0913 - a report has that many parts
        self,
        opponent: str,
        archetype: str = "Boros Energy",
        *,
        by: MemberId = SAM,
        comment: str | None = None,
        request_id: RequestId | None = None,
        sighting: Sighting = PLAIN,
    ) -> Any:
        return await self.storage.record_report(
            guild_id=self.guild_id,
            request_id=request_id or self.next_request(),
            reporter_id=by,
            reporter_name="Sam" if by == SAM else "Robin",
            opponent=opponent,
            archetype=archetype,
            comment=comment,
            sighting=sighting,
        )

    async def must_report(
        self,
        opponent: str,
        archetype: str = "Boros Energy",
        *,
        by: MemberId = SAM,
        sighting: Sighting = PLAIN,
    ) -> ReportRecorded:
        outcome = await self.report(opponent, archetype, by=by, sighting=sighting)
        assert isinstance(outcome, ReportRecorded)
        return outcome

    async def list_on_roster(self, *names: str) -> None:
        """Put players on the active event's roster; who keeps suggestions is not told."""
        assert self.beneath is not None
        calls = self.beneath.road
        known = await calls.read(self.guild_id, RosterNames())
        assert isinstance(known, NamesForRoster)
        planned = [PlannedPlayer(person=Person(name=name), player_id=None) for name in names]
        keeping = self.captain()
        await calls.write(keeping, KeepRoster(content=roster_content(known, planned, ())))
        applied = await calls.write(self.captain(), ApplyRoster(import_id=keeping.request_id))
        assert isinstance(applied, RosterApplied)

    async def undo(
        self, report_id: ReportId, *, by: MemberId = SAM, request_id: RequestId | None = None
    ) -> Any:
        return await self.storage.undo_report(
            guild_id=self.guild_id,
            request_id=request_id or self.next_request(),
            report_id=report_id,
            member_id=by,
        )

    async def names(self, text: str) -> list[str]:
        found = await self.storage.suggest_opponents(guild_id=self.guild_id, text=text)
        return [suggestion.name for suggestion in found]


@asynccontextmanager
async def sql_storage(connect: Callable[[], Connection]) -> AsyncIterator[Asked]:
    """A road with a repository of its own."""
    system = ActorSystem()
    spec = ChildSpec(name="repository", start=lambda: Repository(connect()), concurrency=16)
    async with system.running([spec]):
        yield Asked(Sql(system.address("repository"), is_strict=True))


@asynccontextmanager
async def behind_the_outbox(calls: Calls, tmp_path: Path) -> AsyncIterator[Asked]:
    """With the database up the outbox has to be as good as not there."""
    gateway = Probe("gateway").address
    actor = Outbox(
        directory=tmp_path / "outbox",
        calls=calls,
        kinds=WAITING_CALLS,
        texts=refusals,
        gateway=gateway,
    )
    async with run_actor(ChildSpec(name="outbox", start=lambda: actor, concurrency=16)) as outbox:
        yield Asked(Queued(calls, outbox=outbox, contacts=Contacts()))


def postgres(dsn: str) -> Connection:
    return PostgresConnection(dsn=SecretStr(dsn), migrations=MIGRATIONS, connections=2)


def supabase(project: ScootyProject) -> Connection:
    return SupabaseConnection(project=project.by_public_key(), migrations=MIGRATIONS, connections=2)


@pytest.fixture(scope="session")
def scooty_database(real_postgres: RealPostgres) -> Iterator[str]:
    """One database for all tests here: each test has a guild of its own in it."""
    with psycopg.connect(real_postgres.dsn, autocommit=True) as administrator:
        administrator.execute("create database scooty_storage")
        yield real_postgres.dsn.replace("dbname=postgres", "dbname=scooty_storage")
        administrator.execute("drop database scooty_storage with (force)")


@pytest.fixture(scope="session")
def scooty_project(real_postgres: RealPostgres) -> Iterator[ScootyProject]:
    """One Supabase project for all tests here."""
    with running_scooty_project(real_postgres.dsn, "scooty_project") as project:
        yield project


_GIVEN = os.environ.get("SCOOTY_TEST_DATABASE_URL")
"""Another PostgreSQL to hold to the contract as well."""


_KINDS = (
    "sql",
    "sql behind the cache",
    "sql behind the outbox",
    "supabase",
    *(["given"] if _GIVEN else []),
)


@pytest.fixture(scope="session")
def sql_repository(scooty_database: str) -> Iterator[Address]:
    with standing_repository(lambda: postgres(scooty_database)) as repository:
        yield repository


@pytest.fixture(scope="session")
def supabase_repository(scooty_project: ScootyProject) -> Iterator[Address]:
    with standing_repository(lambda: supabase(scooty_project)) as repository:
        yield repository


@pytest.fixture(scope="session")
def given_repository() -> Iterator[Address]:
    assert _GIVEN is not None
    given = _GIVEN
    with standing_repository(lambda: postgres(given)) as repository:
        yield repository


@pytest.fixture(params=_KINDS)
def database(request: pytest.FixtureRequest) -> Asked:
    """What asks a database; made outside any event loop."""
    kind = request.param.split()[0]
    return Asked(Sql(request.getfixturevalue(f"{kind}_repository"), is_strict=True))


@pytest.fixture
async def idle_team(
    request: pytest.FixtureRequest, database: Asked, tmp_path: Path
) -> AsyncIterator[Team]:
    """A guild without an event."""
    guild_id = new_guild()
    kind, sql = request.node.callspec.params["database"], database.road
    if "cache" in kind:
        assert isinstance(sql, Sql)
        async with run_actor(InMemoryCache(Shelf())) as cache:
            yield Team(Asked(Cached(sql, cache=cache)), guild_id, beneath=database)
    elif "outbox" in kind:
        async with behind_the_outbox(sql, tmp_path) as asked:
            yield Team(asked, guild_id, beneath=database)
    else:
        yield Team(database, guild_id, beneath=database)


@pytest.fixture
async def team(idle_team: Team) -> Team:
    """A guild with an active event."""
    assert isinstance(await idle_team.open(), EventCreated)
    return idle_team
