"""The connection's states and its fatal ends, with the real library over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from pydantic import SecretStr
from typing_extensions import override

from actors.discord_gateway.client import GatewayClient, point_library_at, silence_secrets
from actors.discord_gateway.connection import Connection
from actors.discord_gateway.errors import EX_CONFIG, ConfigurationRefusedError
from actors.testing import ManualClock
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from tests.actors.discord_gateway.conftest import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from tests.actors.discord_gateway.conftest import ScriptedDiscord

TOKEN = "sandbox-token"  # noqa: S105 - the sandbox's own
BOT = {"id": "42", "username": "Scooty", "discriminator": "0", "avatar": None}
APPLICATION = {
    "id": "42",
    "name": "Scooty",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "0",
    "owner": BOT,
}


class Listener:
    """Keeps what the connection tells."""

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.client: GatewayClient | None = None
        self.joined = 0
        self.changed = asyncio.Event()

    def on_interaction(self, raw: Mapping[str, Any]) -> None:
        raise AssertionError(raw)

    def on_logged_in(self, client: GatewayClient) -> None:
        self.client = client

    def on_logged_out(self) -> None:
        self.client = None

    def on_connected(self) -> None:
        self.changed.set()

    def on_connecting(self, reason: str) -> None:
        self.reasons.append(reason)
        self.changed.set()

    def on_guild_joined(self) -> None:
        self.joined += 1

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10.0):
            while not condition():
                self.changed.clear()
                await self.changed.wait()


def connection(
    listener: Listener, base_url: str, *, token: str = TOKEN, clock: ManualClock | None = None
) -> Connection:
    silence_secrets()
    point_library_at(base_url)
    return Connection(
        listener,
        token=SecretStr(token),
        base_url=base_url,
        clock=clock or ManualClock(),
        log=structlog.get_logger(),
    )


@contextlib.asynccontextmanager
async def kept(subject: Connection) -> AsyncIterator[asyncio.Task[None]]:
    keeping = asyncio.create_task(subject.keep())
    try:
        yield keeping
    finally:
        await subject.close()
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def fatal_end(subject: Connection) -> ConfigurationRefusedError:
    with pytest.raises(ConfigurationRefusedError) as refused:
        await asyncio.wait_for(subject.keep(), timeout=10.0)
    assert refused.value.exit_code == EX_CONFIG
    assert TOKEN not in str(refused.value)
    return refused.value


async def test_a_wrong_token_ends_fatally_after_one_login(sandbox: Sandbox) -> None:
    refused = await fatal_end(connection(Listener(), sandbox.base_url, token="wrong"))  # noqa: S106 - wrong on purpose

    assert "DISCORD_TOKEN" in str(refused)
    assert "wrong" not in str(refused)
    assert sandbox.state.trace.requests["GET /users/@me"] == 1
    assert sandbox.state.gateway.identifies == 0


@pytest.mark.parametrize(
    ("code", "word"),
    [(4004, "DISCORD_TOKEN"), (4013, "intents"), (4014, "intents"), (4012, "discord.py")],
)
async def test_a_fatal_close_code_ends_fatally_without_another_identify(
    sandbox: Sandbox, code: int, word: str
) -> None:
    listener = Listener()
    subject = connection(listener, sandbox.base_url)

    async with kept(subject) as keeping:
        await listener.wait_until(lambda: subject.state == "connected")
        for link in sandbox.state.connections:
            link.close_soon(code, "no")
        with pytest.raises(ConfigurationRefusedError, match=word):
            await asyncio.wait_for(asyncio.shield(keeping), timeout=10.0)

    assert sandbox.state.gateway.identifies == 1


async def test_no_privileged_intent_is_asked_for(sandbox: Sandbox) -> None:
    listener = Listener()
    subject = connection(listener, sandbox.base_url)

    async with kept(subject):
        await listener.wait_until(lambda: subject.state == "connected")

        (session, _link), *others = sandbox.state.gateway.list_links()

    assert others == []
    assert session.intents == 1


async def test_a_dropped_session_is_resumed(sandbox: Sandbox) -> None:
    listener = Listener()
    subject = connection(listener, sandbox.base_url)

    async with kept(subject):
        await listener.wait_until(lambda: subject.state == "connected")
        sandbox.state.gateway.drop_connections()
        await listener.wait_until(lambda: subject.resumes == 1)
        resumed: str = subject.state

    assert resumed == "connected"
    assert listener.reasons[-1] == "the connection to Discord dropped"
    assert sandbox.state.gateway.identifies == 1
    assert subject.state == "disconnected"


async def test_the_bot_is_offline_at_once_when_it_leaves(sandbox: Sandbox) -> None:
    listener = Listener()
    subject = connection(listener, sandbox.base_url)

    async with kept(subject):
        await listener.wait_until(lambda: subject.state == "connected")
        await subject.close()

    await until(lambda: not sandbox.state.gateway.is_online)


async def test_an_absent_server_is_tried_again_until_it_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    listener, clock = Listener(), ManualClock()
    subject = connection(listener, f"http://127.0.0.1:{port}", clock=clock)

    async with kept(subject):
        await listener.wait_until(lambda: len(listener.reasons) > 1)
        state_before = subject.state
        async with Sandbox(SandboxConfig(port=port)):
            await until(lambda: clock.sleeper_count > 0)
            await clock.advance(1.5)
            await listener.wait_until(lambda: subject.state == "connected")

    assert state_before == "connecting"
    assert listener.reasons[0] == "not connected to Discord yet"
    assert listener.reasons[1] == "Discord cannot be reached (ClientConnectorError)"


async def test_a_gateway_that_never_answers_is_tried_again_5_s_later(
    scripted_discord: ScriptedDiscord,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    gateway = {"url": f"ws://127.0.0.1:{port}/gw"}
    scripted_discord.answer((200, BOT), (200, APPLICATION), (200, gateway), 401)
    listener, clock = Listener(), ManualClock()
    subject = connection(listener, scripted_discord.base_url, clock=clock)

    async with kept(subject) as keeping:
        await listener.wait_until(lambda: "gateway cannot" in "".join(listener.reasons))
        await until(lambda: clock.sleeper_count > 0)
        await clock.advance(4.9)
        logins_early = scripted_discord.calls.count(("GET", "@me"))
        await clock.advance(0.2)
        with pytest.raises(ConfigurationRefusedError):
            await asyncio.shield(keeping)

    assert logins_early == 2


async def test_a_gateway_elsewhere_is_never_given_the_token(
    scripted_discord: ScriptedDiscord,
) -> None:
    elsewhere = {"url": "wss://gateway.example"}
    scripted_discord.answer((200, BOT), (200, APPLICATION), (200, elsewhere))

    refused = await fatal_end(connection(Listener(), scripted_discord.base_url))

    assert "SCOOTY_DISCORD_BASE names a gateway" in str(refused)


@pytest.mark.parametrize("reply", [404, 204, (200, b"<html>"), (200, {"nothing": 1}), (200, [])])
async def test_a_server_that_is_no_discord_ends_fatally(
    scripted_discord: ScriptedDiscord, reply: object
) -> None:
    scripted_discord.answer(reply)

    refused = await fatal_end(connection(Listener(), scripted_discord.base_url))

    assert "SCOOTY_DISCORD_BASE" in str(refused)


async def test_servers_that_the_bot_joins_and_leaves_are_counted(sandbox: Sandbox) -> None:
    listener = Listener()
    subject = connection(listener, sandbox.base_url)

    async with kept(subject):
        await listener.wait_until(lambda: subject.state == "connected")
        sandbox.state.gateway.dispatch("GUILD_CREATE", {"id": "7"})
        sandbox.state.gateway.dispatch("GUILD_DELETE", {"id": "7", "unavailable": True})
        sandbox.state.gateway.ask_to_reconnect()
        await listener.wait_until(lambda: subject.resumes == 1)
        counted = subject.guild_count
        sandbox.state.gateway.dispatch("GUILD_DELETE", {"id": "7"})
        sandbox.state.gateway.ask_to_reconnect()
        await listener.wait_until(lambda: subject.resumes == 2)

        assert (counted, subject.guild_count) == (3, 2)
        assert listener.joined == 1
        assert len(await subject.list_guild_ids()) == 2


async def test_a_connection_that_is_cancelled_at_any_moment_ends(sandbox: Sandbox) -> None:
    for turns in range(0, 200, 4):
        subject = connection(Listener(), sandbox.base_url)
        keeping = asyncio.create_task(subject.keep())
        for _ in range(turns):
            await asyncio.sleep(0)

        keeping.cancel()
        done, _pending = await asyncio.wait([keeping], timeout=10.0)

        assert done, f"still running when cancelled after {turns} turns"
    await until(lambda: not sandbox.state.gateway.is_online)


class LosesCancellations(GatewayClient):
    """What asyncio.wait_for does to discord.py's connect() before Python 3.12."""

    @override
    async def connect(self, *, reconnect: bool = True) -> None:
        while not self.is_closed():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(0.001)


async def test_a_cancellation_that_the_library_loses_ends_the_session_all_the_same() -> None:
    subject = connection(Listener(), "http://127.0.0.1:1")
    staying = asyncio.create_task(LosesCancellations(subject, base_url=None).stay_connected())
    await asyncio.sleep(0)

    staying.cancel()
    done, _pending = await asyncio.wait([staying], timeout=10.0)

    assert done
    assert staying.cancelled()


async def test_before_the_first_heartbeat_there_is_no_round_trip() -> None:
    subject = connection(Listener(), "http://127.0.0.1:1")
    before_login = subject.latency_ms
    subject._client = GatewayClient(subject, base_url=None)

    assert (before_login, subject.latency_ms) == (None, None)
