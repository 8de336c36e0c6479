"""A small HTTP server that turns each request into one message to one handler.

**Owns** the listening port and the connections of its clients.

**Loses at restart** the connections and the requests in hand; with port 0 also the port's number.

**Failure modes**

- The port is taken, not allowed, or the host is not ours: `FatalError` naming ``PORT``.
- The handler does not answer within ``handler_timeout_s``, is restarting, full or gone: 503 with
  ``Retry-After``. Requests are answered by tasks of the server, so a slow handler holds up
  neither this actor nor other requests.
- A body above `MAX_BODY_BYTES`: 413. A body that does not arrive within ``body_timeout_s``: 408.
  One that breaks off or is garbled: 400. None of these reaches the handler.
- Draining closes the port and nothing else; at the stop, requests in hand get 2 s to finish.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, assert_never

from aiohttp import web
from typing_extensions import override

from actors.http_server.messages import (
    BoundPort,
    GetBoundPort,
    HttpRequestReceived,
    HttpResponse,
    HttpServerMessage,
)
from actors.kernel import ActorKitError, AsyncioActor, FatalError, correlation, new_correlation_id

if TYPE_CHECKING:
    from actors.kernel import Address

MAX_BODY_BYTES = 64 * 1024
_SHUTDOWN_S = 2.0
_EXIT_CODE = 78  # EX_CONFIG of sysexits.h


class HttpServer(AsyncioActor[HttpServerMessage]):
    """Listens on a port and asks ``handler`` what to answer.

    Args:
        host: The address to listen on.
        port: The port; 0 lets the system choose.
        handler: Answers `HttpRequestReceived`.
        handler_timeout_s: How long the handler may take.
        body_timeout_s: How long a client may take to send its body.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        handler: Address[HttpRequestReceived],
        handler_timeout_s: float = 2.0,
        body_timeout_s: float = 5.0,
    ) -> None:
        super().__init__()
        self._host = host
        self._port = port
        self._handler = handler
        self._handler_timeout_s = handler_timeout_s
        self._body_timeout_s = body_timeout_s
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    @override
    async def on_start(self) -> None:
        """Open the port; ready when it accepts connections."""
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(
            app, access_log=None, handle_signals=False, shutdown_timeout=_SHUTDOWN_S
        )
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await self._site.start()
        except OSError as error:
            raise FatalError(
                f"PORT: cannot listen on {self._host} port {self._port}: "
                f"{_reason_of(error)}. Choose another port.",
                exit_code=_EXIT_CODE,
            ) from error
        self.log.info("http_server.listening", host=self._host, port=self._bound_port())

    @override
    async def on_drain(self) -> None:
        """Close the port; requests in hand are still answered."""
        if self._site is not None:
            await self._site.stop()

    @override
    async def on_stop(self) -> None:
        """Close the port, give requests in hand a moment, close the connections."""
        if self._runner is not None:
            await self._runner.cleanup()

    @override
    async def on_receive(self, message: HttpServerMessage) -> object:
        """Answer questions about the server itself."""
        match message:
            case GetBoundPort():
                return BoundPort(port=self._bound_port())
            case _:
                assert_never(message)

    def _bound_port(self) -> int:
        if self._runner is None or not self._runner.addresses:
            return self._port
        port: int = self._runner.addresses[0][1]
        return port

    async def _serve(self, request: web.Request) -> web.Response:
        with correlation(new_correlation_id()):
            body = await _read_body(request, timeout_s=self._body_timeout_s)
            response = body if isinstance(body, HttpResponse) else await self._ask(request, body)
            self.log.debug(
                "http_server.answered",
                method=request.method,
                path=request.path,
                status=response.status,
            )
        return _to_aiohttp(response)

    async def _ask(self, request: web.Request, body: bytes) -> HttpResponse:
        received = HttpRequestReceived(
            method=request.method,
            path=request.path,
            query=tuple(request.query.items()),
            headers=tuple((name.lower(), value) for name, value in request.headers.items()),
            body=body,
            remote=request.remote,
        )
        try:
            return await self._handler.ask(received, timeout_s=self._handler_timeout_s)
        except ActorKitError as error:
            self.log.warning(
                "http_server.handler_failed", path=request.path, kind=type(error).__name__
            )
            return _refusal(503, "Not available at this moment.", ("Retry-After", "1"))


def _reason_of(error: OSError) -> str:
    """The system's own words; asyncio's repeat the address, a resolver's number is no errno."""
    if error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return error.strerror or str(error)


async def _read_body(request: web.Request, *, timeout_s: float) -> bytes | HttpResponse:
    """The whole body, or what to answer instead."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        return _refusal(413, "The body may hold 64 KiB.")
    try:
        async with asyncio.timeout(timeout_s):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        return _refusal(413, "The body may hold 64 KiB.")
    except TimeoutError:
        return _refusal(408, "The body did not arrive in time.")
    except (web.RequestPayloadError, ConnectionError):
        return _refusal(400, "The body is broken.")


def _refusal(status: int, sentence: str, *headers: tuple[str, str]) -> HttpResponse:
    return HttpResponse(status=status, body=f"{sentence}\n".encode(), headers=headers)


def _to_aiohttp(response: HttpResponse) -> web.Response:
    answer = web.Response(status=response.status, body=response.body)
    answer.headers["Content-Type"] = response.content_type
    for name, value in response.headers:
        answer.headers.add(name, value)
    return answer
