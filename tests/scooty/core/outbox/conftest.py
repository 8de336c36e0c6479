"""An outbox on a real disk between people and a database that can be taken away."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered, FollowUp
from actors.kernel import ActorSystem, ChildSpec, GetStatistics, RestartIntensity
from actors.testing import ManualClock, Probe
from scooty.core.outbox import Outbox, OutboxStorage
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.core.storage.in_memory import InMemoryStorage
from scooty.domain.contact import Contact, Contacts
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, ReportId, RequestId
from scooty.domain.observations import PLAIN, Sighting
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from actors.discord_gateway.replies import Reply
    from actors.kernel import ActorStatistics, Address
    from scooty.core.outbox.messages import OutboxHealth
    from scooty.core.storage.inner_port import BatchedReport
    from scooty.core.storage.port import (
        CheckOutcome,
        CreateOutcome,
        DraftOutcome,
        RecordOutcome,
        Storage,
        UndoOutcome,
    )

    RunHouse: TypeAlias = Callable[..., AbstractAsyncContextManager["House"]]

GUILD = GuildId(11)
SAM = MemberId(500)
ROBIN = MemberId(501)


def text_of(reply: Reply) -> str:
    (embed,) = reply.embeds
    return f"{embed.title}\n{embed.description}"


class Database:
    """The twin in memory, behind a line that can be cut before or after the work is done."""

    def __init__(self, *, clock: ManualClock) -> None:
        self.twin = InMemoryStorage(now=clock.now)
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

    async def record_reports(
        self, *, guild_id: GuildId, reports: tuple[BatchedReport, ...]
    ) -> tuple[RecordOutcome, ...]:
        """All or none, as the database does; each counts as a call of its own."""
        if self.is_away:
            raise StorageUnavailable("cut", may_have_been_saved=False)
        self.batches.append(len(reports))
        for report in reports:
            if (fault := self.faults.get(report.opponent)) is not None:
                raise fault
        self.calls += [f"record_report {report.opponent}" for report in reports]
        self.arrived.set()
        await self.gate.wait()
        outcomes = await self.twin.record_reports(guild_id=guild_id, reports=reports)
        if self.loses_answers:
            raise StorageUnavailable("lost", may_have_been_saved=True)
        return outcomes

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(**arguments: Any) -> Any:
            if self.is_away:
                raise StorageUnavailable("cut", may_have_been_saved=False)
            self.calls.append(" ".join(filter(None, (name, arguments.get("opponent")))))
            self.arrived.set()
            await self.gate.wait()
            if (fault := self.faults.get(arguments.get("opponent", ""))) is not None:
                raise fault
            outcome = await getattr(self.twin, name)(**arguments)
            if self.loses_answers:
                raise StorageUnavailable("lost", may_have_been_saved=True)
            return outcome

        return call


@dataclass
class House:
    """A running outbox, and the storage through which people use it."""

    outbox: Address
    storage: Storage
    database: Database
    gateway: Probe
    contacts: Contacts
    clock: ManualClock
    supervisor: Address
    guild_id: GuildId = GUILD
    numbers: Iterator[int] = field(default_factory=lambda: count(1_000))

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
    ) -> RecordOutcome:
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
    ) -> DraftOutcome:
        request_id = self.next_request()
        with self.contacts.known(request_id, self.contact(by, request_id)):
            return await self.storage.record_draft(
                guild_id=self.guild_id,
                request_id=request_id,
                draft_id=draft_id,
                archetype_id=archetype_id,
                reporter_id=by,
            )

    async def undo(self, report_id: ReportId, *, by: MemberId = SAM) -> UndoOutcome:
        request_id = self.next_request()
        with self.contacts.known(request_id, self.contact(by, request_id)):
            return await self.storage.undo_report(
                guild_id=self.guild_id, request_id=request_id, report_id=report_id, member_id=by
            )

    async def open_event(self, name: str = "Open", *, by: MemberId = SAM) -> CreateOutcome:
        request_id = self.next_request()
        with self.contacts.known(request_id, self.contact(by, request_id)):
            return await self.storage.create_event(
                guild_id=self.guild_id, request_id=request_id, name=name, member_id=by
            )

    async def check(self, name: str) -> CheckOutcome:
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
def database(clock: ManualClock) -> Database:
    return Database(clock=clock)


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
                storage=database,  # type: ignore[arg-type]
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
                storage=OutboxStorage(
                    database,  # type: ignore[arg-type]
                    outbox=outbox,
                    contacts=contacts,
                    clock=clock,
                ),
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
