"""The sandbox as a process, its memory over a restart, and its refusal of the outside."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest

from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from pathlib import Path

_HEADERS = {"Authorization": "Bot sandbox-token"}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])  # noqa: S104 - refused
def test_every_address_but_loopback_is_refused_with_a_sentence(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        SandboxConfig(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_loopback_is_accepted(host: str) -> None:
    assert SandboxConfig(host=host).host == host


async def start(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def told_address(process: Process) -> str:
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    return line.split(" at ")[1].strip().rstrip("/")


async def test_the_process_serves_and_ends_cleanly_on_sigterm() -> None:
    process = await start()
    base = await told_address(process)

    async with Person(base, demo.CAMILLE) as camille:
        await camille.say("hello")
        await camille.wait_until(lambda view: bool(view.messages))
        process.send_signal(signal.SIGTERM)
        _, complaints = await process.communicate()

    assert (process.returncode, complaints) == (0, b"")


async def test_the_process_ends_with_the_one_that_started_it() -> None:
    process = await start("--until-stdin-closes")
    await told_address(process)

    assert process.stdin is not None
    process.stdin.close()
    _, complaints = await process.communicate()

    assert (process.returncode, complaints) == (0, b"")


async def test_the_process_refuses_another_host() -> None:
    process = await start("--host", "0.0.0.0")  # noqa: S104 - refused

    _, complaint = await process.communicate()

    assert process.returncode == 2
    assert b"not a loopback address" in complaint


async def test_commands_and_public_messages_outlive_a_restart(tmp_path: Path) -> None:
    config = SandboxConfig(state_dir=tmp_path)
    commands = f"/api/v10/applications/{config.application_id}/commands"
    messages = f"/api/v10/channels/{demo.AZORIUS_GENERAL}/messages"
    ping = {"name": "ping", "description": "pong"}
    async with Sandbox(config) as sandbox, aiohttp.ClientSession(headers=_HEADERS) as session:
        await session.put(sandbox.base_url + commands, json=[ping])
        await session.post(sandbox.base_url + messages, json={"content": "still here"})

    async with Sandbox(config) as sandbox, Person(sandbox.base_url) as sam:
        await sam.wait_until(lambda view: bool(view.commands))

        assert [command["name"] for command in sam.view.commands] == ["ping"]
        assert [message["content"] for message in sam.view.messages] == ["still here"]


async def test_drills_are_forwarded_to_the_bot_and_its_absence_is_told() -> None:
    config = SandboxConfig(bot_drills_url="http://127.0.0.1:9")
    async with Sandbox(config) as sandbox, Person(sandbox.base_url) as sam:
        told = await sam.drill("cache", "crash")

    assert told["ok"] is False
    assert "did not answer" in told["text"]
