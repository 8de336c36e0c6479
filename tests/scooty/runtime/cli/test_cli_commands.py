"""``scooty commands`` against a sandbox, from another process as an operator runs it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest

from sandbox import demo
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from scooty.features.registry import DECLARATIONS
from scooty.runtime.cli import main

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.wire import JsonObject

NAMES = sorted(declaration.name for declaration in DECLARATIONS)
SHOWN = sorted(f"/{each.name}" if each.kind == "slash" else each.name for each in DECLARATIONS)
"""As people find them: the others are in the menus of messages and persons."""


class Ran(NamedTuple):
    """What a console command has done."""

    code: int | None
    out: str
    err: str


class Runner(Protocol):
    """Runs ``scooty commands`` with settings."""

    async def __call__(self, what: str, **settings: str) -> Ran: ...


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxConfig(global_requests_per_s=1000)) as running:
        yield running


@pytest.fixture
def run(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Runner:
    async def run_in_a_thread(what: str, **settings: str) -> Ran:
        variables = {
            "DISCORD_TOKEN": "sandbox-token",
            "SCOOTY_DISCORD_BASE": sandbox.base_url,
            **settings,
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        # In a thread, since the command brings its own event loop, and this one serves Discord.
        code = await asyncio.to_thread(main, ["commands", what])
        return Ran(code, *capsys.readouterr())

    return run_in_a_thread


def registered(sandbox: Sandbox, guild_id: str | None = None) -> list[str]:
    return sorted(command["name"] for command in sandbox.state.commands.scope(guild_id).values())


def leave_behind(sandbox: Sandbox, guild_id: str | None, name: str) -> None:
    command: JsonObject = {"id": "1", "type": 1, "name": name, "description": "Old", "options": []}
    sandbox.state.commands.scope(guild_id)["1"] = {
        **command,
        "default_member_permissions": None,
        "name_localizations": None,
        "description_localizations": None,
    }


async def test_commands_are_registered_listed_and_removed_in_every_server(
    sandbox: Sandbox, run: Runner
) -> None:
    first = await run("sync")
    second = await run("sync")
    listed = await run("list")
    names = registered(sandbox)
    cleared = await run("clear")

    assert first == (0, "Every server: registered\n", "")
    assert second == (0, "Every server: equal already, nothing was sent\n", "")
    assert names == NAMES
    assert listed.out.splitlines() == [
        "Every server:",
        *(f"  {name:<20} equal to this version's" for name in SHOWN),
    ]
    assert cleared == (0, f"Every server: {len(NAMES)} removed\n", "")
    assert registered(sandbox) == []


async def test_only_the_configured_server_is_registered_in_and_what_is_elsewhere_is_removed(
    sandbox: Sandbox, run: Runner
) -> None:
    leave_behind(sandbox, None, "old")

    listed = await run("list", DISCORD_GUILD_ID=demo.AZORIUS)
    synced = await run("sync", DISCORD_GUILD_ID=demo.AZORIUS)

    assert "/ping                not registered" in listed.out
    assert "Every server: 1 left over, and shown beside those above" in listed.out
    assert synced.out.splitlines() == [
        f"Server {demo.AZORIUS}: registered",
        "Every server: 1 left over, and removed now",
    ]
    assert registered(sandbox, demo.AZORIUS) == NAMES
    assert registered(sandbox, demo.RAKDOS) == []
    assert registered(sandbox) == []


async def test_a_changed_and_an_unknown_command_are_told_apart(
    sandbox: Sandbox, run: Runner
) -> None:
    await run("sync")
    leave_behind(sandbox, None, "old")
    ping = next(c for c in sandbox.state.commands.scope(None).values() if c["name"] == "ping")
    ping["description"] = "Something else"

    listed = await run("list")

    assert "/ping                different from this version's" in listed.out
    assert "/old                 unknown to this version" in listed.out
    assert "/check               equal to this version's" in listed.out


@pytest.mark.parametrize(
    ("settings", "code", "sentence"),
    [
        ({"DISCORD_TOKEN": "a-wrong-token"}, 78, "Discord refuses DISCORD_TOKEN"),
        ({"DISCORD_TOKEN": ""}, 78, "DISCORD_TOKEN is not set"),
        ({"DISCORD_GUILD_ID": "77"}, 69, "Discord lets the bot register no commands in the server"),
        ({"SCOOTY_DISCORD_BASE": "http://127.0.0.1:1"}, 69, "Discord cannot be reached"),
    ],
)
async def test_what_keeps_the_commands_from_being_read_is_told_in_one_sentence(
    run: Runner, settings: dict[str, str], code: int, sentence: str
) -> None:
    ran = await run("list", **settings)

    assert ran.code == code
    assert ran.out == ""
    assert ran.err.startswith(sentence)
    assert ran.err.count("\n") == 1
    assert "a-wrong-token" not in ran.err
