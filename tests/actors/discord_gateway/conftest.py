"""A gateway in a sandbox, and a server that answers from a script.

The script is for the sequences that the sandbox's shares of faults cannot produce.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from aiohttp import BodyPartReader, web
from pydantic import SecretStr

from actors.discord_gateway import (
    CommandDeclaration,
    DeclaredOption,
    OptionKind,
    SubcommandDeclaration,
)
from actors.discord_gateway.actor import DiscordGateway
from actors.kernel import ActorSystem, ChildSpec
from actors.testing import Probe, run_actor
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from actors.kernel import Address


@dataclass(slots=True)
class ReceivedRequest:
    """One request as it came over the socket."""

    method: str
    path: str
    body: Any
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


async def until(condition: Callable[[], bool], *, timeout_s: float = 10.0) -> None:
    """Wait for a state of another party that has no event to wait for."""
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110 - the clock and the sandbox tell nobody
            await asyncio.sleep(0.001)


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
        content = await request.read()
        received.body = orjson.loads(content) if content else None
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


COMMANDS: tuple[CommandDeclaration, ...] = (
    CommandDeclaration(name="ping", description="Ping"),
    CommandDeclaration(
        name="scout",
        description="Report",
        options=(
            DeclaredOption(name="opponent", description="Who", required=True, autocomplete=True),
            DeclaredOption(name="round", description="Round", kind=OptionKind.INTEGER),
            DeclaredOption(name="sheet", description="Sheet", kind=OptionKind.ATTACHMENT),
        ),
    ),
    CommandDeclaration(
        name="admin",
        description="Administration",
        children=(
            SubcommandDeclaration(
                name="create-event",
                description="Create",
                options=(DeclaredOption(name="name", description="Name", required=True),),
            ),
        ),
    ),
    CommandDeclaration(name="Scout this", kind="message", administrators_only=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A gateway actor in a sandbox, a probe where its interactions go, and a person."""

    sandbox: Sandbox
    gateway: Address
    interactions: Probe
    sam: Person


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig(injected_retry_after_s=0.05)) as sandbox:
        yield sandbox


@asynccontextmanager
async def open_house(sandbox: Sandbox) -> AsyncIterator[House]:
    """Run a gateway in a sandbox until its commands are there."""
    interactions = Probe("desk")
    spec = ChildSpec(
        name="gateway",
        start=lambda: DiscordGateway(
            token=SecretStr("sandbox-token"),
            interactions=interactions.address,
            commands=COMMANDS,
            base_url=sandbox.base_url,
        ),
        concurrency=64,
    )
    async with run_actor(spec) as gateway, Person(sandbox.base_url, locale="fr") as sam:
        await sam.wait_until_online()
        yield House(sandbox=sandbox, gateway=gateway, interactions=interactions, sam=sam)


@pytest.fixture
async def house(sandbox: Sandbox) -> AsyncIterator[House]:
    async with open_house(sandbox) as house:
        yield house


@pytest.fixture(autouse=True)
def frozen_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActorSystem, "check_messages", True)
