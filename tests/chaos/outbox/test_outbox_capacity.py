"""A journal that is as full as it may be: how long it takes to write, to read and to deliver."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from statistics import quantiles
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from actors.kernel import ActorSystem, ChildSpec
from actors.repository import PostgresConnection, Repository
from actors.testing import Probe, run_actor
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox
from scooty.core.outbox.entries import Entry
from scooty.core.outbox.journal import Journal
from scooty.core.outbox.messages import Enqueue, GetOutboxHealth, NotEnqueued
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.calls.recording import RecordReport
from scooty.features.reports.replies import refusals
from tests.asked import Asked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(180)]

_LIMIT = 10_000
_GUILDS = 20
_ONE_BY_ONE = 300
_SAM = MemberId(500)


def entry(number: int) -> Entry:
    return Entry(
        guild_id=GuildId(11 + number % _GUILDS),
        request_id=RequestId(1_000 + number),
        call=RecordReport(
            reporter_id=_SAM,
            reporter_name="Sam",
            opponent=f"Player Number{number // 100}",
            archetype="Boros Energy",
            comment="Keeps two lands on the play, sideboards against graveyards",
        ),
        queued_at=datetime.now(UTC),
        contact=None,
    )


@pytest.fixture
async def database(fresh_database: str) -> AsyncIterator[Asked]:
    """Storage in which every guild has an event."""
    system = ActorSystem()
    connection = PostgresConnection(dsn=SecretStr(fresh_database), migrations=MIGRATIONS)
    spec = ChildSpec(name="repository", start=lambda: Repository(connection), concurrency=16)
    async with system.running([spec]):
        storage = Asked(Sql(system.address("repository")))
        for number in range(_GUILDS):
            await storage.create_event(
                guild_id=GuildId(11 + number), request_id=RequestId(1), name="Open", member_id=_SAM
            )
        yield storage


def fill(directory: Path) -> list[float]:
    """Fill a journal; return how many milliseconds each of the first entries took."""
    journal = Journal(directory)
    journal.open(stamp="now")
    took_ms = []
    for number in range(_ONE_BY_ONE):
        began_s = time.perf_counter()
        journal.append([entry(number)])
        took_ms.append((time.perf_counter() - began_s) * 1_000)
    journal.append([entry(number) for number in range(_ONE_BY_ONE, _LIMIT)])
    journal.close()
    return took_ms


async def test_a_full_journal_is_read_takes_no_more_and_is_delivered(
    database: Asked, fresh_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "outbox"
    took_ms = await asyncio.to_thread(fill, directory)
    size_mib = (directory / "journal.sqlite3").stat().st_size / 2**20
    gateway = Probe("gateway").address
    actor = Outbox(
        directory=directory,
        calls=database.road,
        kinds=WAITING_CALLS,
        texts=refusals,
        gateway=gateway,
        limit=_LIMIT,
    )
    spec = ChildSpec(name="outbox", start=lambda: actor, concurrency=16)
    loop = asyncio.get_running_loop()
    began_s = loop.time()

    async with run_actor(spec) as outbox:
        read_s = loop.time() - began_s
        refused = await outbox.ask(Enqueue(entry=entry(_LIMIT)), timeout_s=2.0)
        while (await outbox.ask(GetOutboxHealth(), timeout_s=2.0)).waiting:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.05)
        delivered_s = loop.time() - began_s - read_s

    with psycopg.connect(fresh_database) as administrator:
        row = administrator.execute("select count(*) from scooty_private.reports").fetchone()
    assert row is not None
    p50_ms, p95_ms = (quantiles(took_ms, n=100)[each - 1] for each in (50, 95))
    with capsys.disabled():
        print(  # noqa: T201 - the drill's account
            f"\nan entry is on the disk after {p50_ms:.1f} ms (p50), {p95_ms:.1f} ms (p95);"
            f" {_LIMIT} entries are {size_mib:.1f} MiB, read in {read_s:.1f} s,"
            f" delivered in {delivered_s:.1f} s ({_LIMIT / delivered_s:.0f}/s)"
        )
    assert isinstance(refused, NotEnqueued)
    assert refused.why == "full"
    assert row == (_LIMIT,)
