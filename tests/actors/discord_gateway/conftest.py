"""A server that answers from a script, for the sequences that a share of faults cannot produce."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from aiohttp import BodyPartReader, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(slots=True)
class ReceivedRequest:
    """One request as it came over the socket."""

    method: str
    path: str
    body: Any
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class ScriptedDiscord:
    """Answers the interaction routes with what was scripted, then with 204."""

    def __init__(self) -> None:
        self.base_url = ""
        self.script: deque[Any] = deque()
        self.received: list[ReceivedRequest] = []

    def answer(self, *answers: Any) -> None:
        """Script the next answers: a status, ``(status, JSON)``, or
        ``"dropped"``: the connection is closed after the request was read."""
        self.script.extend(answers)

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Method and the route's end of all requests so far."""
        return [(request.method, request.path.rsplit("/", 1)[-1]) for request in self.received]

    async def handle(self, request: web.Request) -> web.Response:
        self.received.append(await _read(request))
        answer = self.script.popleft() if self.script else 204
        if answer == "dropped":
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        status, body = answer if isinstance(answer, tuple) else (answer, None)
        if body is None or isinstance(body, bytes):
            return web.Response(status=status, body=body)
        return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")


async def _read(request: web.Request) -> ReceivedRequest:
    received = ReceivedRequest(method=request.method, path=request.path, body=None)
    if not request.content_type.startswith("multipart/"):
        received.body = orjson.loads(await request.read())
        return received
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            received.body = orjson.loads(content)
        else:
            received.files[str(part.name)] = (str(part.filename), content)
    return received


@pytest.fixture
async def scripted_discord() -> AsyncIterator[ScriptedDiscord]:
    discord = ScriptedDiscord()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", discord.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    discord.base_url = f"http://127.0.0.1:{port}"
    yield discord
    await runner.cleanup()
