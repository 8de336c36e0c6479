"""Posting into channels while Discord cannot take it, and what that counts as."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import discord
import pytest

from actors.discord_gateway.channel_delivery import post_to_channel
from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.discord_gateway.client import point_library_at
from actors.discord_gateway.invalid_requests import InvalidRequests
from actors.discord_gateway.library_requests import counting_trace
from actors.discord_gateway.messages import GatewayHealth, GetGatewayHealth
from actors.discord_gateway.replies import Reply
from actors.testing import ManualClock
from sandbox import demo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.actors.discord_gateway.conftest import House, ScriptedDiscord


async def ask_health(house: House) -> GatewayHealth:
    return await house.gateway.ask(GetGatewayHealth(), timeout_s=1.0)


NOTICE = PostToChannel(channel_id=5, reply=Reply(content="hear ye"), nonce="n-1")
FORBIDDEN = (403, {"code": 50013, "message": "Missing Permissions"})


def budget() -> InvalidRequests:
    return InvalidRequests(monotonic_s=ManualClock().monotonic_s, report=lambda _sentence: None)


@asynccontextmanager
async def logged_in(
    discord_server: ScriptedDiscord, invalid: InvalidRequests
) -> AsyncIterator[discord.http.HTTPClient]:
    point_library_at(discord_server.base_url)
    http = discord.http.HTTPClient(asyncio.get_running_loop(), http_trace=counting_trace(invalid))
    discord_server.answer((200, {"id": "42"}))
    await http.static_login("token")
    yield http
    await http.close()


async def test_before_the_login_it_is_said_not_to_be_connected() -> None:
    outcome = await post_to_channel(NOTICE, None, budget())

    assert outcome == NotPosted(reason="not_connected", detail="not logged in")


@pytest.mark.parametrize("answer", ["dropped", 404, (400, {"code": 50035, "message": "m"})])
async def test_every_failure_is_an_answer(
    scripted_discord: ScriptedDiscord, answer: object
) -> None:
    invalid = budget()
    async with logged_in(scripted_discord, invalid) as http:
        scripted_discord.answer(answer)

        outcome = await post_to_channel(NOTICE, http, invalid)

    assert isinstance(outcome, NotPosted)
    assert outcome.reason == ("not_connected" if answer == "dropped" else "refused")


async def test_ten_refusals_in_a_row_pause_it_like_all_other_requests(
    scripted_discord: ScriptedDiscord,
) -> None:
    invalid = budget()
    async with logged_in(scripted_discord, invalid) as http:
        scripted_discord.answer(*[FORBIDDEN] * 10)
        for _ in range(10):
            await post_to_channel(NOTICE, http, invalid)

        outcome = await post_to_channel(NOTICE, http, invalid)

    assert outcome == NotPosted(reason="not_connected", detail="pausing after refusals")
    assert invalid.total == 10


async def test_a_429_that_the_library_repeats_by_itself_is_counted(house: House) -> None:
    notice = replace(NOTICE, channel_id=int(demo.AZORIUS_GENERAL))
    while (await ask_health(house)).standing is None:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.001)
    await house.sam.fault("rate_limit", 1.0)
    posting = asyncio.create_task(house.gateway.ask(notice, timeout_s=8.0))
    while not (health := await ask_health(house)).rate_limited:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.001)

    await house.sam.fault("rate_limit", 0.0)

    assert isinstance(await posting, Posted)
    (counted,) = health.rate_limited
    assert (counted.route, counted.count >= 1) == ("channels", True)
