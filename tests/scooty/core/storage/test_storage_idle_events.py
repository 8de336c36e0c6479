"""Events that were forgotten are closed, and those in use are not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg
import pytest

from actors.scheduler.messages import RunJob
from actors.testing import Probe
from scooty.core.calls import Sql
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import GuildId
from scooty.features.jobs.work import close_idle_events
from tests.asked import Asked
from tests.scooty.core.storage.conftest import AZORIUS, Team

if TYPE_CHECKING:
    from actors.kernel import Address

RUN = RunJob(job="close_idle_events", key="k", due_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("event_days", "report_days", "closed"),
    [(4, None, True), (2, None, False), (10, 4, True), (10, 2, False)],
)
async def test_an_event_without_a_report_for_three_days_is_closed(
    sql_repository: Address,
    scooty_database: str,
    event_days: int,
    report_days: int | None,
    *,
    closed: bool,
) -> None:
    guild_id = GuildId(AZORIUS + 77_000_000 + event_days * 100 + (report_days or 0))
    storage = Asked(Sql(sql_repository))
    team = Team(storage, guild_id)
    await team.open()
    if report_days is not None:
        await team.must_report("Jane Doe")
    with psycopg.connect(scooty_database, autocommit=True) as connection:
        connection.execute(
            "update scooty_private.events set created_at = now() - make_interval(days => %s)"
            " where guild_id = %s",
            (event_days, guild_id),
        )
        connection.execute(
            "update scooty_private.event_players"
            " set last_reported_at = now() - make_interval(days => %s) where guild_id = %s",
            (report_days, guild_id),
        )

    desk = Probe("desk").address
    first = await close_idle_events(RUN, repository=sql_repository, desk=desk)
    again = await close_idle_events(RUN, repository=sql_repository, desk=desk)

    found = await storage.check_player(guild_id=guild_id, name="Jane Doe")

    assert (first, again) == (f"{int(closed)} closed", "0 closed")
    assert isinstance(found, NoActiveEvent) is closed
