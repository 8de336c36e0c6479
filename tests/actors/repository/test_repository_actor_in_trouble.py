"""The repository in trouble: on its in-memory twin, and over an API that misbehaves."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from actors.kernel import ActorSystem, ChildSpec, FatalError, GetStatistics
from actors.repository import (
    ConnectFailed,
    MigrationError,
    Repository,
    SettingRefused,
    SupabaseConnection,
)
from actors.repository.breaker import BreakerRules
from actors.repository.in_memory import InMemoryConnection, failed
from actors.repository.messages import (
    CallFunction,
    DatabaseUnavailable,
    FunctionReturned,
    GetDatabaseHealth,
)
from tests.actors.repository.app_schema import SCHEMA, call, project
from tests.postgrest_stand_in.faults import Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address
    from actors.repository.connection import Connection
    from tests.postgrest_stand_in.server import StandIn

ANSWER = CallFunction(name="answer", arguments=(), writes=False)
COUNT = call("count_things")


@asynccontextmanager
async def running(
    connection: Connection, *, breaker: BreakerRules | None = None
) -> AsyncIterator[tuple[Address, ActorSystem]]:
    system = ActorSystem()
    spec = ChildSpec(
        name="repository", start=lambda: Repository(connection, breaker=breaker), concurrency=16
    )
    async with system.running([spec]):
        yield system.address("repository"), system


def twin() -> InMemoryConnection:
    return InMemoryConnection({"answer": lambda: 42})


async def reason(system: ActorSystem) -> str | None:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=5)
    return next(actor.reason for actor in statistics.actors if actor.name == "repository")


async def until_connected(address: Address) -> None:
    while True:
        health = await address.ask(GetDatabaseHealth(), timeout_s=5)
        if health.state == "connected":
            return
        await asyncio.sleep(0.01)


async def until_answered(address: Address, query: CallFunction) -> None:
    while True:
        if isinstance(await address.ask(query, timeout_s=5), FunctionReturned):
            return
        await asyncio.sleep(0.01)


async def test_an_open_breaker_is_in_the_health_the_statistics_and_the_log(
    capfd: pytest.CaptureFixture[str],
) -> None:
    connection = twin()
    connection.then(*[failed()] * 3)

    async with running(connection, breaker=BreakerRules(least_calls=3, open_s=60)) as (
        address,
        system,
    ):
        before = await address.ask(GetDatabaseHealth(), timeout_s=5)
        await address.ask(ANSWER, timeout_s=5)
        kept_back = await address.ask(ANSWER, timeout_s=5)
        health = await address.ask(GetDatabaseHealth(), timeout_s=5)
        degraded = await reason(system)

    assert (before.state, before.breaker) == ("connected", "closed")
    assert isinstance(kept_back, DatabaseUnavailable)
    assert (health.state, health.breaker, health.calls_repeated) == ("unreachable", "open", 2)
    assert degraded == "most calls of the database failed; the breaker is open"
    assert "database.breaker_changed" in capfd.readouterr().out


async def test_a_probe_that_gets_through_makes_all_well_again() -> None:
    connection = twin()
    connection.then(*[failed()] * 3)

    async with running(connection, breaker=BreakerRules(least_calls=3, open_s=0.05)) as (
        address,
        system,
    ):
        await address.ask(ANSWER, timeout_s=5)
        await until_answered(address, ANSWER)
        health = await address.ask(GetDatabaseHealth(), timeout_s=5)
        degraded = await reason(system)

    assert (health.state, health.breaker) == ("connected", "closed")
    assert degraded is None


async def test_a_connection_that_is_lost_is_opened_again_within_the_call() -> None:
    connection = twin()
    connection.then(failed(lost=True))

    async with running(connection) as (address, _):
        answer = await address.ask(ANSWER, timeout_s=5)

    assert answer == FunctionReturned.of(42)


async def test_a_database_that_is_away_costs_nobody_any_time() -> None:
    connection = twin()
    connection.cannot_open = ConnectFailed("away")

    async with running(connection) as (address, system):
        answer = await address.ask(ANSWER, timeout_s=5)
        degraded = await reason(system)
        connection.cannot_open = None
        await until_connected(address)
        after = await address.ask(ANSWER, timeout_s=5)

    assert answer == DatabaseUnavailable(detail="away", may_have_been_saved=False)
    assert degraded == "the database is unreachable"
    assert after == FunctionReturned.of(42)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (SettingRefused("THE_KEY was refused."), r"^THE_KEY was refused\.$"),
        (MigrationError("it lacks 0002"), r"The database's schema: it lacks 0002\."),
    ],
)
async def test_what_needs_a_person_ends_the_program_with_the_sentence(
    error: SettingRefused | MigrationError, sentence: str
) -> None:
    connection = twin()
    connection.cannot_open = error

    with pytest.raises(FatalError, match=sentence) as caught:
        async with running(connection):
            pytest.fail("it started")

    assert caught.value.exit_code == 78


FAULTS = [
    Fault(kind="status", status=500),
    Fault(kind="status", status=502),
    Fault(kind="status", status=503),
    Fault(kind="status", status=504),
    Fault(kind="html"),
    Fault(kind="reset"),
    Fault(kind="drop"),
    Fault(kind="too_many", seconds=0),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind} {fault.status}")
async def test_an_api_that_fails_twice_is_asked_a_third_time(
    stand_in: StandIn, fault: Fault
) -> None:
    connection = SupabaseConnection(project=project(stand_in), migrations=SCHEMA)

    async with running(connection) as (address, _):
        stand_in.faults.once(fault, fault)
        answer = await address.ask(COUNT, timeout_s=5)
        health = await address.ask(GetDatabaseHealth(), timeout_s=5)

    assert isinstance(answer, FunctionReturned)
    assert health.calls_repeated == 2


async def test_an_api_that_is_gone_opens_the_breaker_and_comes_back(stand_in: StandIn) -> None:
    connection = SupabaseConnection(project=project(stand_in), migrations=SCHEMA)

    async with running(connection, breaker=BreakerRules(open_s=0.1)) as (address, _):
        with stand_in.refusing():
            answers = await asyncio.gather(*(address.ask(COUNT, timeout_s=5) for _ in range(10)))
            gone = await address.ask(GetDatabaseHealth(), timeout_s=5)
        await until_connected(address)
        await until_answered(address, COUNT)
        back = await address.ask(GetDatabaseHealth(), timeout_s=5)

    assert {type(answer) for answer in answers} == {DatabaseUnavailable}
    assert gone.state == "unreachable"
    assert (back.state, back.breaker) == ("connected", "closed")


async def test_an_api_that_hangs_is_given_up_before_the_asker_does(stand_in: StandIn) -> None:
    connection = SupabaseConnection(project=project(stand_in), migrations=SCHEMA)
    save = CallFunction(
        name="keep",
        arguments=(("id", 1), ("request_id", 2)),
        writes=True,
        within_s=0.3,
    )

    async with running(connection) as (address, _):
        stand_in.faults.once(Fault(kind="hang"))
        answer = await address.ask(save, timeout_s=5)

    assert isinstance(answer, DatabaseUnavailable)
    assert answer.may_have_been_saved
