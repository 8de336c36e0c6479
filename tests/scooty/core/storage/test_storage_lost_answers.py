"""A road to Supabase that loses answers or delivers twice: everything is stored exactly once."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest

from scooty.domain.ids import GuildId
from scooty.features.events.calls import EventCreated
from scooty.features.reports.calls.recording import ReportRecorded, ReportUndone
from tests.postgrest_stand_in.faults import Fault
from tests.scooty.core.storage.conftest import AZORIUS, Team, sql_storage, supabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.postgrest_stand_in.scooty_project import ScootyProject

FAULTS = [
    Fault(kind="drop", after_call=True),
    Fault(kind="reset", after_call=True),
    Fault(kind="status", status=502, after_call=True),
    Fault(kind="html", after_call=True),
    Fault(kind="twice"),
    Fault(kind="drop"),
]


_guilds = count(1)
"""Below the guilds of the other tests, with which these share a database."""


@pytest.fixture
async def supabase_team(scooty_project: ScootyProject) -> AsyncIterator[Team]:
    async with sql_storage(partial(supabase, scooty_project)) as storage:
        yield Team(storage, GuildId(AZORIUS - next(_guilds)))
    scooty_project.stand_in.faults.clear()


def stored(project: ScootyProject, team: Team, request_id: int) -> int:
    with psycopg.connect(project.dsn) as connection:
        row = connection.execute(
            "select count(*) from scooty_private.reports where guild_id = %s and request_id = %s",
            (team.guild_id, request_id),
        ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind} {fault.after_call}")
async def test_a_report_whose_answer_was_lost_is_stored_once_and_acknowledged(
    supabase_team: Team, scooty_project: ScootyProject, fault: Fault
) -> None:
    await supabase_team.open(f"Open {fault.kind} {fault.after_call}")
    request_id = supabase_team.next_request()
    faults = scooty_project.stand_in.faults

    faults.once(fault, fault)
    recorded = await supabase_team.report("Jane Doe", request_id=request_id)
    assert isinstance(recorded, ReportRecorded)
    faults.once(fault)
    undone = await supabase_team.undo(recorded.report_id)

    assert isinstance(undone, ReportUndone)
    assert await asyncio.to_thread(stored, scooty_project, supabase_team, request_id) == 1


async def test_every_acknowledged_report_is_stored_once_while_a_third_of_the_calls_fail(
    supabase_team: Team, scooty_project: ScootyProject
) -> None:
    created = await supabase_team.open("A bad day")
    assert isinstance(created, EventCreated)
    scooty_project.stand_in.faults.always(
        Fault(kind="drop", after_call=True, share=0.2), Fault(kind="status", share=0.15)
    )
    requests = [supabase_team.next_request() for _ in range(60)]

    answers = await asyncio.gather(
        *(supabase_team.report(f"Player {n}", request_id=n) for n in requests),
        return_exceptions=True,
    )
    scooty_project.stand_in.faults.clear()

    times = [await asyncio.to_thread(stored, scooty_project, supabase_team, n) for n in requests]
    acknowledged = [isinstance(answer, ReportRecorded) for answer in answers]
    assert any(acknowledged)
    assert set(times) <= {0, 1}
    assert [
        n for n, ok, once in zip(requests, acknowledged, times, strict=True) if ok and not once
    ] == []
