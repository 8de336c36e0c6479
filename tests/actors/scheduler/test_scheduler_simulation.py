"""Jobs in three processes that crash all the time: nothing missed, nothing done twice.

Two virtual hours in the suite; 24 of them, three times, among the drills.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

from actors.scheduler import Job
from actors.testing import virtual_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.actors.scheduler.conftest import Office

HOUR_S = 3600.0
JOBS = (
    Job(name="heartbeat", expression="* * * * *", catch_up="all", lease_s=30.0),
    Job(name="outbox", expression="*/5 * * * *", catch_up="all", lease_s=30.0),
    Job(name="digest", expression="0 * * * *", catch_up="all", lease_s=30.0),
    Job(name="warm_up", expression="30 */2 * * *", catch_up="all", timezone="Europe/Paris"),
)


async def live(desk: Office, owner: str, seed: int) -> None:
    """Be a process that lives for minutes, dies in the middle of things, and comes back."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    while True:
        process = await desk.start(*JOBS, owner=f"{owner}{chance.random()}")
        try:
            await asyncio.sleep(chance.uniform(1, 600))
        finally:
            await process.aclose()
        await asyncio.sleep(chance.uniform(0, 120))


@virtual_time
@pytest.mark.parametrize(
    ("hours", "seed"),
    [(2, 0), *(pytest.param(24, seed, marks=pytest.mark.chaos) for seed in range(3))],
)
async def test_three_crashing_processes_miss_and_double_nothing(
    office: Callable[..., Office], hours: int, seed: int
) -> None:
    desk = office(work_s=8.0)
    began_at = desk.clock.now()

    lives = [
        asyncio.ensure_future(live(desk, owner, seed * 3 + n)) for n, owner in enumerate("abc")
    ]
    await asyncio.sleep(hours * HOUR_S)
    for each in lives:
        each.cancel()
    await asyncio.wait(lives)
    ended_at = desk.clock.now()
    async with desk.process(*JOBS, owner="last"):  # what was cut off at the end is caught up
        await asyncio.sleep(120)

    done = Counter(desk.done)
    due = {
        (job.name, fire.key)
        for job in JOBS
        for fire in takewhile(lambda fire: fire.due_at <= ended_at, job.fires_after(began_at))
    }
    assert len(due) > 70 * hours
    assert due - set(done) == set()
    assert [fire for fire, times in done.items() if times > 1] == []
    assert len(desk.begun) > len(desk.done) + hours  # it did crash in the middle of runs
