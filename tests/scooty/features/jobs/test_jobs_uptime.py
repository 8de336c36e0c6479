"""A monitor outside is told of good heartbeats only, and its address is never shown."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import structlog
from aiohttp import web
from pydantic import SecretStr
from structlog.testing import capture_logs

from scooty.domain.health import ActorVitals
from scooty.features.jobs.uptime import UptimeMonitor
from scooty.features.jobs.work import heartbeat
from tests.free_ports import free_port
from tests.scooty.features.jobs.test_jobs_work import RUN, Known

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scooty.domain.health import ActorState

LOG = structlog.get_logger("test")
PATH = "/push/a-planted-token"


def health(state: ActorState = "running") -> Known:
    return Known(ActorVitals(name="desk", state=state, restarts=0, mailbox_depth=0))


@asynccontextmanager
async def monitor(status: int) -> AsyncIterator[tuple[UptimeMonitor, list[str]]]:
    """Serve a monitor that answers with one status; yields it and what it was asked."""
    asked: list[str] = []

    async def answer(request: web.BaseRequest) -> web.Response:
        asked.append(f"{request.method} {request.path}")
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield UptimeMonitor(SecretStr(f"http://127.0.0.1:{port}{PATH}")), asked
    finally:
        await runner.cleanup()


async def test_a_good_heartbeat_is_told_once() -> None:
    async with monitor(200) as (outside, asked):
        with capture_logs() as lines:
            detail = await heartbeat(RUN, health=health(), log=LOG, monitor=outside)

    assert (detail, asked, lines) == ("well", [f"GET {PATH}"], [])


async def test_a_bad_heartbeat_is_not_told_so_that_the_monitor_raises_the_alarm() -> None:
    async with monitor(200) as (outside, asked):
        detail = await heartbeat(RUN, health=health("degraded"), log=LOG, monitor=outside)

    assert (detail, asked) == ("degraded: desk", [])


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_a_monitor_that_did_not_hear_is_a_warning_and_the_job_goes_well(status: int) -> None:
    async with monitor(status) as (outside, asked):
        with capture_logs() as lines:
            detail = await heartbeat(RUN, health=health(), log=LOG, monitor=outside)

    assert (detail, len(asked)) == ("well", 1)
    assert [(line["event"], line["reason"]) for line in lines] == [
        ("uptime.not_told", f"HTTP {status}")
    ]


async def test_a_monitor_out_of_reach_is_told_without_its_address() -> None:
    outside = UptimeMonitor(SecretStr(f"http://127.0.0.1:{free_port()}{PATH}"))

    with capture_logs() as lines:
        await heartbeat(RUN, health=health(), log=LOG, monitor=outside)

    assert [line["event"] for line in lines] == ["uptime.not_told"]
    assert "planted" not in f"{lines}{outside!r}{vars(outside)!r}"
