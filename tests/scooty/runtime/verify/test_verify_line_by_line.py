"""``scooty verify``: all green, then red in exactly the line of each thing that is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox import demo
from sandbox.world import Overwrite

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.scooty.runtime.verify.conftest import Scene

SEND_MESSAGES = 1 << 11
VIEW_CHANNEL = 1 << 10


async def test_a_complete_installation_is_well_in_every_line(scene: Scene) -> None:
    identifies = scene.sandbox.state.gateway.identifies

    findings = await scene.verify()

    assert [(finding.check, finding.state) for finding in findings] == [
        ("packages", "ok"),
        ("redis", "ok"),
        ("database", "ok"),
        ("token", "ok"),
        ("intents", "ok"),
        ("permissions", "ok"),
        ("permissions", "ok"),
        ("commands", "ok"),
        ("bot", "skipped"),
        ("/ping", "ok"),
        ("/check", "ok"),
        ("logs", "ok"),
    ]
    assert scene.sandbox.state.gateway.identifies == identifies
    assert scene.sandbox.state.trace.breach_count == 0


def wrong_token(scene: Scene) -> None:
    scene.variables["DISCORD_TOKEN"] = "a-wrong-token"  # noqa: S105 - planted


def no_token(scene: Scene) -> None:
    scene.variables["DISCORD_TOKEN"] = None


def another_application(scene: Scene) -> None:
    scene.variables["DISCORD_CLIENT_ID"] = 77


def nobody_at_discord(scene: Scene) -> None:
    scene.variables["SCOOTY_DISCORD_BASE"] = "http://127.0.0.1:1"


def no_logins_left(scene: Scene) -> None:
    scene.sandbox.state.gateway.identifies = 1000


def a_permission_taken_away(scene: Scene) -> None:
    for role in scene.sandbox.state.world.guilds[demo.AZORIUS].roles.values():
        role.permissions &= ~SEND_MESSAGES


def no_such_admin_channel(scene: Scene) -> None:
    scene.variables["SCOOTY_ADMIN_CHANNEL_ID"] = 77


def an_admin_channel_that_is_closed(scene: Scene) -> None:
    scene.variables["SCOOTY_ADMIN_CHANNEL_ID"] = demo.AZORIUS_ADMIN
    channel = scene.sandbox.state.world.guilds[demo.AZORIUS].channels[demo.AZORIUS_ADMIN]
    bot = demo.role_id(demo.AZORIUS, "bot")
    channel.overwrites = (Overwrite(role_id=bot, allow=VIEW_CHANNEL, deny=SEND_MESSAGES),)


def no_scope_for_commands(scene: Scene) -> None:
    scene.sandbox.state.world.guilds[demo.AZORIUS].allows_commands = False


def not_in_the_server(scene: Scene) -> None:
    scene.variables["DISCORD_GUILD_ID"] = 77


def in_no_server(scene: Scene) -> None:
    scene.sandbox.state.world.guilds.clear()


def commands_removed(scene: Scene) -> None:
    scene.sandbox.state.commands.scope(None).clear()


def a_command_changed(scene: Scene) -> None:
    commands = scene.sandbox.state.commands.scope(None).values()
    next(each for each in commands if each["name"] == "ping")["description"] = "Other"


def commands_left_over(scene: Scene) -> None:
    for number, command in scene.sandbox.state.commands.scope(None).items():
        scene.sandbox.state.commands.scope(demo.AZORIUS)[number] = command


def no_redis(scene: Scene) -> None:
    scene.variables["REDIS_URL"] = "redis://:a-planted-password@127.0.0.1:1/0"


def no_database(scene: Scene) -> None:
    scene.variables["DATABASE_URL"] = "postgresql://scooty:a-planted-password@127.0.0.1:1/x"


def an_error_in_the_logs(scene: Scene) -> None:
    scene.logs = ('{"event": "actor.gave_up", "level": "error"}',)


BREAKS: list[tuple[Callable[[Scene], None], set[str], str]] = [
    (wrong_token, {"token"}, "Discord refuses DISCORD_TOKEN: copy the bot's token again"),
    (no_token, {"token"}, "DISCORD_TOKEN is not set"),
    (another_application, {"token"}, "and DISCORD_CLIENT_ID is 77"),
    (nobody_at_discord, {"token"}, "Discord cannot be reached"),
    (no_logins_left, {"intents"}, "none of the 1000 gateway logins of today is left"),
    (a_permission_taken_away, {"permissions"}, "Team Azorius lacks Send Messages"),
    (no_such_admin_channel, {"admin channel"}, "refused GET /channels/{channel_id}: HTTP 404"),
    (
        an_admin_channel_that_is_closed,
        {"admin channel"},
        f"the bot lacks Send Messages in the channel {demo.AZORIUS_ADMIN}",
    ),
    (no_scope_for_commands, {"permissions"}, "without the scope applications.commands"),
    (not_in_the_server, {"permissions", "commands"}, "the bot is not in the server 77"),
    (in_no_server, {"permissions"}, "the bot is in no server"),
    (commands_removed, {"commands"}, "not registered: /admin, /archetype, /assign, /audit"),
    (a_command_changed, {"commands"}, "different from this version's: /ping"),
    (commands_left_over, {"commands"}, "left over in other places, so shown twice"),
    (no_redis, {"redis"}, "Redis is away (ConnectionError)"),
    (no_database, {"database"}, "PostgreSQL cannot be reached: connection"),
    (an_error_in_the_logs, {"logs"}, "errors in 1 lines: 1 x actor.gave_up"),
]


@pytest.mark.parametrize(
    ("break_it", "red", "sentence"), BREAKS, ids=[each[0].__name__ for each in BREAKS]
)
async def test_what_is_broken_is_red_in_its_own_line_and_says_what_to_do(
    scene: Scene, break_it: Callable[[Scene], None], red: set[str], sentence: str
) -> None:
    break_it(scene)

    findings = await scene.verify()

    failed = [finding for finding in findings if finding.state == "failed"]
    assert {finding.check for finding in failed} == red
    assert sentence in failed[0].fact
    assert failed[0].todo or ": copy" in failed[0].fact
    assert "planted" not in repr(findings)
    assert "a-wrong-token" not in repr(findings)


@pytest.mark.parametrize("break_it", [a_permission_taken_away, no_scope_for_commands])
async def test_the_link_that_grants_what_is_missing_is_told(
    scene: Scene, break_it: Callable[[Scene], None]
) -> None:
    break_it(scene)

    findings = await scene.verify()

    [red] = [finding for finding in findings if finding.state == "failed"]
    assert "https://discord.com/oauth2/authorize?client_id=1000000000000000001" in red.todo
    assert f"guild_id={demo.AZORIUS}" in red.todo


async def test_a_channel_that_is_closed_to_the_bot_is_named_and_no_failure(scene: Scene) -> None:
    live = scene.sandbox.state.world.guilds[demo.AZORIUS].channels[demo.AZORIUS_LIVE]
    live.overwrites = (Overwrite(role_id=demo.AZORIUS, deny=VIEW_CHANNEL),)

    findings = await scene.verify()

    facts = [finding.fact for finding in findings if finding.check == "permissions"]
    assert "it cannot write by itself in #live-board" in facts[0]
    assert not [finding for finding in findings if finding.state == "failed"]


async def test_what_comes_after_something_broken_is_skipped_and_says_so(scene: Scene) -> None:
    wrong_token(scene)
    no_database(scene)

    findings = await scene.verify()

    skipped = {finding.check: finding.fact for finding in findings if finding.state == "skipped"}
    assert skipped == {
        "intents": "not tried: the login comes first",
        "permissions": "not tried: the login comes first",
        "commands": "not tried: the login comes first",
        "bot": "PORT is 0, so nobody knows where it listens",
        "/ping": "not tried: the database comes first",
        "/check": "not tried: the database comes first",
    }


async def test_an_admin_channel_that_is_open_is_green(scene: Scene) -> None:
    scene.variables["SCOOTY_ADMIN_CHANNEL_ID"] = demo.AZORIUS_ADMIN

    findings = await scene.verify()

    assert ("admin channel", "ok") in [(finding.check, finding.state) for finding in findings]
