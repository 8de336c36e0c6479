"""A sandbox and bots in the test's own loop, over real sockets."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, Self

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands
from typing_extensions import override

from sandbox.client import Person
from sandbox.config import REQUEST_LOG_VARIABLE, SandboxConfig
from sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class Bot(discord.Client):
    """A discord.py client, unmodified, with the commands that a test adds to ``tree``."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("intents", discord.Intents(guilds=True, guild_messages=True))
        super().__init__(**options)
        self.tree = app_commands.CommandTree(self)
        self.went_online = asyncio.Event()
        self.went_away = asyncio.Event()
        self.resumed = asyncio.Event()
        self.seen_messages: list[discord.Message] = []
        self.synced: list[app_commands.AppCommand] = []

    @override
    async def setup_hook(self) -> None:
        self.synced = await self.tree.sync()

    async def on_connect(self) -> None:
        self.went_online.set()

    async def on_disconnect(self) -> None:
        self.went_away.set()

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def on_message(self, message: discord.Message) -> None:
        self.seen_messages.append(message)


class House:
    """Opens bots and people of one sandbox, and closes them at the test's end."""

    def __init__(self, sandbox: Sandbox, stack: AsyncExitStack) -> None:
        self.sandbox = sandbox
        self._stack = stack

    @property
    def rules_broken(self) -> list[str]:
        """The names of the rules that bots have broken so far."""
        return [breach.rule for breach in self.sandbox.state.trace.breaches]

    async def person(self, *args: Any, **options: Any) -> Person:
        """Be somebody."""
        person = Person(self.sandbox.base_url, *args, **options)
        return await self._stack.enter_async_context(person)

    async def bot(self, bot: Bot | None = None) -> Bot:
        """Log a bot in and wait until it is connected."""
        started = bot or Bot()
        await self._stack.enter_async_context(_running(started, self.sandbox.config.token))
        await started.went_online.wait()
        return started

    async def rest(self) -> Rest:
        """Speak REST without a library."""
        return await self._stack.enter_async_context(Rest(self.sandbox))


class Rest:
    """A plain HTTP client with the bot's token."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._base = f"{sandbox.base_url}/api/v10"
        self._session = aiohttp.ClientSession(
            headers={"Authorization": f"Bot {sandbox.config.token}"}
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def __call__(
        self, method: str, path: str, **options: Any
    ) -> tuple[int, Any, dict[str, str]]:
        """Return status, JSON body and headers."""
        async with self._session.request(method, self._base + path, **options) as response:
            body = await response.json() if response.status != 204 else None
            return response.status, body, dict(response.headers)


@asynccontextmanager
async def _running(bot: Bot, token: str) -> AsyncIterator[None]:
    task = asyncio.create_task(bot.start(token))
    try:
        yield
    finally:
        await bot.close()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(autouse=True)
def _no_log_of_the_whole_run(monkeypatch: pytest.MonkeyPatch) -> None:
    # these tests break Discord's rules on purpose, which is not what a run's log is to be judged by
    monkeypatch.delenv(REQUEST_LOG_VARIABLE, raising=False)


@pytest.fixture
def config() -> SandboxConfig:
    """Replaced by tests that want another sandbox."""
    return SandboxConfig(global_requests_per_s=1000)


@pytest.fixture
async def house(config: SandboxConfig, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with Sandbox(config) as sandbox, AsyncExitStack() as stack:
        base = sandbox.base_url
        gateway = yarl.URL(sandbox.state.gateway_url)
        monkeypatch.setattr(discord.http.Route, "BASE", f"{base}/api/v10")
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        monkeypatch.setattr(discord.asset.Asset, "BASE", f"{base}/cdn")
        yield House(sandbox, stack)


@pytest.fixture
def make_bot() -> Callable[..., Bot]:
    return Bot
