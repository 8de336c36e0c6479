from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from pydantic import SecretStr

from actors.discord_gateway import Reply
from actors.discord_gateway.command_differences import compare_commands
from actors.discord_gateway.command_schema import command_body
from actors.discord_gateway.declarations import CommandDeclaration
from actors.discord_gateway.errors import ConfigurationRefusedError, GatewayUnreachableError
from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered
from actors.discord_gateway.permissions import NEEDED, list_missing
from actors.discord_gateway.probe import ProbeFailedError, missing_intents, probe_discord
from sandbox import demo
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from sandbox.world import Overwrite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.actors.discord_gateway.conftest import House

TOKEN = SecretStr("sandbox-token")
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig(global_requests_per_s=1000)) as running:
        yield running


async def test_a_probe_tells_the_servers_and_what_the_bot_may_do_there(sandbox: Sandbox) -> None:
    guild = sandbox.state.world.guilds[demo.AZORIUS]
    for role in guild.roles.values():
        role.permissions &= ~(1 << 11)

    async with probe_discord(TOKEN, base_url=sandbox.base_url) as probe:
        guilds = {each.name: each for each in await probe.list_guilds()}

    assert (probe.application_id, probe.bot_name) == (1000000000000000001, "scooty")
    assert guilds.keys() == {"Team Azorius", "Team Rakdos"}
    missing = list_missing(guilds["Team Azorius"].permissions)
    assert [permission.name for permission in missing] == ["Send Messages"]
    assert list_missing(guilds["Team Rakdos"].permissions) == ()


async def test_a_probe_names_the_channels_that_are_closed_to_the_bot(sandbox: Sandbox) -> None:
    live = sandbox.state.world.guilds[demo.AZORIUS].channels[demo.AZORIUS_LIVE]
    live.overwrites = (Overwrite(role_id=demo.AZORIUS, deny=VIEW_CHANNEL),)

    async with probe_discord(TOKEN, base_url=sandbox.base_url) as probe:
        guilds = {each.id: each for each in await probe.list_guilds()}
        closed = await probe.list_closed_channels(guilds[int(demo.AZORIUS)])
        none_closed = await probe.list_closed_channels(guilds[int(demo.RAKDOS)])

    assert closed == ("live-board",)
    assert none_closed == ()


@pytest.mark.parametrize(
    ("taken_away", "delivered"),
    [(0, True), (VIEW_CHANNEL, False), (SEND_MESSAGES, False)],
    ids=["none", "view", "send"],
)
async def test_the_gateway_can_do_its_work_with_what_is_needed_and_not_with_less(
    house: House, taken_away: int, *, delivered: bool
) -> None:
    for role in house.sandbox.state.world.guilds[demo.AZORIUS].roles.values():
        role.permissions = sum(permission.bit for permission in NEEDED) & ~taken_away
    message = SendToMember(
        user_id=999,  # nobody whom the sandbox knows, so that the channel is written to
        reply=Reply(content="for you"),
        channel_id=int(demo.AZORIUS_GENERAL),
        in_channel=Reply(content="for all"),
    )

    outcome: Any = await house.gateway.ask(message, timeout_s=5.0)

    assert isinstance(outcome, Answered) is delivered


async def test_a_probe_opens_no_session_and_counts_those_that_may_be_opened(
    sandbox: Sandbox,
) -> None:
    sandbox.state.gateway.identifies = 400

    async with probe_discord(TOKEN, base_url=sandbox.base_url) as probe:
        logins = await probe.read_logins()

    assert (logins.total, logins.remaining) == (1000, 600)
    assert sandbox.state.gateway.identifies == 400


async def test_a_probe_tells_where_interactions_go_instead() -> None:
    config = SandboxConfig(interactions_endpoint_url="https://example.org/interactions")
    async with (
        Sandbox(config) as sandbox,
        probe_discord(TOKEN, base_url=sandbox.base_url) as probe,
    ):
        assert probe.interactions_endpoint == "https://example.org/interactions"


async def test_a_server_that_lets_the_bot_in_without_commands_refuses_to_list_them(
    sandbox: Sandbox,
) -> None:
    sandbox.state.world.guilds[demo.AZORIUS].allows_commands = False

    async with probe_discord(TOKEN, base_url=sandbox.base_url) as probe:
        assert await probe.allows_commands(int(demo.RAKDOS))
        assert not await probe.allows_commands(int(demo.AZORIUS))


async def test_a_refusal_by_discord_is_an_error_of_ours(sandbox: Sandbox) -> None:
    async with probe_discord(TOKEN, base_url=sandbox.base_url) as probe:
        guild = (await probe.list_guilds())[0]
        del sandbox.state.world.guilds[str(guild.id)]

        with pytest.raises(ProbeFailedError, match=r"GET /guilds/\{guild_id\}.*HTTP 404"):
            await probe.list_closed_channels(guild)


@pytest.mark.parametrize(
    ("token", "base_url", "error"),
    [
        ("a-wrong-token", None, ConfigurationRefusedError),
        ("sandbox-token", "http://127.0.0.1:1", GatewayUnreachableError),
        ("sandbox-token", "http://192.0.2.1:80", ConfigurationRefusedError),
    ],
)
async def test_a_login_that_fails_says_whether_it_may_work_later(
    sandbox: Sandbox, token: str, base_url: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        async with probe_discord(SecretStr(token), base_url=base_url or sandbox.base_url):
            pass


def test_privileged_intents_are_missing_unless_the_portal_has_switched_them_on() -> None:
    wanted = discord.Intents(guilds=True, members=True, message_content=True)
    flags = discord.ApplicationFlags(gateway_guild_members_limited=True)

    assert missing_intents(wanted, flags) == ("Message Content Intent",)
    assert missing_intents(discord.Intents(guilds=True), discord.ApplicationFlags()) == ()


def test_commands_are_equal_missing_different_or_unknown() -> None:
    ping = CommandDeclaration(name="ping", description="Ping")
    scout = CommandDeclaration(name="scout", description="Report")
    menu = CommandDeclaration(name="Scout this", kind="message")
    wanted = [command_body(each, is_global=True) for each in (ping, scout, menu)]
    present = [
        command_body(each, is_global=True)
        for each in (
            ping,
            CommandDeclaration(name="scout", description="Something else"),
            CommandDeclaration(name="old", description="Old"),
        )
    ]

    found = compare_commands(wanted, present, is_global=True)

    assert found.equal == ("/ping",)
    assert found.different == ("/scout",)
    assert found.missing == ("Scout this",)
    assert found.unknown == ("/old",)
    assert not found.is_none
    assert compare_commands(wanted, wanted, is_global=True).is_none
