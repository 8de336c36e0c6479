"""The gateway: discord.py over every compression, and the close codes by hand."""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

from sandbox import demo
from sandbox.config import SandboxConfig
from sandbox.gateway_hub import INTENT_MESSAGE_CONTENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.sandbox.conftest import Bot, House

Interaction = discord.Interaction[Any]


class ZlibContext:
    """What discord.py uses where zstandard is not installed; chosen there at import."""

    COMPRESSION_TYPE = "zlib-stream"

    def __init__(self) -> None:
        self._context = zlib.decompressobj()

    def decompress(self, data: bytes) -> str:
        assert data.endswith(b"\x00\x00\xff\xff")
        return self._context.decompress(data).decode()


class Raw:
    """A gateway client without a library."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, op: int, body: object) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": body}))

    async def receive(self, *, op: int) -> Any:
        while True:
            frame = json.loads(await self.socket.receive_str())
            if frame["op"] == op:
                return frame

    async def identify(self, **changes: object) -> None:
        await self.send(2, {"token": "sandbox-token", "intents": 1, "properties": {}, **changes})

    async def close_code(self) -> int | None:
        async for _ in self.socket:
            pass
        return self.socket.close_code


@pytest.fixture
async def raw(house: House) -> AsyncIterator[Raw]:
    url = house.sandbox.state.gateway_url
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{url}?v=10&encoding=json") as socket,
    ):
        yield Raw(socket)


@pytest.fixture
def echo_bot(make_bot: Callable[..., Bot]) -> Bot:
    bot = make_bot()

    @bot.tree.command(description="echo")
    async def echo(interaction: Interaction, text: str) -> None:
        await interaction.response.send_message(text)

    return bot


@pytest.mark.parametrize("compression", ["zlib-stream", "zstd-stream"])
async def test_discord_py_logs_in_over_its_own_compression(
    house: House, echo_bot: Bot, monkeypatch: pytest.MonkeyPatch, compression: str
) -> None:
    if compression == "zlib-stream":
        monkeypatch.setattr(discord.utils, "_ActiveDecompressionContext", ZlibContext)
    assert compression == discord.utils._ActiveDecompressionContext.COMPRESSION_TYPE

    await house.bot(echo_bot)
    sam = await house.person()
    outcomes = await asyncio.gather(*(sam.command("echo", text=str(n)) for n in range(50)))

    assert [outcome.content for outcome in outcomes] == [str(n) for n in range(50)]


async def test_a_dropped_gateway_is_resumed_and_the_missed_interaction_is_replayed(
    house: House, echo_bot: Bot
) -> None:
    await house.bot(echo_bot)
    sam = await house.person()

    await sam.fault("drop_gateway")
    outcome = await sam.command("echo", text="still here")
    await echo_bot.resumed.wait()

    assert outcome.content == "still here"
    assert house.sandbox.state.gateway.identifies == 1


@pytest.mark.parametrize(("fault", "value"), [("reconnect", 0), ("invalid_session", True)])
async def test_op_7_and_a_resumable_op_9_are_resumed(
    house: House, echo_bot: Bot, fault: Any, value: Any
) -> None:
    await house.bot(echo_bot)
    sam = await house.person()

    await sam.fault(fault, value)
    await echo_bot.resumed.wait()
    outcome = await sam.command("echo", text="again")

    assert outcome.content == "again"
    assert house.sandbox.state.gateway.identifies == 1


async def test_an_invalid_session_is_identified_anew(
    house: House, echo_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def do_not_wait(*_: object, **__: object) -> None:
        """Discord.py waits 5 s here, which only the real Discord needs."""

    monkeypatch.setattr(type(echo_bot), "before_identify_hook", do_not_wait)
    await house.bot(echo_bot)
    sam = await house.person()
    echo_bot.went_online.clear()

    await sam.fault("invalid_session")
    await echo_bot.went_online.wait()
    outcome = await sam.command("echo", text="anew")

    assert outcome.content == "anew"
    assert house.sandbox.state.gateway.identifies == 2


async def test_a_wrong_token_is_refused_by_rest_and_by_the_gateway(raw: Raw) -> None:
    client = discord.Client(intents=discord.Intents.none())
    async with client:
        with pytest.raises(discord.LoginFailure):
            await client.login("wrong")
    await raw.identify(token="wrong")  # noqa: S106 - that is the point

    assert await raw.close_code() == 4004


@pytest.mark.parametrize(
    ("intents", "code"), [(1 << 15, 4014), (1 << 1, 4014), (1 << 19, 4013), ("all", 4013)]
)
async def test_disallowed_and_unknown_intents_close_the_gateway(
    raw: Raw, intents: object, code: int
) -> None:
    await raw.identify(intents=intents)

    assert await raw.close_code() == code


@pytest.mark.parametrize(
    ("op", "body", "code"),
    [
        (3, {}, 4003),
        (99, {}, 4001),
        (2, {"token": "sandbox-token", "intents": 0, "shard": [1, 1]}, 4010),
        (2, {"token": "sandbox-token", "intents": 0, "filler": "x" * 5000}, 4002),
    ],
)
async def test_misuse_closes_the_gateway_with_discords_code(
    raw: Raw, op: int, body: object, code: int
) -> None:
    await raw.send(op, body)

    assert await raw.close_code() == code


async def test_identifying_twice_closes_the_gateway(raw: Raw) -> None:
    await raw.identify()
    await raw.identify()

    assert await raw.close_code() == 4005


async def test_the_121st_payload_in_a_minute_closes_the_gateway(house: House, raw: Raw) -> None:
    for _ in range(121):
        await raw.send(1, None)

    assert await raw.close_code() == 4008
    assert house.rules_broken == ["gateway_sends"]


async def test_resuming_an_unknown_session_or_a_future_sequence_is_refused(raw: Raw) -> None:
    token = "sandbox-token"  # noqa: S105 - the sandbox's public one
    await raw.identify()
    ready = (await raw.receive(op=0))["d"]

    await raw.send(6, {"token": token, "session_id": "nobody", "seq": 1})
    refused = await raw.receive(op=9)
    await raw.send(6, {"token": token, "session_id": ready["session_id"], "seq": 999})

    assert refused["d"] is False
    assert await raw.close_code() == 4007


@pytest.mark.parametrize(("shard", "own"), [(0, []), (1, [demo.AZORIUS, demo.RAKDOS])])
async def test_a_shard_gets_its_own_guilds_only(raw: Raw, shard: int, own: list[str]) -> None:
    await raw.identify(shard=[shard, 2])
    ready = (await raw.receive(op=0))["d"]

    assert ready["shard"] == [shard, 2]
    assert [guild["id"] for guild in ready["guilds"]] == own


class TestZombies:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig(heartbeat_interval_s=0.1)

    async def test_a_connection_without_heartbeats_is_closed(self, raw: Raw) -> None:
        hello = await raw.receive(op=10)
        await raw.identify()

        assert hello["d"]["heartbeat_interval"] == 100
        assert await raw.close_code() == 4009


async def test_other_peoples_texts_arrive_empty_without_the_intent(
    house: House, make_bot: Callable[..., Bot]
) -> None:
    bot = await house.bot(make_bot())
    sam = await house.person()

    await sam.say("secret plan")
    await sam.say(f"<@{house.sandbox.config.application_id}> hello")
    channel = bot.get_channel(int(sam.view.channel_id))
    assert isinstance(channel, discord.TextChannel)
    await channel.send("mine")
    await sam.wait_until(lambda view: len(view.messages) == 3)
    while len(bot.seen_messages) < 3:
        await bot.wait_for("message")

    texts = [message.content for message in bot.seen_messages]
    assert texts[0] == ""
    assert texts[1].endswith("hello")
    assert texts[2] == "mine"


class TestPrivilegedIntents:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig(privileged_intents=INTENT_MESSAGE_CONTENT)

    async def test_texts_arrive_with_the_intent(
        self, house: House, make_bot: Callable[..., Bot]
    ) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        bot = await house.bot(make_bot(intents=intents))
        sam = await house.person()

        async with asyncio.TaskGroup() as group:
            waiting = group.create_task(bot.wait_for("message"))
            await sam.say("open plan")

        assert waiting.result().content == "open plan"


async def test_a_connection_outlives_its_close_frame_until_the_bot_has_answered_it(
    house: House,
) -> None:
    links = house.sandbox.state.connections
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(house.sandbox.state.gateway_url, autoclose=False) as socket,
    ):
        await socket.receive_str()
        (link,) = links

        link.close_soon(4014, "Disallowed intent(s).")
        goodbye = await socket.receive()

        assert (goodbye.type, goodbye.data) == (aiohttp.WSMsgType.CLOSE, 4014)
        assert link in links
