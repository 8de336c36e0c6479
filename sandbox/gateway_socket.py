"""The gateway's websocket: HELLO, IDENTIFY or RESUME, heartbeats, and the close codes.

Source: https://discord.com/developers/docs/events/gateway and topics/opcodes-and-status-codes
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Final

import orjson
from aiohttp import WSMsgType, web

from sandbox.gateway_hello import CloseGatewayError, identify, resume
from sandbox.gateway_members import send_members
from sandbox.transport import UnknownCompressionError, packer_for

if TYPE_CHECKING:
    from sandbox.gateway_session import Session
    from sandbox.state import State
    from sandbox.transport import Packer
    from sandbox.wire import JsonObject

_SENDS_ALLOWED: Final = 120
_SENDS_WINDOW_S: Final = 60.0
_LARGEST_PAYLOAD: Final = 4096
_ENDS_THE_SESSION: Final = frozenset({1000, 1001, 4007, 4009})
"""The bot has left, or Discord's table of close codes says "start a new session"."""
_SILENCE_FACTOR: Final = 1.5
"""Heartbeat intervals without a heartbeat until the connection counts as dead."""
_GOODBYE_S: Final = 1.0
"""How long a bot has to return the close frame."""


async def serve_gateway(state: State, request: web.BaseRequest) -> web.StreamResponse:
    """Serve one bot's connection until either side ends it."""
    query = request.query
    try:
        packer = packer_for(query.get("compress", ""))
    except UnknownCompressionError as error:
        return web.Response(status=400, text=str(error))
    # heartbeats are Discord's own; the websocket's permessage-deflate is not offered
    socket = web.WebSocketResponse(compress=False, max_msg_size=1 << 20, timeout=_GOODBYE_S)
    await socket.prepare(request)
    connection = Connection(state, request, socket, packer)
    if query.get("v", "10") != "10":
        await socket.close(code=4012, message=b"Invalid API version.")
    elif query.get("encoding", "json") != "json":
        await socket.close(code=4002, message=b"Only JSON is spoken here.")
    else:
        await connection.serve()
    return socket


class Connection:
    """One socket of a bot; it belongs to a session once the bot has identified."""

    def __init__(
        self, state: State, request: web.BaseRequest, socket: web.WebSocketResponse, packer: Packer
    ) -> None:
        self._state = state
        self._request = request
        self._socket = socket
        self._packer = packer
        self._session: Session | None = None
        self._outgoing: deque[tuple[float, bytes]] = deque()
        self._wake = asyncio.Event()
        self._closing: tuple[int, str] | None = None
        self._received_at_s: deque[float] = deque(maxlen=_SENDS_ALLOWED)
        self._heartbeat_at_s = time.monotonic()

    def send(self, frame: bytes) -> None:
        """Queue a frame; with injected latency it leaves later, in order."""
        self._outgoing.append((time.monotonic() + self._state.faults.latency_s, frame))
        self._wake.set()

    def close_soon(self, code: int, reason: str) -> None:
        """Close after the frames queued so far."""
        self._closing = (code, reason)
        self._wake.set()

    def cut(self) -> None:
        """Drop the TCP connection without a close frame."""
        self._state.trace.add("gateway", "connection cut")
        if self._request.transport is not None:
            self._request.transport.abort()

    async def serve(self) -> None:
        """Say HELLO and handle the bot's payloads until the end."""
        interval_s = self._state.config.heartbeat_interval_s
        self.send(orjson.dumps({"op": 10, "d": {"heartbeat_interval": int(interval_s * 1000)}}))
        reading = asyncio.create_task(self._read_until_closed())
        writing = asyncio.create_task(self._write_until_closing())
        tasks = (reading, writing, asyncio.create_task(self._watch_heartbeats(interval_s)))
        self._state.connections.add(self)
        try:
            await asyncio.wait((reading, writing), return_when=asyncio.FIRST_COMPLETED)
            if writing.done() and self._closing is not None:
                await self._say_goodbye(reading, *self._closing)
            else:
                await reading
        finally:
            self._state.connections.discard(self)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._leave()

    async def _say_goodbye(self, reading: asyncio.Task[None], code: int, reason: str) -> None:
        """Close, and wait for the bot's own close frame.

        A bot that finds the connection gone before it has answered the frame does not believe the
        code in it. So nobody may read meanwhile: aiohttp then closes the connection at once.
        """
        reading.cancel()
        await asyncio.wait((reading,))
        await self._socket.close(code=code, message=reason.encode())

    def _leave(self) -> None:
        code = self._socket.close_code if self._closing is None else self._closing[0]
        self._state.trace.add("gateway", f"connection closed ({code})")
        if self._session is None:
            return
        self._session.detach(self, time.monotonic())
        if code in _ENDS_THE_SESSION:
            self._state.gateway.drop_session(self._session)
        self._state.gateway.presence_changed()

    async def _read_until_closed(self) -> None:
        async for message in self._socket:
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                break
            try:
                self._handle(message.data)
            except CloseGatewayError as error:
                self._state.trace.add("gateway", f"closed with {error.code}: {error.reason}")
                await self._flush()
                await self._socket.close(code=error.code, message=error.reason.encode())

    def _handle(self, raw: str | bytes) -> None:
        self._count_send()
        if len(raw) > _LARGEST_PAYLOAD:
            raise CloseGatewayError(4002, "Payload too large.")
        try:
            payload: JsonObject = orjson.loads(raw)
            op, body = payload["op"], payload.get("d") or {}
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise CloseGatewayError(4002, "Error while decoding payload.") from error
        match op:
            case 1:
                self._heartbeat_at_s = time.monotonic()
                self.send(b'{"op":11,"d":null}')
            case 2:
                self._identify(body)
            case 6:
                self._session = resume(self._state, self, body) or self._session
            case 3 | 4 | 8 | 31:
                self._handle_request(op, body)
            case _:
                raise CloseGatewayError(4001, "Unknown opcode.")

    def _identify(self, body: JsonObject) -> None:
        if self._session is not None:
            raise CloseGatewayError(4005, "Already authenticated.")
        self._session = identify(self._state, self, body)

    def _handle_request(self, op: int, body: JsonObject) -> None:
        if self._session is None:
            raise CloseGatewayError(4003, "Not authenticated.")
        if op == 8:  # noqa: PLR2004 - Request Guild Members, the documented opcode
            send_members(self._state, self._session, body)

    def _count_send(self) -> None:
        now = time.monotonic()
        oldest = self._received_at_s[0] if len(self._received_at_s) == _SENDS_ALLOWED else None
        if oldest is not None and now - oldest < _SENDS_WINDOW_S:
            self._state.trace.breach("gateway_sends", "gateway", "over 120 sends in 60 s")
            raise CloseGatewayError(4008, "You are being rate limited.")
        self._received_at_s.append(now)

    async def _write_until_closing(self) -> None:
        while True:
            await self._flush()
            if self._closing is not None:
                return
            self._wake.clear()
            await self._wake.wait()

    async def _flush(self) -> None:
        while self._outgoing:
            due_s, frame = self._outgoing.popleft()
            wait_s = due_s - time.monotonic()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            if self._socket.closed:
                self._outgoing.clear()
                return
            try:
                await self._socket.send_frame(self._packer.pack(frame), self._packer.opcode)
            except ConnectionError:
                # the reader notices the same and detaches the session, which keeps the frames
                return

    async def _watch_heartbeats(self, interval_s: float) -> None:
        allowed_s = interval_s * _SILENCE_FACTOR
        left_s = allowed_s
        while left_s > 0:
            await asyncio.sleep(left_s)
            left_s = self._heartbeat_at_s + allowed_s - time.monotonic()
        self._state.trace.add("gateway", "zombie: no heartbeat")
        self.close_soon(4009, "Session timed out.")
