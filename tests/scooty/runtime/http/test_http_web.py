from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from actors.http_server import HttpRequestReceived, HttpResponse
from actors.kernel import (
    ActorStatistics,
    FaultInjected,
    GetStatistics,
    InjectFault,
    NoSuchActor,
    SystemClock,
    SystemStatistics,
)
from actors.testing import Probe, run_actor
from scooty.core.parts import Parts
from scooty.runtime.http.web import Web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

_OWN_HOST = (("host", "127.0.0.1:8080"),)


@pytest.fixture
async def supervisor() -> Probe:
    return Probe("supervisor")


@pytest.fixture
async def others() -> Probe:
    """The gateway, the repository, the cache and the observer."""
    return Probe("others")


@pytest.fixture
def parts(supervisor: Probe, others: Probe) -> Parts:
    return Parts(
        supervisor=supervisor.address,
        gateway=others.address,
        repository=others.address,
        cache=others.address,
        observer=others.address,
        outbox=others.address,
    )


@pytest.fixture
async def web(parts: Parts) -> AsyncIterator[Address]:
    async with run_actor(Web(parts=parts, drills=True)) as address:
        yield address


async def _send(
    web: Address,
    method: str,
    path: str,
    headers: tuple[tuple[str, str], ...] = _OWN_HOST,
) -> tuple[int, str]:
    request = HttpRequestReceived(method=method, path=path, headers=headers)
    response: HttpResponse = await web.ask(request, timeout_s=2)
    return response.status, orjson.loads(response.body).get("text", "")


@pytest.mark.parametrize("fault", ["crash", "hang"])
async def test_a_drill_hurts_the_actor_that_it_names(
    web: Address, supervisor: Probe, fault: str
) -> None:
    supervisor.answer(InjectFault, lambda q: FaultInjected(name=q.name, fault=q.fault))

    status, text = await _send(web, "POST", f"/drills/{fault}/desk")

    asked = await supervisor.expect(InjectFault)
    assert (asked.name, asked.fault) == ("desk", fault)
    assert (status, text) == (200, f"desk: {fault} injected.")


async def test_a_drill_on_nobody_says_where_the_names_are(web: Address, supervisor: Probe) -> None:
    supervisor.answer(InjectFault, lambda q: NoSuchActor(name=q.name))

    status, text = await _send(web, "POST", "/drills/crash/dekk")

    assert status == 404
    assert "dekk" in text
    assert "GET /drills" in text


async def test_the_actors_are_listed_by_name(web: Address, supervisor: Probe) -> None:
    actors = (ActorStatistics(name="desk", state="running"),)
    supervisor.answer(
        GetStatistics, SystemStatistics(actors=actors, started_at=SystemClock().now())
    )

    response = await web.ask(
        HttpRequestReceived(method="GET", path="/drills", headers=_OWN_HOST), timeout_s=2
    )

    assert orjson.loads(response.body) == {"actors": ["desk"]}


@pytest.mark.parametrize(
    "headers",
    [
        (("host", "127.0.0.1:8080"), ("origin", "https://elsewhere.example")),
        (("host", "rebound.example:8080"),),
        (),
    ],
)
async def test_a_page_of_another_site_cannot_hurt_an_actor(
    web: Address, supervisor: Probe, headers: tuple[tuple[str, str], ...]
) -> None:
    status, text = await _send(web, "POST", "/drills/crash/desk", headers)

    supervisor.expect_no_message()
    assert status == 403
    assert "nothing was done" in text.lower()


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/elsewhere"), ("GET", "/drills/crash/desk"), ("POST", "/drills/eat/desk")],
)
async def test_everything_else_is_not_found(web: Address, method: str, path: str) -> None:
    status, _ = await _send(web, method, path)

    assert status == 404
