"""Commands that somebody changes come back, and what a server does not grant is found."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
import structlog
from pydantic import SecretStr
from structlog.testing import capture_logs

from actors.discord_gateway.actor import DiscordGateway
from actors.discord_gateway.client import point_library_at
from actors.discord_gateway.command_routes import CommandScope, RegistrationFailedError
from actors.discord_gateway.messages import GetGatewayHealth
from actors.discord_gateway.own_guilds import OwnGuild
from actors.discord_gateway.permissions import NEEDED, invitation_link
from actors.discord_gateway.registration import Registration
from actors.discord_gateway.standing import CheckStanding, Standing
from actors.discord_gateway.upkeep import Upkeep, find_gaps
from actors.kernel import ActorSystem, ChildSpec
from actors.testing import ManualClock, Probe, run_actor
from sandbox import demo
from sandbox.permissions import SEND_MESSAGES
from tests.actors.discord_gateway.conftest import COMMANDS, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from actors.discord_gateway.payload import JsonObject
    from actors.kernel import Address
    from sandbox.server import Sandbox
    from tests.actors.discord_gateway.conftest import ScriptedDiscord

GUILD_ID = int(demo.AZORIUS)
EVERYTHING = sum(permission.bit for permission in NEEDED)


def gateway_spec(sandbox: Sandbox, desk: Probe, *, application_id: int | None) -> ChildSpec:
    return ChildSpec(
        name="gateway",
        start=lambda: DiscordGateway(
            token=SecretStr("sandbox-token"),
            interactions=desk.address,
            commands=COMMANDS,
            guild_id=GUILD_ID,
            application_id=application_id,
            base_url=sandbox.base_url,
        ),
        concurrency=8,
    )


@asynccontextmanager
async def gateway_in(
    sandbox: Sandbox, clock: ManualClock, *, application_id: int | None = None
) -> AsyncIterator[Address]:
    """Run a gateway until its first look is over."""
    spec = gateway_spec(sandbox, Probe("desk"), application_id=application_id)
    async with run_actor(spec, clock=clock) as gateway:
        await look_until(gateway, lambda _standing: True)
        yield gateway


async def look_until(gateway: Address, is_so: Callable[[Standing], bool]) -> Standing:
    """Wait for a look that found something."""
    async with asyncio.timeout(10):
        while True:
            health = await gateway.ask(GetGatewayHealth(), timeout_s=1)
            if health.standing is not None and is_so(health.standing):
                return health.standing
            await asyncio.sleep(0.01)


def names_at_discord(sandbox: Sandbox) -> set[str]:
    return {str(command["name"]) for command in sandbox.state.commands.scope(demo.AZORIUS).values()}


async def test_commands_that_were_removed_are_registered_again_within_ten_minutes(
    sandbox: Sandbox,
) -> None:
    clock = ManualClock()
    async with gateway_in(sandbox, clock) as gateway:
        sandbox.state.commands.scope(demo.AZORIUS).clear()

        await clock.advance(600)
        standing = await look_until(gateway, lambda standing: standing.restored is not None)

    assert standing.restored is not None
    assert standing.restored.names == ("/admin", "/ping", "/scout", "Scout this")
    assert names_at_discord(sandbox) == {command.name for command in COMMANDS}


async def test_an_operator_need_not_wait_for_the_next_look(sandbox: Sandbox) -> None:
    async with gateway_in(sandbox, ManualClock()) as gateway:
        sandbox.state.commands.scope(demo.AZORIUS).clear()

        gateway.tell(CheckStanding())
        standing = await look_until(gateway, lambda standing: standing.restored is not None)

    assert standing.gaps == ()
    assert names_at_discord(sandbox) == {command.name for command in COMMANDS}


async def test_a_session_that_goes_on_looks_at_once(sandbox: Sandbox) -> None:
    async with gateway_in(sandbox, ManualClock()) as gateway:
        sandbox.state.commands.scope(demo.AZORIUS).clear()

        for link in sandbox.state.connections:
            link.cut()

        await look_until(gateway, lambda standing: standing.restored is not None)


async def test_a_permission_that_was_taken_is_named_with_the_link_that_grants_it(
    sandbox: Sandbox,
) -> None:
    async with gateway_in(sandbox, ManualClock()) as gateway:
        for role in sandbox.state.world.guilds[demo.AZORIUS].roles.values():
            role.permissions &= ~SEND_MESSAGES
        gateway.tell(CheckStanding())
        standing = await look_until(gateway, lambda standing: bool(standing.gaps))

    (gap,) = standing.gaps
    assert (gap.guild_id, gap.name, gap.lacks_scope) == (GUILD_ID, "Team Azorius", False)
    assert gap.permissions == ("Send Messages",)
    assert gap.invitation == invitation_link(int(sandbox.config.application_id), guild_id=GUILD_ID)


async def test_a_scope_that_was_taken_is_found_and_one_that_is_granted_too(
    sandbox: Sandbox,
) -> None:
    clock = ManualClock()
    async with gateway_in(sandbox, clock) as gateway:
        guild = sandbox.state.world.guilds[demo.AZORIUS]
        guild.allows_commands = False
        gateway.tell(CheckStanding())
        refused = await look_until(gateway, lambda standing: bool(standing.gaps))

        guild.allows_commands = True
        await clock.advance(6.1)
        granted = await look_until(gateway, lambda standing: not standing.gaps)

    assert [gap.lacks_scope for gap in refused.gaps] == [True]
    assert granted.gaps == ()


async def test_a_token_of_another_application_ends_the_process_with_the_settings_name(
    sandbox: Sandbox,
) -> None:
    system = ActorSystem()
    spec = gateway_spec(sandbox, Probe("desk"), application_id=77)

    with capture_logs() as lines:
        async with system.running([spec]):
            code = await system.wait_stopped()

    (fatal,) = (line for line in lines if line["event"] == "system.fatal")
    assert code == 78
    assert "DISCORD_CLIENT_ID is 77" in fatal["sentence"]
    assert sandbox.config.application_id in fatal["sentence"]


async def test_a_token_of_the_right_application_is_taken(sandbox: Sandbox) -> None:
    own = int(sandbox.config.application_id)

    async with gateway_in(sandbox, ManualClock(), application_id=own) as gateway:
        health = await gateway.ask(GetGatewayHealth(), timeout_s=1)

    assert health.standing is not None


async def test_a_failing_registration_is_reported_and_tried_again() -> None:
    class Store:
        is_refusing = True

        def __init__(self) -> None:
            self.by_scope: dict[CommandScope, list[JsonObject]] = {}

        async def list_commands(self, scope: CommandScope) -> list[JsonObject]:
            if self.is_refusing:
                raise RegistrationFailedError("refused")
            return self.by_scope.get(scope, [])

        async def replace_commands(self, scope: CommandScope, bodies: Sequence[JsonObject]) -> None:
            self.by_scope[scope] = list(bodies)

    store, reports = Store(), list[str | None]()
    upkeep = upkeep_of(ManualClock(), reports)

    first = await upkeep.keep_commands(store, no_guilds)
    store.is_refusing = False
    second = await upkeep.keep_commands(store, no_guilds)

    assert (str(first), second) == ("refused", None)
    assert reports == ["refused", None]
    assert len(store.by_scope[CommandScope(guild_id=GUILD_ID)]) == len(COMMANDS)


def test_only_servers_that_lack_something_are_named() -> None:
    guilds = (
        OwnGuild(id=1, name="All", permissions=EVERYTHING),
        OwnGuild(id=2, name="Administrator", permissions=1 << 3),
        OwnGuild(id=3, name="Little", permissions=EVERYTHING & ~(1 << 14)),
        OwnGuild(id=4, name="No scope", permissions=EVERYTHING),
    )

    gaps = find_gaps(guilds, {4, 5}, 42)

    assert [(gap.name, gap.permissions, gap.lacks_scope) for gap in gaps] == [
        ("Little", ("Embed Links",), False),
        ("No scope", (), True),
        ("5", (), True),
    ]


async def test_another_failure_does_not_look_like_a_scope_that_was_granted(
    scripted_discord: ScriptedDiscord,
) -> None:
    point_library_at(scripted_discord.base_url)
    no_scope, another = (403, {"code": 50001, "message": "no"}), (400, {"code": 1, "message": "m"})
    scripted_discord.answer((200, {"id": "42"}), no_scope, (200, []), another, (200, []))
    http = discord.http.HTTPClient(asyncio.get_running_loop())
    await http.static_login("token")
    clock, reports = ManualClock(), list[str | None]()
    upkeep = upkeep_of(clock, reports)
    keeping = asyncio.create_task(upkeep.keep(http, 42, list_guild_ids=no_guilds))
    await until(lambda: upkeep.standing is not None)
    first = upkeep.standing

    await clock.advance(6.1)
    await until(lambda: upkeep.standing is not first)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    await http.close()

    assert len(reports) == 2
    assert upkeep.standing is not None
    assert [gap.lacks_scope for gap in upkeep.standing.gaps] == [True]


async def no_guilds() -> tuple[int, ...]:
    return ()


def upkeep_of(clock: ManualClock, reports: list[str | None]) -> Upkeep:
    scope = CommandScope(guild_id=GUILD_ID)
    return Upkeep(
        Registration(COMMANDS, scope=scope, log=structlog.get_logger()),
        scope=scope,
        clock=clock,
        log=structlog.get_logger(),
        report=reports.append,
    )
