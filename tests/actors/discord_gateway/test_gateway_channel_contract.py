"""One suite for posting into channels, for the gateway in memory and the real one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest

from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.discord_gateway.in_memory import InMemoryGateway, Stage
from actors.discord_gateway.replies import Embed, File, Reply
from actors.testing import run_actor
from sandbox import demo
from sandbox.permissions import SEND_MESSAGES, VIEW_CHANNEL
from sandbox.server import Sandbox
from sandbox.world import Overwrite
from tests.actors.discord_gateway.conftest import House, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

ADMIN_CHANNEL = int(demo.AZORIUS_ADMIN)
NOTICE = PostToChannel(channel_id=ADMIN_CHANNEL, reply=Reply(content="hear ye"), nonce="n-1")
FORBIDDEN = NotPosted(reason="forbidden", detail="HTTP 403, code 50013", lacking=("Send Messages",))
HIDDEN = NotPosted(reason="forbidden", detail="HTTP 403, code 50001", lacking=("View Channels",))
UNKNOWN = NotPosted(reason="unknown_channel", detail="HTTP 404, code 10003")


class Hall(Protocol):
    """A gateway, what stands in the admin channel, and ways to close that channel."""

    @property
    def gateway(self) -> Address: ...

    def read(self) -> list[str]:
        """Tell the texts in the channel."""

    def forbid_writing(self) -> None: ...

    def hide(self) -> None: ...

    def remove(self) -> None: ...


class MemoryHall:
    def __init__(self, gateway: Address, stage: Stage) -> None:
        self.gateway = gateway
        self._stage = stage

    def read(self) -> list[str]:
        return [message.reply.content or "" for message in self._stage.posted]

    def forbid_writing(self) -> None:
        self._stage.refuse_next_post(FORBIDDEN)

    def hide(self) -> None:
        self._stage.refuse_next_post(HIDDEN)

    def remove(self) -> None:
        self._stage.refuse_next_post(UNKNOWN)


class SandboxHall:
    def __init__(self, house: House) -> None:
        self.gateway = house.gateway
        self._guild = house.sandbox.state.world.guilds[demo.AZORIUS]

    def read(self) -> list[str]:
        messages = self._guild.channels[demo.AZORIUS_ADMIN].messages.values()
        return [str(message.body["content"]) for message in messages]

    def forbid_writing(self) -> None:
        self._deny(SEND_MESSAGES)

    def hide(self) -> None:
        self._deny(VIEW_CHANNEL)

    def remove(self) -> None:
        del self._guild.channels[demo.AZORIUS_ADMIN]

    def _deny(self, bits: int) -> None:
        denied = Overwrite(role_id=demo.role_id(demo.AZORIUS, "bot"), deny=bits)
        self._guild.channels[demo.AZORIUS_ADMIN].overwrites = (denied,)


@pytest.fixture(params=["in memory", "sandbox"])
async def hall(request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    if request.param == "in memory":
        stage = Stage()
        async with run_actor(InMemoryGateway(stage)) as gateway:
            yield MemoryHall(gateway, stage)
        return
    async with Sandbox() as sandbox, open_house(sandbox) as house:
        yield SandboxHall(house)


async def post(hall: Hall, message: PostToChannel = NOTICE) -> Posted | NotPosted:
    return await hall.gateway.ask(message, timeout_s=8.0)


async def test_a_message_is_in_the_channel(hall: Hall) -> None:
    assert isinstance(await post(hall), Posted)
    assert hall.read() == ["hear ye"]


async def test_a_repetition_is_shown_once_and_another_message_beside_it(hall: Hall) -> None:
    await post(hall)

    assert isinstance(await post(hall), Posted)
    assert isinstance(await post(hall, replace(NOTICE, nonce="n-2")), Posted)
    assert hall.read() == ["hear ye", "hear ye"]


async def test_a_channel_that_the_bot_may_not_write_in_names_the_permission(hall: Hall) -> None:
    hall.forbid_writing()

    assert await post(hall) == FORBIDDEN
    assert hall.read() == []


async def test_a_channel_that_the_bot_cannot_see_names_the_permission(hall: Hall) -> None:
    hall.hide()

    assert await post(hall) == HIDDEN


async def test_a_channel_that_does_not_exist_is_said_to_be_unknown(hall: Hall) -> None:
    hall.remove()

    assert await post(hall) == UNKNOWN


@pytest.mark.parametrize(
    "message",
    [
        replace(NOTICE, reply=Reply(content="x" * 2_001)),
        replace(NOTICE, reply=Reply(files=(File(name="a", content=b""),))),
        replace(NOTICE, nonce="x" * 26),
        replace(NOTICE, nonce=""),
    ],
    ids=["too long", "with a file", "long nonce", "no nonce"],
)
async def test_what_discord_would_not_take_is_not_sent(hall: Hall, message: PostToChannel) -> None:
    outcome = await post(hall, message)

    assert isinstance(outcome, NotPosted)
    assert outcome.reason == "refused"
    assert hall.read() == []


async def test_a_card_may_also_lack_the_permission_for_cards(house: House) -> None:
    hall = SandboxHall(house)
    hall.forbid_writing()

    outcome = await post(hall, replace(NOTICE, reply=Reply(embeds=(Embed(title="card"),))))

    assert isinstance(outcome, NotPosted)
    assert outcome.lacking == ("Send Messages", "Embed Links")


async def test_nobody_is_mentioned(house: House) -> None:
    loud = replace(NOTICE, reply=Reply(content=f"@everyone <@{demo.CAMILLE}>"))

    await post(SandboxHall(house), loud)

    channel = house.sandbox.state.world.guilds[demo.AZORIUS].channels[demo.AZORIUS_ADMIN]
    (message,) = channel.messages.values()
    assert message.body["mention_everyone"] is False
    assert message.body["mentions"] == []
