"""A PostgreSQL that is killed and comes back while a team reports: every report is taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from actors.kernel import ActorSystem, ChildSpec
from actors.repository import PostgresConnection, Repository
from actors.testing import Probe
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.core.queued import Queued
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.contact import Contacts
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.calls.recording import ReportQueued, ReportRecorded
from scooty.features.reports.replies import refusals
from tests.asked import Asked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres_fixture.server import RealPostgres

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(120)]

_GUILD = GuildId(11)
_SAM = MemberId(500)
_OUTAGES = 3
_PATIENCE_S = 20.0


async def report(storage: Asked, number: int) -> str:
    outcome = await storage.record_report(
        guild_id=_GUILD,
        request_id=RequestId(number),
        reporter_id=_SAM,
        reporter_name="Sam",
        opponent=f"Player {number}",
        archetype="Boros Energy",
        comment=None,
    )
    assert isinstance(outcome, ReportRecorded | ReportQueued)
    return "recorded" if isinstance(outcome, ReportRecorded) else "queued"


async def test_every_report_is_taken_through_three_outages_and_stored_once_in_order(
    hurt_postgres: RealPostgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    system = ActorSystem()
    sql = Sql(system.address("repository"))
    outbox = system.address("outbox")
    connection = PostgresConnection(dsn=SecretStr(hurt_postgres.dsn), migrations=MIGRATIONS)
    gateway = Probe("gateway")
    specs = (
        ChildSpec(name="repository", start=lambda: Repository(connection), concurrency=16),
        ChildSpec(
            name="outbox",
            start=lambda: Outbox(
                directory=tmp_path / "outbox",
                calls=sql,
                kinds=WAITING_CALLS,
                texts=refusals,
                gateway=gateway.address,
            ),
            after=("repository",),
            concurrency=16,
        ),
    )
    said: list[str] = []
    recoveries_s: list[float] = []
    async with system.running(specs):
        storage = Asked(Queued(sql, outbox=outbox, contacts=Contacts()))
        await storage.create_event(
            guild_id=_GUILD, request_id=RequestId(1), name="Open", member_id=_SAM
        )
        loop = asyncio.get_running_loop()
        for outage in range(_OUTAGES):
            first = 1_000 * (outage + 1)
            said += [await report(storage, first + number) for number in range(20)]
            await asyncio.to_thread(hurt_postgres.kill)
            said += [await report(storage, first + number) for number in range(20, 40)]
            await asyncio.to_thread(hurt_postgres.start)
            back_s = loop.time()
            async with asyncio.timeout(_PATIENCE_S):
                while (await outbox.ask(GetOutboxHealth(), timeout_s=1.0)).waiting:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.01)
            recoveries_s.append(loop.time() - back_s)

    with psycopg.connect(hurt_postgres.dsn) as administrator:
        stored = administrator.execute(
            "select request_id from scooty_private.reports order by id"
        ).fetchall()
    with capsys.disabled():
        slowest_s = max(recoveries_s)
        queued = said.count("queued")
        print(  # noqa: T201 - the drill's account
            f"\n{_OUTAGES} outages: {len(said) - queued} recorded, {queued} queued,"
            f" {len(stored)} stored; all delivered {slowest_s:.1f} s after the end at the latest"
        )
    expected = [1_000 * (outage + 1) + n for outage in range(_OUTAGES) for n in range(40)]
    assert [request_id for (request_id,) in stored] == expected
    assert queued >= _OUTAGES * 20
