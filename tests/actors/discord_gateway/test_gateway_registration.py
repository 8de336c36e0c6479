from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
import pytest
import structlog

from actors.discord_gateway.client import point_library_at
from actors.discord_gateway.command_routes import (
    CommandRoutes,
    CommandScope,
    RegistrationFailedError,
)
from actors.discord_gateway.command_schema import command_body, fingerprint
from actors.discord_gateway.declarations import (
    CommandDeclaration,
    DeclaredChoice,
    DeclaredOption,
    OptionKind,
    SubcommandDeclaration,
    SubcommandGroupDeclaration,
)
from actors.discord_gateway.registration import Registration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.actors.discord_gateway.conftest import ScriptedDiscord

OPPONENT = DeclaredOption(
    name="opponent",
    description="Who",
    required=True,
    autocomplete=True,
    max_length=100,
    name_localizations=(("fr", "adversaire"),),
)
ROUND = DeclaredOption(
    name="round", description="Round", kind=OptionKind.INTEGER, min_value=0, max_value=18
)
SHARE = DeclaredOption(
    name="share",
    description="Share",
    kind=OptionKind.NUMBER,
    choices=(DeclaredChoice(name="all", value=1.0), DeclaredChoice(name="half", value=0.5)),
)
SCOUT = CommandDeclaration(
    name="scout",
    description="Report",
    options=(OPPONENT, ROUND, SHARE),
    description_localizations=(("fr", "Signaler"), ("de", "Melden")),
)
CREATE = SubcommandDeclaration(name="create-event", description="Create", options=(ROUND,))
ADMIN = CommandDeclaration(
    name="admin",
    description="Admin",
    administrators_only=True,
    children=(
        CREATE,
        SubcommandGroupDeclaration(name="event", description="Event", subcommands=(CREATE,)),
    ),
)
MENU = CommandDeclaration(name="Scout this", kind="message")
COMMANDS = (SCOUT, ADMIN, MENU)
GUILD = CommandScope(guild_id=77)
EVERYWHERE = CommandScope()


class StoredCommands:
    """What Discord would hold, with a count of the changes asked for."""

    def __init__(self, by_scope: dict[CommandScope, list[dict[str, Any]]] | None = None) -> None:
        self.by_scope = by_scope or {}
        self.replaced: list[CommandScope] = []
        self.refused: set[CommandScope] = set()

    async def list_commands(self, scope: CommandScope) -> list[dict[str, Any]]:
        if scope in self.refused:
            raise RegistrationFailedError("refused")
        return [as_discord_reports(body) for body in self.by_scope.get(scope, [])]

    async def replace_commands(self, scope: CommandScope, bodies: Sequence[dict[str, Any]]) -> None:
        self.replaced.append(scope)
        self.by_scope[scope] = list(bodies)

    def names(self, scope: CommandScope) -> list[str]:
        return [body["name"] for body in self.by_scope.get(scope, [])]


def as_discord_reports(body: dict[str, Any]) -> dict[str, Any]:
    """Add what Discord adds, and leave out what it leaves out."""
    reported = {
        name: part
        for name, part in body.items()
        if part is not None and part is not False and part != []
    }
    if "default_member_permissions" in reported:
        reported["default_member_permissions"] = str(reported["default_member_permissions"])
    if "options" in reported:
        reported["options"] = [as_discord_reports(option) for option in body["options"]]
    if "name" in body and "type" in body:
        reported |= {"id": "1", "version": "2", "nsfw": False, "dm_permission": True}
    return reported | {"name_localizations": body.get("name_localizations")}


def registration(scope: CommandScope, *commands: CommandDeclaration) -> Registration:
    return Registration(commands, scope=scope, log=structlog.get_logger())


async def no_guilds() -> tuple[int, ...]:
    return ()


@pytest.mark.parametrize("scope", [GUILD, EVERYWHERE])
async def test_commands_are_registered_once_and_not_again_when_equal(scope: CommandScope) -> None:
    store = StoredCommands()

    await registration(scope, *COMMANDS).register(store)
    await registration(scope, *reversed(COMMANDS)).register(store)

    assert store.replaced == [scope]
    assert store.names(scope) == ["scout", "admin", "Scout this"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(SCOUT, description="Report it"),
        replace(SCOUT, administrators_only=True),
        replace(SCOUT, description_localizations=(("fr", "Signaler"),)),
        replace(SCOUT, options=(ROUND, OPPONENT, SHARE)),
        replace(SCOUT, options=(replace(OPPONENT, autocomplete=False), ROUND, SHARE)),
        replace(SCOUT, options=(OPPONENT, replace(ROUND, min_value=None), SHARE)),
        replace(SCOUT, options=(OPPONENT, ROUND, replace(SHARE, choices=SHARE.choices[:1]))),
        replace(SCOUT, name="report"),
    ],
)
async def test_a_changed_command_is_registered_again(changed: CommandDeclaration) -> None:
    store = StoredCommands()
    await registration(GUILD, SCOUT).register(store)

    await registration(GUILD, changed).register(store)

    assert store.replaced == [GUILD, GUILD]


async def test_a_removed_command_is_removed_from_discord() -> None:
    store = StoredCommands()
    await registration(GUILD, *COMMANDS).register(store)

    await registration(GUILD, SCOUT).register(store)

    assert store.names(GUILD) == ["scout"]


async def test_global_leftovers_are_cleared_when_one_server_is_configured() -> None:
    store = StoredCommands({EVERYWHERE: [command_body(SCOUT, is_global=True)]})

    await registration(GUILD, SCOUT).clear_other_scopes(store, no_guilds)

    assert store.names(EVERYWHERE) == []


async def test_an_empty_scope_is_not_cleared_again() -> None:
    store = StoredCommands()

    await registration(GUILD, SCOUT).clear_other_scopes(store, no_guilds)

    assert store.replaced == []


async def test_leftovers_in_servers_are_cleared_when_none_is_configured() -> None:
    async def guild_ids() -> set[int]:
        return {76, 77, 78}

    store = StoredCommands({GUILD: [command_body(SCOUT, is_global=False)]})
    store.refused = {CommandScope(guild_id=76)}

    await registration(EVERYWHERE, SCOUT).clear_other_scopes(store, guild_ids)

    assert store.replaced == [GUILD]
    assert store.names(GUILD) == []


def test_a_global_command_is_for_servers_alone() -> None:
    body = command_body(SCOUT, is_global=True)

    assert (body["contexts"], body["integration_types"]) == ([0], [0])


def test_a_fingerprint_ignores_what_discord_adds() -> None:
    bodies = [command_body(command, is_global=True) for command in COMMANDS]
    reported = [as_discord_reports(body) for body in bodies]

    assert fingerprint(bodies, is_global=True) == fingerprint(reported, is_global=True)


async def test_a_server_that_the_bot_was_not_invited_to_is_named_with_the_scope(
    scripted_discord: ScriptedDiscord,
) -> None:
    point_library_at(scripted_discord.base_url)
    scripted_discord.answer((200, {"id": "42"}), (403, {"code": 50001, "message": "no"}))
    http = discord.http.HTTPClient(asyncio.get_running_loop())
    await http.static_login("token")

    with pytest.raises(RegistrationFailedError, match=r"applications\.commands.*DISCORD_GUILD_ID"):
        await CommandRoutes(http, 42).list_commands(GUILD)
    await http.close()


@pytest.mark.parametrize("answer", [(400, {"code": 50035, "message": "m"}), (200, {}), 404, 503])
async def test_every_refusal_of_the_commands_is_mapped(
    scripted_discord: ScriptedDiscord, answer: object
) -> None:
    point_library_at(scripted_discord.base_url)
    scripted_discord.answer((200, {"id": "42"}), answer)
    http = discord.http.HTTPClient(asyncio.get_running_loop())
    await http.static_login("token")

    with pytest.raises(RegistrationFailedError):
        await CommandRoutes(http, 42).list_commands(GUILD)
    await http.close()
