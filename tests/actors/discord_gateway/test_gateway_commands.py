"""Commands are registered by a real client in the sandbox: once, and in one scope."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

from actors.discord_gateway.actor import DiscordGateway
from actors.kernel import ChildSpec
from actors.testing import Probe, run_actor
from sandbox import demo
from tests.actors.discord_gateway.conftest import COMMANDS, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.discord_gateway import CommandDeclaration
    from actors.kernel import Address
    from sandbox.server import Sandbox

GLOBAL = "/applications/{application_id}/commands"
GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
SCOUT = COMMANDS[1]
NAMES = ["ping", "scout", "admin", "Scout this"]


@asynccontextmanager
async def bot(
    sandbox: Sandbox, commands: tuple[CommandDeclaration, ...], *, guild_id: int | None
) -> AsyncIterator[Address]:
    """Run a bot until it has registered what it registers."""
    spec = ChildSpec(
        name="gateway",
        start=lambda: DiscordGateway(
            token=SecretStr("sandbox-token"),
            interactions=Probe("desk").address,
            commands=commands,
            guild_id=guild_id,
            base_url=sandbox.base_url,
        ),
        concurrency=64,
    )
    reads_before = reads_of(sandbox)
    # Scopes are handled one after another: the two servers' after the global one, or that one last.
    reads = 2 if guild_id else 3
    async with run_actor(spec) as gateway:
        await until(lambda: reads_of(sandbox) >= reads_before + reads)
        yield gateway


def reads_of(sandbox: Sandbox) -> int:
    requests = sandbox.state.trace.requests
    return requests[f"GET {GLOBAL}"] + requests[f"GET {GUILD}"]


def changes(sandbox: Sandbox) -> tuple[int, int]:
    """Count the overwrites of the global scope and of servers."""
    requests = sandbox.state.trace.requests
    return requests[f"PUT {GLOBAL}"], requests[f"PUT {GUILD}"]


def names(sandbox: Sandbox, guild_id: str | None) -> list[str]:
    return [command["name"] for command in sandbox.state.commands.scope(guild_id).values()]


async def test_commands_are_registered_everywhere_and_not_again_when_equal(
    sandbox: Sandbox,
) -> None:
    for _ in range(2):
        async with bot(sandbox, COMMANDS, guild_id=None):
            assert names(sandbox, None) == NAMES

    assert changes(sandbox) == (1, 0)
    assert sandbox.state.trace.breach_count == 0


async def test_commands_of_one_server_are_registered_there_and_not_again_when_equal(
    sandbox: Sandbox,
) -> None:
    for _ in range(2):
        async with bot(sandbox, COMMANDS, guild_id=int(demo.AZORIUS)):
            assert names(sandbox, demo.AZORIUS) == NAMES

    assert changes(sandbox) == (0, 1)
    assert names(sandbox, demo.RAKDOS) == names(sandbox, None) == []


async def test_a_changed_command_is_registered_again(sandbox: Sandbox) -> None:
    async with bot(sandbox, COMMANDS, guild_id=None):
        pass

    changed = replace(SCOUT, description_localizations=(("fr", "Signaler"),))
    async with bot(sandbox, (changed,), guild_id=None):
        (command,) = sandbox.state.commands.scope(None).values()

    assert command["description_localizations"] == {"fr": "Signaler"}
    assert changes(sandbox) == (2, 0)


async def test_moving_to_one_server_clears_the_global_commands(sandbox: Sandbox) -> None:
    async with bot(sandbox, COMMANDS, guild_id=None):
        pass

    async with bot(sandbox, COMMANDS, guild_id=int(demo.AZORIUS)):
        await until(lambda: names(sandbox, None) == [])

    assert names(sandbox, demo.AZORIUS) == NAMES


async def test_moving_to_everywhere_clears_the_servers_commands(sandbox: Sandbox) -> None:
    async with bot(sandbox, COMMANDS, guild_id=int(demo.AZORIUS)):
        pass

    async with bot(sandbox, COMMANDS, guild_id=None):
        await until(lambda: names(sandbox, demo.AZORIUS) == [])

    assert names(sandbox, None) == NAMES
