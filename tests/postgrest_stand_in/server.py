"""The stand-in behind a port of this machine, on a thread of its own, with faults to inject."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web
from multidict import CIMultiDict
from psycopg.conninfo import make_conninfo

from tests.free_ports import free_port
from tests.postgrest_stand_in.faults import Fault, Faults
from tests.postgrest_stand_in.gateway import PREFIX, Gateway
from tests.postgrest_stand_in.postgrest import PostgREST

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Mapping, Sequence

__all__ = ["JWT_SECRET", "Received", "StandIn", "running_stand_in"]

JWT_SECRET = "reallyreallyreallyreallyverysafe-0123456789"  # noqa: S105 - the recordings'
_PAGE = "<html><body><h1>Something went wrong</h1></body></html>"
_HARD_CLOSE = struct.pack("ii", 1, 0)
_KEPT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request that came in."""

    method: str
    path: str
    headers: Mapping[str, str]


class StandIn:
    """A project: a gateway, a PostgREST, and a road to them that can be hurt.

    Args:
        postgrest: Answers what comes through.
        gateway: Looks at keys, below ``/rest/v1``; elsewhere PostgREST is reached directly.
    """

    def __init__(self, postgrest: PostgREST, gateway: Gateway) -> None:
        self.faults = Faults()
        self.gateway = gateway
        self.received: deque[Received] = deque(maxlen=_KEPT)
        """The newest requests, the last one at the right."""
        self._postgrest = postgrest
        self._loop = asyncio.new_event_loop()
        self._port = free_port()
        self._runner: web.ServerRunner | None = None
        self._over: asyncio.Event | None = None

    @property
    def url(self) -> str:
        """The project's address, as ``SUPABASE_URL`` has it."""
        return f"http://127.0.0.1:{self._port}"

    @contextlib.contextmanager
    def running(self) -> Iterator[StandIn]:
        """Serve until the block ends."""
        thread = threading.Thread(target=self._loop.run_forever, name="stand-in", daemon=True)
        thread.start()
        try:
            self._do(self._start())
            yield self
        finally:
            self._do(self._stop())
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    @contextlib.contextmanager
    def refusing(self) -> Iterator[None]:
        """Close the port and everything that is connected to it, for as long as the block lasts."""
        self._do(self._close_port())
        try:
            yield
        finally:
            self._do(self._open_port())

    def _do(self, coroutine: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    async def _start(self) -> None:
        self._over = asyncio.Event()
        await self._postgrest.open()
        await self._open_port()

    async def _stop(self) -> None:
        assert self._over is not None
        self._over.set()
        await self._close_port()
        await self._postgrest.close()

    async def _open_port(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._runner = web.ServerRunner(web.Server(self._handle), shutdown_timeout=0.01)
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()

    async def _close_port(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.received.append(
            Received(method=request.method, path=request.path, headers=CIMultiDict(request.headers))
        )
        fault = self.faults.take()
        if fault is None:
            return await self._answer(request)
        answer = await self._answer(request) if fault.after_call else None
        return await self._spoil(request, fault, answer)

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        if not request.path.startswith(PREFIX):
            authorization = request.headers.get("Authorization", "")
            return await self._postgrest.answer(request, request.path, authorization)
        authorization = self.gateway.authorization(request.headers)
        return await self._postgrest.answer(
            request, request.path.removeprefix(PREFIX), authorization
        )

    async def _spoil(
        self, request: web.BaseRequest, fault: Fault, answer: web.Response | None
    ) -> web.StreamResponse:
        match fault.kind:
            case "hang" | "drop":
                await self._fall_silent(request, closes=fault.kind == "drop")
                return answer or web.Response(status=503)
            case "reset":
                await _break_off(request, answer or await self._answer(request))
            case "drip":
                return await _drip(request, answer or await self._answer(request), fault.seconds)
            case "status":
                return web.Response(status=fault.status, text=_PAGE, content_type="text/html")
            case "html":
                return web.Response(text=_PAGE, content_type="text/html")
            case "too_many":
                headers = {"Retry-After": f"{fault.seconds:.0f}"}
                return web.Response(status=429, text=_PAGE, headers=headers)
            case "slow":
                await asyncio.sleep(fault.seconds)
            case "twice":
                await self._answer(request)
        return answer or await self._answer(request)

    async def _fall_silent(self, request: web.BaseRequest, *, closes: bool) -> None:
        assert request.transport is not None
        assert self._over is not None
        if closes:
            request.transport.close()
        else:
            await self._over.wait()


@contextlib.contextmanager
def running_stand_in(
    dsn: str,
    *,
    schemas: Sequence[str],
    opaque_keys: Mapping[str, str] | None = None,
    pool_wait_s: float = 10.0,
) -> Iterator[StandIn]:
    """Serve one database, whose server has Supabase's roles.

    Args:
        dsn: How it is reached; the role in it is replaced by ``authenticator``.
        schemas: Those that are exposed.
        opaque_keys: Keys of the form ``sb_...``, and the role of each.
        pool_wait_s: How long a request waits for a connection to the database.
    """
    postgrest = PostgREST(
        dsn=make_conninfo(dsn, user="authenticator"),
        schemas=schemas,
        jwt_secret=JWT_SECRET,
        pool_wait_s=pool_wait_s,
    )
    gateway = Gateway(jwt_secret=JWT_SECRET, opaque_keys=opaque_keys or {})
    with StandIn(postgrest, gateway).running() as stand_in:
        yield stand_in


async def _break_off(request: web.BaseRequest, answer: web.Response) -> None:
    """Send the head and half of the body, then reset the connection."""
    transport = request.transport
    assert transport is not None
    body = answer.body
    assert isinstance(body, bytes)
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    transport.write(head.encode() + body[: len(body) // 2])
    await asyncio.sleep(0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD_CLOSE)
    transport.abort()


async def _drip(
    request: web.BaseRequest, answer: web.Response, pause_s: float
) -> web.StreamResponse:
    assert isinstance(answer.body, bytes)
    slowly = web.StreamResponse(headers={"Content-Type": "application/json"})
    await slowly.prepare(request)
    with contextlib.suppress(ConnectionError):  # the caller lost patience
        for octet in answer.body:
            await slowly.write(bytes([octet]))
            await asyncio.sleep(pause_s)
    return slowly
