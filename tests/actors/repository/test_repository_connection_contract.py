"""What every connection does alike: over PostgreSQL's protocol, and over Supabase's API."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.repository import PostgresConnection
from actors.repository.errors import CallFailed
from actors.repository.in_memory import InMemoryConnection
from actors.repository.messages import FunctionRefused, FunctionReturned
from actors.repository.supabase_connection import SupabaseConnection
from tests.actors.repository.app_schema import SCHEMA, call, project

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from actors.repository.connection import Connection
    from actors.repository.messages import JsonValue
    from tests.postgrest_stand_in.server import StandIn


FUNCTIONS: dict[str, Callable[..., JsonValue | FunctionRefused]] = {
    "echo": lambda **arguments: arguments,
    "refuse": lambda: FunctionRefused(code="P0002", message="no such thing"),
    "count_things": lambda: 0,
    "keep": lambda id: id,  # noqa: A006 - the argument of the SQL function
}
WITH_DATABASE = pytest.mark.parametrize(
    "closed_connection", ["postgres", "supabase"], indirect=True
)
"""For what only a database does."""


@pytest.fixture(params=["postgres", "supabase", "in_memory"])
def closed_connection(
    request: pytest.FixtureRequest, app_database: str, stand_in: StandIn
) -> Connection:
    match request.param:
        case "postgres":
            return PostgresConnection(
                dsn=SecretStr(app_database),
                migrations=SCHEMA,
                connections=2,
                statement_timeout_s=0.05,
            )
        case "supabase":
            return SupabaseConnection(project=project(stand_in), migrations=SCHEMA, connections=2)
        case _:
            return InMemoryConnection(FUNCTIONS, most_at_once=2)


@pytest.fixture
async def connection(closed_connection: Connection) -> AsyncIterator[Connection]:
    await closed_connection.open()
    yield closed_connection
    await closed_connection.close()


@pytest.mark.parametrize("number", [1, 2**31, 1_500_000_000_000_000_000, -1])
async def test_values_come_back_as_they_went(connection: Connection, number: int) -> None:
    whole: JsonValue = {"list": [1, None, "é"], "flag": True}

    answer = await connection.call(call("echo", number=number, words="o'k %s", whole=whole))

    assert isinstance(answer, FunctionReturned)
    assert answer.value == {"number": number, "words": "o'k %s", "whole": whole}


async def test_nothing_comes_back_as_nothing(connection: Connection) -> None:
    answer = await connection.call(call("echo", number=None, words=None, whole=[]))

    assert isinstance(answer, FunctionReturned)
    assert answer.value == {"number": None, "words": None, "whole": []}


async def test_a_function_that_is_not_there_is_no_value(connection: Connection) -> None:
    with contextlib.suppress(CallFailed):
        assert isinstance(await connection.call(call("no_such_function")), FunctionRefused)


async def test_a_function_that_raises_is_a_refusal_with_its_code(connection: Connection) -> None:
    answer = await connection.call(call("refuse"))

    assert answer == FunctionRefused(code="P0002", message="no such thing")


@pytest.mark.parametrize("words", ["nul \x00", "half \ud800"])
async def test_text_that_the_database_cannot_hold_is_refused(
    connection: Connection, words: str
) -> None:
    answers = [
        await connection.call(call("echo", number=1, words=words, whole=None)),
        await connection.call(call("echo", number=1, words="", whole=[words])),
    ]

    for answer in answers:
        assert isinstance(answer, FunctionRefused)
        assert answer.code.startswith("22")


@WITH_DATABASE
async def test_a_statement_over_its_time_saves_nothing_and_the_connection_stays(
    connection: Connection,
) -> None:
    with pytest.raises(CallFailed) as caught:
        await connection.call(call("dawdle", writes=True))
    after = await connection.call(call("count_things"))

    assert not caught.value.connection_lost
    assert not caught.value.answer.may_have_been_saved
    assert isinstance(after, FunctionReturned)


@WITH_DATABASE
@pytest.mark.parametrize("writes", [True, False])
async def test_a_line_cut_in_the_middle_tells_whether_it_may_have_been_saved(
    connection: Connection, *, writes: bool
) -> None:
    with pytest.raises(CallFailed) as caught:
        await connection.call(call("cut_off", writes=writes))

    assert caught.value.answer.may_have_been_saved is writes


async def test_more_calls_than_connections_are_all_answered(connection: Connection) -> None:
    answers = await asyncio.gather(*(connection.call(call("count_things")) for _ in range(20)))

    assert len(set(map(repr, answers))) == 1


async def test_a_round_trip_is_measured(connection: Connection) -> None:
    assert await connection.measure_ms() > 0


async def test_a_closed_connection_saves_nothing_and_says_that_it_is_lost(
    connection: Connection,
) -> None:
    await connection.close()

    with pytest.raises(CallFailed) as caught:
        await connection.call(call("keep", writes=True, id=1))

    assert caught.value.connection_lost
    assert not caught.value.answer.may_have_been_saved
    with pytest.raises(CallFailed):
        await connection.measure_ms()


async def test_a_connection_may_be_opened_and_closed_many_times(connection: Connection) -> None:
    for _ in range(2):
        await connection.close()
        await connection.close()
        await connection.open()

    assert isinstance(await connection.call(call("count_things")), FunctionReturned)
