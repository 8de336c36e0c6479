"""REST: codes, headers, rate limits, channels, commands, and injected faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

from sandbox import demo
from sandbox.config import SandboxConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Bot, House

Interaction = discord.Interaction[Any]
GENERAL = f"/channels/{demo.AZORIUS_GENERAL}"
COMMANDS = "/applications/1000000000000000001/commands"
PING = {"name": "ping", "description": "pong"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, 0),
        ("PUT", "/users/@me", 405, 0),
        ("GET", "/channels/1", 404, 10003),
        ("GET", "/guilds/1", 404, 10004),
        ("GET", f"{GENERAL}/messages/1", 404, 10008),
        ("GET", f"/guilds/{demo.AZORIUS}/members/{demo.SACHA}", 404, 10007),
        ("GET", f"/guilds/{demo.AZORIUS}/members", 403, 50001),
        ("GET", f"{COMMANDS}/1", 404, 10063),
        ("GET", "/applications/2/commands", 403, 50001),
        ("POST", "/interactions/1/nothing/callback", 404, 10062),
        ("PATCH", "/webhooks/1000000000000000001/nothing/messages/@original", 404, 10015),
    ],
)
async def test_what_is_not_there_or_not_allowed_has_discords_code(
    house: House, method: str, path: str, status: int, code: int
) -> None:
    rest = await house.rest()

    told, body, headers = await rest(method, path)

    assert (told, body["code"]) == (status, code)
    assert headers["Content-Type"] == "application/json"


async def test_a_body_that_is_no_json_is_refused(house: House) -> None:
    rest = await house.rest()
    headers = {"Content-Type": "application/json"}

    status, body, _ = await rest("POST", f"{GENERAL}/messages", data="{", headers=headers)

    assert (status, body["code"]) == (400, 50109)


async def test_a_message_is_created_edited_listed_pinned_and_deleted(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = await house.bot(make_bot())
    camille = await house.person(demo.CAMILLE, channel_id=demo.AZORIUS_LIVE)
    channel = await bot.fetch_channel(int(demo.AZORIUS_LIVE))
    assert isinstance(channel, discord.TextChannel)

    message = await channel.send("board")
    await message.edit(content="board, round 2")
    await message.pin()
    pinned = [each async for each in channel.pins()]
    listed = [each.content async for each in channel.history()]
    seen = await camille.wait_until(lambda view: any(each["pinned"] for each in view.messages))
    texts = [each["content"] for each in seen.messages]
    await message.unpin()
    await message.delete()
    await camille.wait_until(lambda view: view.find(str(message.id)) is None)

    assert [each.content for each in pinned] == ["board, round 2"]
    assert listed == ["", "board, round 2"]
    assert texts[0] == "board, round 2"
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(message.id)


async def test_commands_keep_their_ids_when_put_again(house: House) -> None:
    rest = await house.rest()

    _, first, _ = await rest("PUT", COMMANDS, json=[PING])
    _, same, _ = await rest("PUT", COMMANDS, json=[PING])
    _, changed, _ = await rest("PUT", COMMANDS, json=[{**PING, "description": "other"}])
    created, _, _ = await rest("POST", COMMANDS, json={"name": "more", "description": "more"})
    patched, body, _ = await rest(
        "PATCH", f"{COMMANDS}/{first[0]['id']}", json={"description": "patched"}
    )
    deleted, _, _ = await rest("DELETE", f"{COMMANDS}/{first[0]['id']}")
    _, left, _ = await rest("GET", COMMANDS)

    assert first == same
    assert changed[0]["id"] == first[0]["id"]
    assert changed[0]["version"] != first[0]["version"]
    assert (created, patched, deleted) == (201, 200, 204)
    assert body["description"] == "patched"
    assert [command["name"] for command in left] == ["more"]


async def test_commands_for_administrators_are_offered_to_them_alone(house: House) -> None:
    rest = await house.rest()
    await rest("PUT", COMMANDS, json=[{**PING, "default_member_permissions": "0"}])

    camille, sam = await house.person(demo.CAMILLE), await house.person(demo.SAM)
    await camille.wait_until(lambda view: bool(view.commands))
    outcome = await sam.command("ping")

    assert sam.view.commands == []
    assert outcome.error == "there is no command /ping for you here"


async def test_the_window_of_a_route_is_told_and_kept(house: House) -> None:
    rest = await house.rest()

    answers = [
        await rest("POST", f"{GENERAL}/messages", json={"content": str(n)}) for n in range(6)
    ]

    assert [status for status, _, _ in answers] == [200] * 5 + [429]
    remaining = [headers["X-RateLimit-Remaining"] for _, _, headers in answers]
    assert remaining == ["4", "3", "2", "1", "0", "0"]
    _, body, headers = answers[-1]
    assert 0 < body["retry_after"] <= 5
    assert body["global"] is False
    assert headers["Via"]
    other, _, _ = await rest(
        "POST", f"/channels/{demo.AZORIUS_LIVE}/messages", json={"content": "x"}
    )
    assert other == 200


class TestGlobalLimit:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig(global_requests_per_s=3)

    async def test_too_many_requests_in_a_second_are_refused_globally(self, house: House) -> None:
        rest = await house.rest()

        answers = [await rest("GET", f"/users/{demo.SAM}") for _ in range(4)]

        status, body, headers = answers[-1]
        assert status == 429
        assert body["global"] is True
        assert headers["X-RateLimit-Scope"] == "global"


class TestInjectedFaults:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig(injected_retry_after_s=0.5)

    async def test_discord_py_honours_an_injected_429(
        self, house: House, make_bot: Callable[..., Bot]
    ) -> None:
        bot = await house.bot(make_bot())
        sam = await house.person()
        await sam.fault("rate_limit", 1)
        fetching = asyncio.create_task(bot.fetch_user(int(demo.SAM)))
        statuses = house.sandbox.state.trace.statuses
        watcher = await house.person(watches_trace=True)
        await watcher.wait_until(lambda view: any(entry["status"] == 429 for entry in view.trace))
        await sam.fault("rate_limit", 0)

        assert (await fetching).name == "sam"
        assert statuses[429] >= 1

    async def test_injected_errors_are_shown_to_the_bot_and_told_to_the_page(
        self, house: House
    ) -> None:
        rest = await house.rest()
        sam = await house.person()

        await sam.fault("server_error", 1)
        status, _, _ = await rest("GET", "/users/@me")
        active = dict(sam.view.faults)
        await sam.fault("server_error", 0)
        after, _, _ = await rest("GET", "/users/@me")

        assert (status, after) == (500, 200)
        assert active == {"server_error": 1.0}


async def test_a_direct_message_is_opened_once_and_written_to(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = await house.bot(make_bot())
    user = await bot.fetch_user(int(demo.SAM))

    first = await user.create_dm()
    message = await user.send("psst")
    again = await user.create_dm()

    assert first.id == again.id == message.channel.id


async def test_the_page_is_served_to_this_machine_only(house: House) -> None:
    base = house.sandbox.base_url
    async with aiohttp.ClientSession() as session:
        page = await session.get(f"{base}/")
        escape = await session.get(f"{base}/page/..%2fserver.py")
        elsewhere = await session.get(f"{base}/", headers={"Host": "evil.example"})
        foreign = await session.get(f"{base}/page/ws", headers={"Origin": "http://evil.example"})

    assert page.content_type == "text/html"
    assert (escape.status, elsewhere.status, foreign.status) == (404, 403, 403)
