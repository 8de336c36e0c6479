"""What only the connection over Supabase's API does, over real sockets to a stand-in."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import httpx
import pytest
from pydantic import SecretStr
from typing_extensions import override

from actors.repository.errors import CallFailed
from actors.repository.messages import FunctionReturned
from actors.repository.supabase_client import open_client
from actors.repository.supabase_connection import SupabaseConnection
from actors.repository.supabase_history import Gate
from actors.repository.supabase_verdict import Unheard
from tests.actors.repository.app_schema import OPAQUE_KEY, SCHEMA, call, project
from tests.postgres_fixture.server import until
from tests.postgrest_stand_in.faults import Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.repository.supabase_history import SupabaseProject
    from tests.postgrest_stand_in.server import StandIn

KEEP = call("keep", writes=True, id=1)
COUNT = call("count_things")


@asynccontextmanager
async def connected(to: SupabaseProject) -> AsyncIterator[SupabaseConnection]:
    connection = SupabaseConnection(project=to, migrations=SCHEMA, connections=2)
    await connection.open()
    try:
        yield connection
    finally:
        await connection.close()


async def counted(connection: SupabaseConnection) -> int:
    answer = await connection.call(COUNT)
    assert isinstance(answer, FunctionReturned)
    assert isinstance(answer.value, int)
    return answer.value


@dataclass(frozen=True, kw_only=True)
class Case:
    fault: Fault
    may_have_been_saved: bool
    saved: int = 0


CASES = {
    "reset in mid-answer": Case(
        fault=Fault(kind="reset", after_call=True), may_have_been_saved=True, saved=1
    ),
    "closed before an answer": Case(fault=Fault(kind="drop"), may_have_been_saved=True),
    "closed after the call": Case(
        fault=Fault(kind="drop", after_call=True), may_have_been_saved=True, saved=1
    ),
    "hung": Case(fault=Fault(kind="hang"), may_have_been_saved=True),
    "500": Case(fault=Fault(kind="status", status=500), may_have_been_saved=True),
    "502": Case(fault=Fault(kind="status", status=502), may_have_been_saved=True),
    "503": Case(fault=Fault(kind="status", status=503), may_have_been_saved=True),
    "504 after the call": Case(
        fault=Fault(kind="status", status=504, after_call=True), may_have_been_saved=True, saved=1
    ),
    "a page with 200": Case(fault=Fault(kind="html"), may_have_been_saved=True),
    "429": Case(fault=Fault(kind="too_many", seconds=7), may_have_been_saved=False),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_write_that_met_a_fault_says_whether_it_may_have_been_saved(
    stand_in: StandIn, case: Case
) -> None:
    async with connected(project(stand_in)) as connection:
        before = await counted(connection)
        stand_in.faults.once(case.fault)
        with pytest.raises(CallFailed) as caught:
            await connection.call(replace(KEEP, within_s=0.3))
        after = await counted(connection)

    assert caught.value.answer.may_have_been_saved is case.may_have_been_saved
    assert after - before == case.saved
    assert caught.value.connection_lost is (case.fault.kind == "hang")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_read_that_met_a_fault_saved_nothing(stand_in: StandIn, case: Case) -> None:
    async with connected(project(stand_in)) as connection:
        stand_in.faults.once(case.fault)
        with pytest.raises(CallFailed) as caught:
            await connection.call(replace(COUNT, within_s=0.3))

    assert not caught.value.answer.may_have_been_saved


async def test_a_refused_connection_saved_nothing(stand_in: StandIn) -> None:
    async with connected(project(stand_in)) as connection:
        with stand_in.refusing(), pytest.raises(CallFailed) as caught:
            await connection.call(KEEP)
        after = await connection.call(COUNT)

    assert caught.value.answer.detail == "ConnectError"
    assert not caught.value.answer.may_have_been_saved
    assert isinstance(after, FunctionReturned)


async def test_one_call_that_hears_nothing_while_others_do_loses_no_connection(
    stand_in: StandIn,
) -> None:
    async with connected(project(stand_in)) as connection:
        stand_in.faults.once(Fault(kind="hang"))
        hanging = asyncio.create_task(connection.call(replace(COUNT, within_s=0.3)))
        await until(lambda: stand_in.received[-1].path.endswith("count_things"))
        await connection.call(COUNT)
        with pytest.raises(CallFailed) as caught:
            await hanging

    assert not caught.value.connection_lost


async def test_a_busy_gateway_says_how_long_to_stay_away(stand_in: StandIn) -> None:
    async with connected(project(stand_in)) as connection:
        stand_in.faults.once(Fault(kind="too_many", seconds=7))
        with pytest.raises(CallFailed) as caught:
            await connection.call(COUNT)

    assert caught.value.retry_after_s == 7


async def test_a_failed_call_is_not_repeated_behind_the_actors_back(stand_in: StandIn) -> None:
    async with connected(project(stand_in)) as connection:
        stand_in.received.clear()
        stand_in.faults.once(Fault(kind="status", status=503))
        with pytest.raises(CallFailed):
            await connection.call(COUNT)

    assert [request.path for request in stand_in.received] == ["/rest/v1/rpc/count_things"]


async def test_a_timeout_below_a_second_is_neither_zero_nor_endless(stand_in: StandIn) -> None:
    async with connected(project(stand_in)) as connection:
        stand_in.faults.once(Fault(kind="slow", seconds=0.1), Fault(kind="hang"))
        late = await connection.call(replace(COUNT, within_s=0.5))
        with pytest.raises(CallFailed, match=r"no answer within 0\.50 s"):
            await connection.call(replace(COUNT, within_s=0.5))

    assert isinstance(late, FunctionReturned)


async def test_an_answer_that_drips_is_cut_at_the_same_deadline(stand_in: StandIn) -> None:
    async with connected(project(stand_in)) as connection:
        dripping = call("echo", writes=True, number=1, words="slowly", whole=None)
        stand_in.faults.once(Fault(kind="drip", seconds=0.05))
        with pytest.raises(CallFailed) as caught:
            await connection.call(replace(dripping, within_s=0.3))

    assert caught.value.answer.may_have_been_saved


async def test_a_key_that_is_no_token_is_not_sent_as_one(stand_in: StandIn) -> None:
    async with connected(project(stand_in)):
        headers = stand_in.received[-1].headers

    assert headers["apikey"] == OPAQUE_KEY
    assert "Authorization" not in headers


async def test_a_key_that_is_a_token_is_sent_as_one(stand_in: StandIn) -> None:
    key = stand_in.gateway.token_key("service_role")

    async with connected(project(stand_in, key=key)):
        headers = stand_in.received[-1].headers

    assert headers["apikey"] == key
    assert headers["Authorization"] == f"Bearer {key}"


async def test_every_call_carries_the_gates_key_and_names_the_schema(stand_in: StandIn) -> None:
    gate = Gate(header="x-app-key", key=SecretStr("open sesame"), setting="THE_GATE")
    gated = replace(project(stand_in), gate=gate)

    async with connected(gated) as connection:
        await connection.call(COUNT)

    assert {request.headers["x-app-key"] for request in stand_in.received} == {"open sesame"}
    assert {request.headers["Content-Profile"] for request in stand_in.received} == {"app"}


async def test_http_2_is_offered_where_its_package_is_installed(stand_in: StandIn) -> None:
    client = await open_client(project(stand_in), connections=2)
    transport = client._http._transport
    await client.close()

    assert isinstance(transport, httpx.AsyncHTTPTransport)
    assert transport._pool._http2


async def test_a_call_in_flight_goes_on_after_the_closing_and_the_connections_end_with_it(
    stand_in: StandIn,
) -> None:
    async with connected(project(stand_in)) as connection:
        assert connection._client is not None
        http = connection._client._http
        stand_in.faults.once(Fault(kind="slow", seconds=0.1))
        in_flight = asyncio.create_task(connection.call(COUNT))
        await until(lambda: stand_in.received[-1].path.endswith("count_things"))
        await connection.close()
        open_meanwhile = not http.is_closed
        answer = await in_flight

    assert open_meanwhile
    assert http.is_closed
    assert isinstance(answer, FunctionReturned)


ALL_HTTP_ERRORS = [
    kind
    for name in dir(httpx)
    if isinstance(kind := getattr(httpx, name), type) and issubclass(kind, httpx.RequestError)
]


class Failing(httpx.AsyncBaseTransport):
    """Raises instead of sending."""

    def __init__(self, kind: type[httpx.RequestError]) -> None:
        self._kind = kind

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise self._kind("hunter2")


def test_httpx_has_as_many_errors_as_it_documents() -> None:
    assert len(ALL_HTTP_ERRORS) == 19


@pytest.mark.parametrize("kind", ALL_HTTP_ERRORS, ids=lambda kind: kind.__name__)
async def test_every_error_of_the_http_client_is_an_answer_that_did_not_come(
    stand_in: StandIn, kind: type[httpx.RequestError]
) -> None:
    client = await open_client(project(stand_in), connections=2)
    await client._http._transport.aclose()
    client._http._transport = Failing(kind)

    outcome = await client.call("count_things", {}, within_s=1)
    await client.close()

    is_late = issubclass(kind, httpx.TimeoutException)
    assert outcome == Unheard(sent=False, reason=kind.__name__, timed_out=is_late)


class Unreadable(httpx.AsyncHTTPTransport):
    """Sends, and then stumbles over the answer."""

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        await response.aclose()
        raise ValueError("hunter2")


async def test_an_answer_that_cannot_be_read_is_no_refusal(stand_in: StandIn) -> None:
    async with connected(project(stand_in)) as connection:
        assert connection._client is not None
        http = connection._client._http
        await http._transport.aclose()
        http._transport = Unreadable()
        with pytest.raises(CallFailed) as caught:
            await connection.call(KEEP)

    assert caught.value.answer.may_have_been_saved


def test_the_package_is_imported_by_nobody_who_does_not_use_it() -> None:
    code = "import actors.repository, sys; print({'supabase', 'httpx'} & set(sys.modules))"

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    assert printed == b"set()\n"
