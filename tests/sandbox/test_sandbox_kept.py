"""What a sandbox that runs under the bot keeps over a restart, and what it gets over."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import aiohttp
import pytest

from actors.kernel import FatalError
from actors.testing import run_actor
from bench.processes import free_port
from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.persistence import save_world
from sandbox.process import SandboxProcess
from sandbox.server import Sandbox

if TYPE_CHECKING:
    from pathlib import Path

_HEADERS = {"Authorization": "Bot sandbox-token"}
_MESSAGES = f"/api/v10/channels/{demo.AZORIUS_GENERAL}/messages"


async def test_the_bots_own_sandbox_keeps_what_was_said_when_it_starts_again(
    tmp_path: Path,
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def process() -> SandboxProcess:
        return SandboxProcess(port=port, drills_port=9, state_dir=tmp_path / "sandbox")

    async with run_actor(process()), Person(url, demo.CAMILLE) as camille:
        await camille.say("still here tomorrow")
        await camille.wait_until(lambda view: bool(view.messages))

    async with run_actor(process()), Person(url) as sam:
        seen = [message["content"] for message in sam.view.messages]
    assert seen == ["still here tomorrow"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"base_url": 1}', b'{"commands": {}}'])
async def test_a_file_that_cannot_be_understood_is_set_aside(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "sandbox.json").write_bytes(content)

    async with Sandbox(SandboxConfig(state_dir=tmp_path)) as sandbox, Person(sandbox.base_url):
        pass

    assert (tmp_path / "sandbox.json.damaged").read_bytes() == content


async def test_files_are_kept_as_long_as_the_message_that_they_hang_on(tmp_path: Path) -> None:
    config = SandboxConfig(state_dir=tmp_path, messages_kept=1)
    async with Sandbox(config) as sandbox, aiohttp.ClientSession(headers=_HEADERS) as session:
        for name in ("older.txt", "newer.txt"):
            form = aiohttp.FormData()
            form.add_field("files[0]", name.encode(), filename=name)
            await session.post(sandbox.base_url + _MESSAGES, data=form)

    async with Sandbox(config) as sandbox, aiohttp.ClientSession() as session:
        [message] = (
            sandbox.state.world.guilds[demo.AZORIUS]
            .channels[demo.AZORIUS_GENERAL]
            .messages.values()
        )
        async with session.get(message.body["attachments"][0]["url"]) as response:
            content = await response.text()

    assert content == "newer.txt"
    assert [name for _, _, names in os.walk(tmp_path / "cdn") for name in names] == ["newer.txt"]


async def test_a_folder_that_cannot_be_written_is_told_and_tried_again(tmp_path: Path) -> None:
    in_the_way = tmp_path / "sandbox"
    in_the_way.touch()
    async with Sandbox(SandboxConfig(state_dir=in_the_way)) as sandbox:
        sandbox.state.dirty = True

        save_world(sandbox.state)
        in_the_way.unlink()
        save_world(sandbox.state)

    told = [entry["text"] for entry in sandbox.state.trace.take()[0]]
    assert "sandbox.json could not be written: File exists" in told
    assert (in_the_way / "sandbox.json").is_file()


async def test_nobody_comes_back_to_a_sandbox_that_is_going() -> None:
    sandbox = Sandbox()
    await sandbox.start()
    url = sandbox.base_url

    async with aiohttp.ClientSession() as session, Person(url) as sam:
        # A page that does not say goodbye, so that the sandbox is not gone at once.
        silent = await session.ws_connect(f"{url}/page/ws")
        going = asyncio.create_task(sandbox.stop())
        await sam.wait_until_closed()

        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)
        assert not going.done()
        await silent.close()
    await going


async def test_somebody_who_waits_is_told_when_the_sandbox_goes() -> None:
    async with Sandbox() as sandbox:
        sam = await Person(sandbox.base_url).__aenter__()
        waiting = asyncio.create_task(sam.wait_until(lambda view: view.bot_online))

    with pytest.raises(ConnectionError, match="has closed the page"):
        await waiting
    await sam.close()


async def test_a_port_that_is_taken_ends_the_bot_with_a_sentence(tmp_path: Path) -> None:
    async with Sandbox() as other:
        port = int(other.base_url.rsplit(":", 1)[1])
        process = SandboxProcess(port=port, drills_port=9, state_dir=tmp_path, patience_s=0.1)

        with pytest.raises(FatalError, match="SCOOTY_SANDBOX_PORT") as caught:
            await run_actor(process).__aenter__()

        assert caught.value.exit_code == os.EX_CONFIG


async def test_a_port_that_is_freed_soon_is_waited_for(tmp_path: Path) -> None:
    other = Sandbox()
    await other.start()
    port = int(other.base_url.rsplit(":", 1)[1])

    async with asyncio.TaskGroup() as group:
        starting = run_actor(SandboxProcess(port=port, drills_port=9, state_dir=tmp_path))
        ready = group.create_task(starting.__aenter__())
        await other.stop()
        await ready
    async with Person(other.base_url) as sam:
        seen = sam.view.channel_id
    await starting.__aexit__(None, None, None)

    assert seen == demo.AZORIUS_GENERAL
