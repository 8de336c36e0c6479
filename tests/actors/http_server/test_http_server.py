from __future__ import annotations

import asyncio
import contextlib
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest

from actors.http_server import (
    GetBoundPort,
    HttpRequestReceived,
    HttpResponse,
    HttpServer,
)
from actors.http_server.actor import MAX_BODY_BYTES
from actors.kernel import (
    ActorFailedError,
    ActorRestarted,
    ActorStoppedError,
    ActorSystem,
    ChildSpec,
    FatalError,
    InjectFault,
    MailboxFullError,
    Subscribe,
)
from actors.testing import Probe, run_actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import ActorKitError, Address

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


async def _run_briefly(server: HttpServer) -> None:
    async with run_actor(server):
        pass


async def _until_closed(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except ConnectionError:
            return
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def handler() -> Probe:
    """Answers every request at once."""
    probe = Probe()
    probe.answer(HttpRequestReceived, HttpResponse(body=b"well"))
    return probe


@pytest.fixture
async def silent_handler() -> Probe:
    """Answers a request when the test says so, or never."""
    return Probe()


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


async def test_a_handler_that_does_not_answer_in_time_is_a_503(silent_handler: Probe) -> None:
    async with (
        serving(silent_handler.address, handler_timeout_s=0.05) as client,
        client.get("/") as response,
    ):
        assert response.status == 503
        assert response.headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    "error",
    [
        ActorFailedError(name="web", kind="KeyError"),
        ActorStoppedError(name="web"),
        MailboxFullError(name="web", size=100),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_handler_that_fails_is_a_503_and_the_server_goes_on(
    silent_handler: Probe, error: ActorKitError
) -> None:
    async with serving(silent_handler.address) as client:
        failing = asyncio.ensure_future(client.get("/"))
        silent_handler.reply(await silent_handler.expect(HttpRequestReceived), error)
        async with await failing as first:
            pass
        silent_handler.answer(HttpRequestReceived, HttpResponse())
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


async def test_a_larger_body_is_a_413_that_the_handler_never_sees(silent_handler: Probe) -> None:
    async def unannounced() -> AsyncIterator[bytes]:
        yield b"x" * MAX_BODY_BYTES
        yield b"x"

    async with serving(silent_handler.address) as client:
        async with client.post("/", data=b"x" * (MAX_BODY_BYTES + 1)) as announced:
            pass
        async with client.post("/", data=unannounced()) as chunked:
            pass

    assert (announced.status, chunked.status) == (413, 413)
    silent_handler.expect_no_message()


async def test_a_body_that_does_not_arrive_is_a_408(silent_handler: Probe) -> None:
    server = HttpServer(host=HOST, port=0, handler=silent_handler.address, body_timeout_s=0.05)
    async with run_actor(server) as address:
        reader, writer = await asyncio.open_connection(HOST, await _port_of(address))
        writer.write(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf")
        status_line = await reader.readline()
        writer.close()
        await writer.wait_closed()

    assert status_line.startswith(b"HTTP/1.1 408 ")
    silent_handler.expect_no_message()


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


async def test_requests_are_asked_side_by_side(silent_handler: Probe) -> None:
    async def get(client: aiohttp.ClientSession) -> int:
        async with client.get("/") as response:
            return response.status

    async with serving(silent_handler.address) as client:
        statuses = asyncio.gather(*(get(client) for _ in range(3)))
        for request in [await silent_handler.expect(HttpRequestReceived) for _ in range(3)]:
            silent_handler.reply(request, HttpResponse())

        assert await statuses == [200, 200, 200]


async def test_a_request_in_hand_is_answered_when_the_server_stops(
    silent_handler: Probe,
) -> None:
    async with contextlib.AsyncExitStack() as stack, aiohttp.ClientSession() as client:
        server = HttpServer(host=HOST, port=0, handler=silent_handler.address)
        port = await _port_of(await stack.enter_async_context(run_actor(server)))
        in_hand = asyncio.ensure_future(client.get(f"http://{HOST}:{port}/"))
        request = await silent_handler.expect(HttpRequestReceived)

        stopping = asyncio.ensure_future(stack.aclose())
        await _until_closed(port)
        silent_handler.reply(request, HttpResponse())

        async with await in_hand as response:
            assert response.status == 200
        await stopping


async def test_a_port_that_is_taken_is_fatal_and_names_the_setting(handler: Probe) -> None:
    with socket.create_server((HOST, 0)) as taken:
        server = HttpServer(host=HOST, port=taken.getsockname()[1], handler=handler.address)

        with pytest.raises(FatalError, match=r"^PORT: .* Address already in use\.") as caught:
            await _run_briefly(server)

    assert caught.value.exit_code == 78


async def test_a_restarted_server_listens_on_the_same_port(handler: Probe) -> None:
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    system = ActorSystem()
    address = system.address("http_server")
    spec = ChildSpec(
        name="http_server",
        start=lambda: HttpServer(host=HOST, port=port, handler=handler.address),
    )
    url = f"http://{HOST}:{port}/"
    watcher = Probe("watcher")
    async with system.running([spec]):
        await system.supervisor.ask(Subscribe(subscriber=watcher.address), timeout_s=1)
        crash = InjectFault(name="http_server", fault="crash")
        await system.supervisor.ask(crash, timeout_s=1)
        await watcher.expect(ActorRestarted)
        await _port_of(address)  # answered when the next incarnation is ready

        async with aiohttp.ClientSession() as client, client.get(url) as response:
            assert response.status == 200


async def test_the_port_is_closed_when_the_server_has_stopped(handler: Probe) -> None:
    async with run_actor(HttpServer(host=HOST, port=0, handler=handler.address)) as address:
        port = await _port_of(address)

    with pytest.raises(ConnectionRefusedError), socket.create_connection((HOST, port)):
        pass
