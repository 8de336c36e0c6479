"""The text of /metrics is put to a pushgateway, and its account is never shown."""

from __future__ import annotations

from base64 import b64encode
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import structlog
from aiohttp import web
from pydantic import SecretStr
from structlog.testing import capture_logs

from scooty.features.jobs.metrics_push import MetricsPush
from scooty.runtime.config import load_settings
from scooty.runtime.wiring.times import job_times
from tests.free_ports import free_port
from tests.scooty.features.jobs.test_jobs_work import RUN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TEXT = b"scooty_up 1.0\n"
PASSWORD = "a-planted-password"  # noqa: S105 - of a server of the test's own


async def read() -> bytes:
    return TEXT


def pushing_to(port: int) -> MetricsPush:
    return MetricsPush(
        SecretStr(f"http://scooty:{PASSWORD}@127.0.0.1:{port}/below/"),
        instance="a/b",
        content_type="text/plain; version=0.0.4",
        read=read,
        log=structlog.get_logger("test"),
    )


@asynccontextmanager
async def gateway(*statuses: int) -> AsyncIterator[tuple[MetricsPush, list[tuple[str, ...]]]]:
    """Serve a pushgateway that answers with each status in turn; yields what it was sent, too."""
    got: list[tuple[str, ...]] = []
    answers = iter(statuses)

    async def answer(request: web.BaseRequest) -> web.Response:
        headers = request.headers
        sent = (request.method, request.raw_path, headers["Content-Type"], headers["Authorization"])
        got.append((*sent, await request.text()))
        return web.Response(status=next(answers), headers={"Location": "/elsewhere"})

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield pushing_to(port), got
    finally:
        await runner.cleanup()


async def test_a_push_puts_the_text_under_the_instances_name_with_the_account_of_the_url() -> None:
    async with gateway(202) as (push, got):
        detail = await push.push(RUN)

    account = b64encode(f"scooty:{PASSWORD}".encode()).decode()
    path = "/below/metrics/job/scooty/instance/a%2Fb"
    assert detail == "pushed"
    assert got == [("PUT", path, "text/plain; version=0.0.4", f"Basic {account}", TEXT.decode())]


async def test_failures_are_one_warning_until_a_push_goes_well_again() -> None:
    async with gateway(500, 302, 200, 400) as (push, got):
        with capture_logs() as lines:
            details = [await push.push(RUN) for _ in range(4)]

    assert details == ["HTTP 500", "HTTP 302", "pushed", "HTTP 400"]
    assert len(got) == 4
    assert [(line["event"], line["reason"]) for line in lines] == [
        ("metrics.not_pushed", "HTTP 500"),
        ("metrics.not_pushed", "HTTP 400"),
    ]


async def test_a_gateway_out_of_reach_is_told_without_its_address() -> None:
    push = pushing_to(free_port())

    with capture_logs() as lines:
        detail = await push.push(RUN)

    assert [line["event"] for line in lines] == ["metrics.not_pushed"]
    assert PASSWORD not in f"{detail}{lines}{push!r}{vars(push)!r}"


async def test_an_address_that_is_none_is_told_without_it() -> None:
    push = pushing_to(99_999)

    detail = await push.push(RUN)

    assert detail == "ValueError"


@pytest.mark.parametrize(
    ("variables", "is_due"),
    [
        ({}, False),
        ({"SCOOTY_JOBS": "metrics_push=*/5 * * * *"}, False),
        ({"METRICS_PUSH_URL": "http://127.0.0.1:9091"}, True),
    ],
)
def test_the_job_is_due_only_when_there_is_a_gateway(
    variables: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    *,
    is_due: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("METRICS_PUSH_URL", raising=False)

    jobs = job_times(load_settings(env_file=None, overrides=variables))

    assert ("metrics_push" in {job.name for job in jobs}) is is_due
