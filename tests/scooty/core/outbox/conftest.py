"""An outbox on a real disk between people and a database that can be taken away."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import psycopg
import pytest

from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered, FollowUp
from actors.kernel import ActorSystem, ChildSpec, GetStatistics, RestartIntensity
from actors.repository.messages import CallFunction, DatabaseUnavailable
from actors.testing import ManualClock, Probe
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.core.queued import Queued
from scooty.domain.contact import Contact, Contacts
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, ReportId, RequestId
from scooty.domain.observations import PLAIN, Sighting
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.replies import refusals
from tests.asked import Asked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from actors.discord_gateway.replies import Reply
    from actors.kernel import ActorStatistics, Address, Query
    from actors.repository.messages import RepositoryMessage
    from scooty.core.outbox.messages import OutboxHealth

    RunHouse: TypeAlias = Callable[..., AbstractAsyncContextManager["House"]]

GUILD = GuildId(11)
_guilds = count(time.time_ns() // 1_000)
"""New ones in every run: a database that is given keeps what earlier runs wrote."""
SAM = MemberId(500)
ROBIN = MemberId(501)


def text_of(reply: Reply) -> str:
    (embed,) = reply.embeds
    return f"{embed.title}\n{embed.description}"


class Database:
    """Stands where the repository's address does: a line to a real database that can be cut."""

    def __init__(self, repository: Address[RepositoryMessage], dsn: str) -> None:
        self._repository = repository
        self._dsn = dsn
        self.guild_id = GuildId(next(_guilds))
        self.is_away = False
        self.loses_answers = False
        self.faults: dict[str, Exception] = {}
        """What a report of an opponent raises, as a fault of the program would."""
        self.gate = asyncio.Event()
        """Calls wait in the database while it is closed."""
        self.gate.set()
        self.arrived = asyncio.Event()
        self.calls: list[str] = []
        """Every call that arrived, by name, with the opponent of a report."""
        self.batches: list[int] = []
        """How many reports came together, each time."""

    @property
    def beneath(self) -> Asked:
        """The database past the line."""
        return Asked(Sql(self._repository, is_strict=True))

    @property
    def sql(self) -> Sql:
        """Calls by this line."""
        return Sql(cast("Address[RepositoryMessage]", self), is_strict=True)

    async def ask(self, query: Query[Any], *, timeout_s: float) -> Any:
        assert isinstance(query, CallFunction)
        if self.is_away:
            return DatabaseUnavailable(detail="cut", may_have_been_saved=False)
        arguments: dict[str, Any] = dict(query.arguments)
        together: list[dict[str, Any]] = arguments.get("reports", [])
        opponents = [each["opponent"] for each in together] or [arguments.get("opponent", "")]
        if together:
            self.batches.append(len(together))
            self._raise_fault(opponents)
        name = query.name.replace("record_reports", "record_report")
        self.calls += [f"{name} {opponent}".strip() for opponent in opponents]
        self.arrived.set()
        await self.gate.wait()
        self._raise_fault(opponents)
        answer = await self._repository.ask(query, timeout_s=timeout_s)
        if self.loses_answers:
            return DatabaseUnavailable(detail="lost", may_have_been_saved=query.writes)
        return answer

    def _raise_fault(self, opponents: list[str]) -> None:
        for opponent in opponents:
            if (fault := self.faults.get(opponent)) is not None:
                raise fault

    def forget_drafts(self) -> None:
        """Let the time of all drafts be over, as it is by the test's clock."""
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(
                "update scooty_private.drafts set expires_at = now() - interval '1 s'"
                " where guild_id = %s",
                (self.guild_id,),
            )


@dataclass
class House:
    """A running outbox, and the storage through which people use it."""

    outbox: Address
    storage: Asked
    database: Database
    gateway: Probe
    contacts: Contacts
    clock: ManualClock
    supervisor: Address
    numbers: Iterator[int] = field(default_factory=lambda: count(1_000))

    def __post_init__(self) -> None:
        self.guild_id = self.database.guild_id

    def next_request(self) -> RequestId:
        return RequestId(next(self.numbers))

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
        request_id = request_id or self.next_request()
        with self.contacts.known(request_id, self.contact(by, request_id)):
            return await self.storage.record_report(
                guild_id=self.guild_id,
                request_id=request_id,
                reporter_id=by,
                reporter_name="Sam" if by == SAM else "Robin",
                opponent=opponent,
                archetype=archetype,
                comment=comment,
                sighting=sighting,
            )

    async def pick(
        self, draft_id: RequestId, archetype_id: ArchetypeId, *, by: MemberId = SAM
    ) -> Any:
        request_id = self.next_request()
        with self.contacts.known(request_id, self.contact(by, request_id)):
            return await self.storage.record_draft(
                guild_id=self.guild_id,
                request_id=request_id,
                draft_id=draft_id,
                archetype_id=archetype_id,
                reporter_id=by,
            )

    async def undo(self, report_id: ReportId, *, by: MemberId = SAM) -> Any:
        request_id = self.next_request()
        with self.contacts.known(request_id, self.contact(by, request_id)):
            return await self.storage.undo_report(
                guild_id=self.guild_id, request_id=request_id, report_id=report_id, member_id=by
            )

    async def open_event(self, name: str = "Open", *, by: MemberId = SAM) -> Any:
        request_id = self.next_request()
        with self.contacts.known(request_id, self.contact(by, request_id)):
            return await self.storage.create_event(
                guild_id=self.guild_id, request_id=request_id, name=name, member_id=by
            )

    async def check(self, name: str) -> Any:
        return await self.storage.check_player(guild_id=self.guild_id, name=name)

    def contact(self, member_id: MemberId, request_id: RequestId) -> Contact:
        return Contact(
            member_id=member_id,
            application_id=1,
            interaction_id=request_id,
            token="secret-token",  # noqa: S106 - a test's
            channel_id=3,
            locale="en-US",
            asked_at=self.clock.now(),
        )

    async def health(self) -> OutboxHealth:
        return await self.outbox.ask(GetOutboxHealth(), timeout_s=1.0)

    async def statistics(self) -> ActorStatistics:
        everybody = await self.supervisor.ask(GetStatistics(), timeout_s=1.0)
        return next(actor for actor in everybody.actors if actor.name == "outbox")

    async def until(self, condition: Callable[[OutboxHealth], bool]) -> OutboxHealth:
        """Let time pass, and the disk's thread work, until the outbox is as wanted."""
        async with asyncio.timeout(10):
            while not condition(health := await self.health()):
                await self.clock.advance(1.0)
                await asyncio.sleep(0.001)
            return health

    async def until_empty(self) -> OutboxHealth:
        """Let time pass until nothing waits any more."""
        return await self.until(lambda health: health.waiting == health.untold == 0)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def database(desk_repository: Address[RepositoryMessage], desk_database: str) -> Database:
    return Database(desk_repository, desk_database)


@pytest.fixture
async def gateway() -> Probe:
    """A gateway that delivers everything."""
    gateway = Probe("gateway")
    gateway.answer(FollowUp, Answered())
    gateway.answer(SendToMember, Answered())
    return gateway


@pytest.fixture
def run_house(tmp_path: Path, clock: ManualClock, database: Database, gateway: Probe) -> RunHouse:
    """Run an outbox for the length of a block; a later block is the next life of the process."""
    numbers = count(1_000)

    @asynccontextmanager
    async def run(*, limit: int = 100, restarts: int = 0) -> AsyncIterator[House]:
        system = ActorSystem(clock=clock, intensity=RestartIntensity(restarts=restarts))
        spec = ChildSpec(
            name="outbox",
            start=lambda: Outbox(
                directory=tmp_path / "outbox",
                calls=database.sql,
                kinds=WAITING_CALLS,
                texts=refusals,
                gateway=gateway.address,
                limit=limit,
            ),
            concurrency=16,
        )
        contacts = Contacts()
        outbox = system.address("outbox")
        async with system.running([spec]):
            yield House(
                outbox=outbox,
                storage=Asked(Queued(database.sql, outbox=outbox, contacts=contacts, clock=clock)),
                database=database,
                gateway=gateway,
                contacts=contacts,
                clock=clock,
                supervisor=system.supervisor,
                numbers=numbers,
            )

    return run


@pytest.fixture
async def house(
    run_house: Callable[..., AbstractAsyncContextManager[House]],
) -> AsyncIterator[House]:
    """A running outbox; the guild has an active event."""
    async with run_house() as house:
        await house.open_event()
        yield house
