"""All storages: in memory, and through a real repository to a real PostgreSQL by either road."""

from __future__ import annotations

import os
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.kernel import ActorSystem, ChildSpec
from actors.repository import PostgresConnection, Repository, SupabaseConnection
from actors.testing import Probe, run_actor
from scooty.core.call import Caller
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox, OutboxStorage
from scooty.core.cached.cached import CachedStorage
from scooty.core.storage.in_memory import InMemoryStorage
from scooty.core.storage.migrations import MIGRATIONS
from scooty.features.events.creating import EventCreated
from scooty.core.storage.port import RecordOutcome, UndoOutcome
from scooty.features.reports.calls.recording import ReportRecorded
from scooty.core.storage.sql_storage import SqlStorage
from scooty.domain.contact import Contacts
from scooty.domain.files import Person
from scooty.domain.ids import GuildId, MemberId, ReportId, RequestId
from scooty.domain.observations import PLAIN, Sighting
from scooty.domain.roster_plan import PlannedPlayer
from scooty.features.players.calls.rosters import (
    ApplyRoster,
    KeepRoster,
    NamesForRoster,
    RosterApplied,
    RosterNames,
    roster_content,
)
from tests.desk_fixture.standing import standing_repository
from tests.postgrest_stand_in.scooty_project import running_scooty_project

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from actors.kernel import Address
    from actors.repository.connection import Connection
    from scooty.core.storage.inner_port import BatchStorage
    from scooty.core.storage.port import CreateOutcome, Storage
    from tests.postgres_fixture.server import RealPostgres
from tests.postgrest_stand_in.scooty_project import ScootyProject

AZORIUS = GuildId(1_100_000_000_000_000_001)
SAM = MemberId(1_300_000_000_000_000_002)
ROBIN = MemberId(1_300_000_000_000_000_003)

_guilds = count(time.time_ns() // 1_000_000)
"""New ones in every run: a database that is given keeps what earlier runs wrote."""


@dataclass
class Team:
    """A guild's people at work: requests get fresh ids, and the rest has defaults."""

    storage: Storage
    guild_id: GuildId = AZORIUS
    request_ids: Iterator[int] = field(default_factory=lambda: count(1_400_000_000_000_000_000))
    beneath: InMemoryStorage | SqlStorage | None = None
    """What the storage stands on, where it can be given a roster."""

    def next_request(self) -> RequestId:
        return RequestId(next(self.request_ids))

    def other(self) -> Team:
        """Another guild on the same storage."""
        return Team(self.storage, GuildId(self.guild_id + 1_000_000), self.request_ids)

    async def open(self, name: str = "Open") -> CreateOutcome:
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
    ) -> RecordOutcome:
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
        if isinstance(self.beneath, InMemoryStorage):
            self.beneath.list_players(guild_id=self.guild_id, names=names)
            return
        assert self.beneath is not None
        calls = Sql(self.beneath.calls._repository)
        known = await calls.read(self.guild_id, RosterNames())
        assert isinstance(known, NamesForRoster)
        planned = [PlannedPlayer(person=Person(name=name), player_id=None) for name in names]
        keeping = self.captain()
        await calls.write(keeping, KeepRoster(content=roster_content(known, planned, ())))
        applied = await calls.write(self.captain(), ApplyRoster(import_id=keeping.request_id))
        assert isinstance(applied, RosterApplied)

    async def undo(
        self, report_id: ReportId, *, by: MemberId = SAM, request_id: RequestId | None = None
    ) -> UndoOutcome:
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
async def sql_storage(connect: Callable[[], Connection]) -> AsyncIterator[SqlStorage]:
    """Storage with a repository of its own."""
    system = ActorSystem()
    spec = ChildSpec(name="repository", start=lambda: Repository(connect()), concurrency=16)
    async with system.running([spec]):
        yield SqlStorage(system.address("repository"))


@asynccontextmanager
async def behind_the_outbox(storage: BatchStorage, tmp_path: Path) -> AsyncIterator[OutboxStorage]:
    """With the database up the outbox has to be as good as not there."""
    gateway = Probe("gateway").address
    actor = Outbox(directory=tmp_path / "outbox", storage=storage, gateway=gateway)
    async with run_actor(ChildSpec(name="outbox", start=lambda: actor, concurrency=16)) as outbox:
        yield OutboxStorage(storage, outbox=outbox, contacts=Contacts())


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
    "in_memory",
    "in_memory behind the cache",
    "sql",
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
def database(request: pytest.FixtureRequest) -> SqlStorage | None:
    """What asks a database, or None for what is in memory; made outside any event loop."""
    kind = request.param.split()[0]
    if kind == "in_memory":
        return None
    return SqlStorage(request.getfixturevalue(f"{kind}_repository"))


@pytest.fixture
async def idle_team(
    request: pytest.FixtureRequest, database: SqlStorage | None, tmp_path: Path
) -> AsyncIterator[Team]:
    """A guild without an event."""
    guild_id = GuildId(AZORIUS + next(_guilds))
    kind = request.node.callspec.params["database"]
    beneath = database or InMemoryStorage()
    if isinstance(beneath, InMemoryStorage) and "cache" in kind:
        async with run_actor(InMemoryCache(Shelf())) as cache:
            yield Team(CachedStorage(beneath, cache=cache), guild_id, beneath=beneath)
    elif isinstance(beneath, SqlStorage) and "outbox" in kind:
        async with behind_the_outbox(beneath, tmp_path) as outbox_storage:
            yield Team(outbox_storage, guild_id, beneath=beneath)
    else:
        yield Team(beneath, guild_id, beneath=beneath)


@pytest.fixture
async def team(idle_team: Team) -> Team:
    """A guild with an active event."""
    assert isinstance(await idle_team.open(), EventCreated)
    return idle_team
