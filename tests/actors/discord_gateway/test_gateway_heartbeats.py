"""How long a heartbeat takes, however quick its answer is."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, ClassVar, cast

import discord.gateway

import actors.discord_gateway.client  # noqa: F401 - puts the library's heartbeats right

if TYPE_CHECKING:
    import pytest


class AnsweredAtOnce:
    """A websocket whose heartbeat is acknowledged before the thread hears that it was sent."""

    HEARTBEAT: ClassVar = 1
    sequence = 7
    thread_id = threading.get_ident()
    _max_heartbeat_timeout = 60.0

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        ws = cast("discord.gateway.DiscordWebSocket", self)
        self.heartbeats = discord.gateway.KeepAliveHandler(ws=ws, interval=0)

    async def send_heartbeat(self, _data: Any) -> None:
        self.heartbeats.stop()
        self.heartbeats.ack()


async def test_an_answer_is_not_held_against_the_heartbeat_before(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heartbeats = AnsweredAtOnce().heartbeats
    heartbeats._last_send -= 41.25

    heartbeats.start()
    await asyncio.to_thread(heartbeats.join)

    assert caplog.messages == []
