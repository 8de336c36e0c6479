from __future__ import annotations

import asyncio
import contextlib
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
from typing_extensions import override

from actors.http_server import (
    GetBoundPort,
    HttpRequestReceived,
    HttpResponse,
    HttpServer,
)
from actors.http_server.actor import MAX_BODY_BYTES
from actors.kernel import AsyncioActor, ChildSpec
from actors.testing import Probe, run_actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from actors.kernel import Address

HOST = "127.0.0.1"
ANSWERED_S = 1.0


@asynccontextmanager
async def serving(
    handler: Address, *, handler_timeout_s: float = 2.0, body_timeout_s: float = 5.0
) -> AsyncIterator[aiohttp.ClientSession]:
    server = HttpServer(
        host=HOST,
        port=0,
        handler=handler,
        handler_timeout_s=handler_timeout_s,
        body_timeout_s=body_timeout_s,
    )
    async with run_actor(server) as address:
        base_url = f"http://{HOST}:{await _port_of(address)}"
        async with aiohttp.ClientSession(base_url) as client:
            yield client


async def _port_of(server: Address) -> int:
    return (await server.ask(GetBoundPort(), timeout_s=ANSWERED_S)).port


class Gate:
    """A handler that answers no request before it has so many in hand."""

    def __init__(self, *, opens_at: int) -> None:
        self.entered = asyncio.Event()
        self._opens_at = opens_at
        self._in_hand = 0
        self._opened = asyncio.Event()

    def running(self) -> AbstractAsyncContextManager[Address]:
        spec = ChildSpec(name="gate", start=lambda: GateKeeper(self), concurrency=self._opens_at)
        return run_actor(spec)

    async def pass_through(self) -> None:
        self._in_hand += 1
        self.entered.set()
        if self._in_hand == self._opens_at:
            self.open()
        await self._opened.wait()

    def open(self) -> None:
        self._opened.set()


class GateKeeper(AsyncioActor[HttpRequestReceived]):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    @override
    async def on_receive(self, message: HttpRequestReceived) -> HttpResponse:
        await self._gate.pass_through()
        return HttpResponse()


async def _until_closed(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except ConnectionError:
            return
        writer.close()
        await writer.wait_closed()


@pytest.fixture
def handler() -> Probe:
    probe = Probe()
    probe.answer(HttpRequestReceived, HttpResponse(body=b"well"))
    return probe


async def test_a_request_becomes_one_message_to_the_handler(handler: Probe) -> None:
    async with serving(handler.address) as client:
        url = "/drills/crash/a%20b?x=1&y=%C3%A9&x=2"
        async with client.post(url, data=b"\x00body", headers={"X-Mark": "7"}):
            received = await handler.expect(HttpRequestReceived)

    assert (received.method, received.path) == ("POST", "/drills/crash/a b")
    assert received.query == (("x", "1"), ("y", "é"), ("x", "2"))
    assert ("x-mark", "7") in received.headers
    assert received.body == b"\x00body"
    assert received.remote == HOST


async def test_the_handlers_reply_is_sent_back_whole(handler: Probe) -> None:
    reply = HttpResponse(
        status=404,
        body=b"<p>no</p>",
        content_type="text/html; charset=utf-8",
        headers=(("Cache-Control", "no-store"), ("X-Twice", "1"), ("X-Twice", "2")),
    )
    handler.answer(HttpRequestReceived, reply)

    async with serving(handler.address) as client, client.get("/") as response:
        assert response.status == 404
        assert await response.read() == b"<p>no</p>"
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert response.headers.getall("X-Twice") == ["1", "2"]


async def test_what_is_shown_of_a_request_holds_neither_headers_nor_body() -> None:
    request = HttpRequestReceived(
        method="POST", path="/", headers=(("authorization", "hunter2"),), body=b"hunter3"
    )

    assert "hunter" not in repr(request)


async def test_a_handler_that_does_not_answer_in_time_is_a_503() -> None:
    silent = Probe()

    async with (
        serving(silent.address, handler_timeout_s=0.05) as client,
        client.get("/") as response,
    ):
        assert response.status == 503
        assert response.headers["Retry-After"] == "1"


async def test_a_handler_that_fails_is_a_503_and_the_server_goes_on(handler: Probe) -> None:
    def fail_once(_: object) -> HttpResponse:
        handler.answer(HttpRequestReceived, HttpResponse())
        raise RuntimeError("on purpose")

    handler.answer(HttpRequestReceived, fail_once)

    async with serving(handler.address, handler_timeout_s=0.2) as client:
        async with client.get("/") as first:
            pass
        async with client.get("/") as second:
            pass

    assert (first.status, second.status) == (503, 200)


async def test_a_body_of_64_kib_is_taken(handler: Probe) -> None:
    async with (
        serving(handler.address) as client,
        client.post("/", data=b"x" * MAX_BODY_BYTES) as response,
    ):
        received = await handler.expect(HttpRequestReceived)

    assert response.status == 200
    assert len(received.body) == MAX_BODY_BYTES


async def test_a_larger_body_is_a_413_that_the_handler_never_sees(handler: Probe) -> None:
    async def unannounced() -> AsyncIterator[bytes]:
        yield b"x" * MAX_BODY_BYTES
        yield b"x"

    async with serving(handler.address) as client:
        async with client.post("/", data=b"x" * (MAX_BODY_BYTES + 1)) as announced:
            pass
        async with client.post("/", data=unannounced()) as chunked:
            pass

    assert (announced.status, chunked.status) == (413, 413)
    handler.expect_no_message()


async def test_a_body_that_does_not_arrive_is_a_408(handler: Probe) -> None:
    server = HttpServer(host=HOST, port=0, handler=handler.address, body_timeout_s=0.05)
    async with run_actor(server) as address:
        reader, writer = await asyncio.open_connection(HOST, await _port_of(address))
        writer.write(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf")
        status_line = await reader.readline()
        writer.close()
        await writer.wait_closed()

    assert status_line.startswith(b"HTTP/1.1 408 ")
    handler.expect_no_message()


async def test_a_client_that_hangs_up_in_the_middle_of_a_body_harms_nobody(
    handler: Probe,
) -> None:
    server = HttpServer(host=HOST, port=0, handler=handler.address)
    async with run_actor(server) as address:
        port = await _port_of(address)
        _, writer = await asyncio.open_connection(HOST, port)
        writer.write(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

        async with (
            aiohttp.ClientSession() as client,
            client.get(f"http://{HOST}:{port}/") as response,
        ):
            assert response.status == 200


async def test_requests_are_asked_side_by_side() -> None:
    gate = Gate(opens_at=3)

    async def get(client: aiohttp.ClientSession) -> int:
        async with client.get("/") as response:
            return response.status

    async with gate.running() as handler, serving(handler) as client:
        statuses = await asyncio.gather(*(get(client) for _ in range(3)))

    assert statuses == [200, 200, 200]


async def test_a_request_in_hand_is_answered_when_the_server_stops() -> None:
    gate = Gate(opens_at=2)

    async with (
        gate.running() as handler,
        aiohttp.ClientSession() as client,
        contextlib.AsyncExitStack() as stack,
    ):
        server = HttpServer(host=HOST, port=0, handler=handler)
        port = await _port_of(await stack.enter_async_context(run_actor(server)))
        in_hand = asyncio.ensure_future(client.get(f"http://{HOST}:{port}/"))
        await gate.entered.wait()

        stopping = asyncio.ensure_future(stack.aclose())
        await _until_closed(port)
        gate.open()

        async with await in_hand as response:
            await stopping

    assert response.status == 200


async def test_the_port_is_closed_when_the_server_has_stopped(handler: Probe) -> None:
    async with run_actor(HttpServer(host=HOST, port=0, handler=handler.address)) as address:
        port = await _port_of(address)

    with pytest.raises(ConnectionRefusedError), socket.create_connection((HOST, port)):
        pass
