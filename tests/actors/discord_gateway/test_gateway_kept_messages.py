"""One suite for messages that stay in channels, for the gateway in memory and the real one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest

from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.discord_gateway.in_memory import InMemoryGateway, Stage
from actors.discord_gateway.kept_message import (
    ChannelSeen,
    DeleteInChannel,
    EditInChannel,
    KeptAsAsked,
    LookAtChannel,
    PinInChannel,
)
from actors.discord_gateway.replies import Embed, File, Reply
from actors.testing import run_actor
from sandbox import demo
from sandbox.permissions import PIN_MESSAGES, VIEW_CHANNEL
from sandbox.server import Sandbox
from sandbox.world import Overwrite
from tests.actors.discord_gateway.conftest import House, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

LIVE = int(demo.AZORIUS_LIVE)
BOARD = PostToChannel(channel_id=LIVE, reply=Reply(content="board"), nonce="b-1")
UNKNOWN = NotPosted(reason="unknown_message", detail="HTTP 404, code 10008")
NO_PIN = NotPosted(reason="forbidden", detail="HTTP 403, code 50013", lacking=("Pin Messages",))


class Hall(Protocol):
    """A gateway, and the live channel."""

    @property
    def gateway(self) -> Address: ...

    def read(self) -> list[tuple[str, bool]]:
        """Tell the texts in the channel and whether each is pinned."""

    def open_to_everyone(self) -> None: ...

    def forbid_pinning(self) -> None: ...


class MemoryHall:
    def __init__(self, gateway: Address, stage: Stage) -> None:
        self.gateway = gateway
        self._channels = stage.channels
        self._channels.guild_id = int(demo.AZORIUS)
        self._channels.locale = "fr"

    def read(self) -> list[tuple[str, bool]]:
        return [(m.reply.content or "", m.is_pinned) for m in self._channels.messages.values()]

    def open_to_everyone(self) -> None:
        self._channels.open_to_everyone.add(LIVE)

    def forbid_pinning(self) -> None:
        self._channels.refuse_next(NO_PIN)


class SandboxHall:
    def __init__(self, house: House) -> None:
        self.gateway = house.gateway
        self.guild = house.sandbox.state.world.guilds[demo.AZORIUS]
        self.channel = self.guild.channels[demo.AZORIUS_LIVE]

    def read(self) -> list[tuple[str, bool]]:
        # Without Discord's own notice that something was pinned.
        return [
            (str(message.body["content"]), bool(message.body["pinned"]))
            for message in self.channel.messages.values()
            if message.body["type"] == 0
        ]

    def open_to_everyone(self) -> None:
        self.channel.overwrites = ()

    def forbid_pinning(self) -> None:
        role = self.guild.roles[demo.role_id(demo.AZORIUS, "bot")]
        role.permissions &= ~PIN_MESSAGES


@pytest.fixture(params=["in memory", "sandbox"])
async def hall(request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    if request.param == "in memory":
        stage = Stage()
        async with run_actor(InMemoryGateway(stage)) as gateway:
            yield MemoryHall(gateway, stage)
        return
    async with Sandbox() as sandbox, open_house(sandbox) as house:
        yield SandboxHall(house)


async def put_up(hall: Hall) -> int:
    posted = await hall.gateway.ask(BOARD, timeout_s=8.0)
    assert isinstance(posted, Posted)
    return posted.message_id


async def edit(hall: Hall, message_id: int, reply: Reply) -> KeptAsAsked | NotPosted:
    query = EditInChannel(channel_id=LIVE, message_id=message_id, reply=reply)
    return await hall.gateway.ask(query, timeout_s=8.0)


async def delete(hall: Hall, message_id: int) -> KeptAsAsked | NotPosted:
    query = DeleteInChannel(channel_id=LIVE, message_id=message_id)
    return await hall.gateway.ask(query, timeout_s=8.0)


async def pin(hall: Hall, message_id: int) -> KeptAsAsked | NotPosted:
    query = PinInChannel(channel_id=LIVE, message_id=message_id)
    return await hall.gateway.ask(query, timeout_s=8.0)


async def look(hall: Hall) -> ChannelSeen | NotPosted:
    return await hall.gateway.ask(LookAtChannel(channel_id=LIVE), timeout_s=8.0)


async def test_a_message_is_pinned_and_edited_in_its_place(hall: Hall) -> None:
    message_id = await put_up(hall)

    assert await pin(hall, message_id) == KeptAsAsked()
    assert await pin(hall, message_id) == KeptAsAsked()
    assert await edit(hall, message_id, Reply(content="board, round 2")) == KeptAsAsked()
    assert hall.read() == [("board, round 2", True)]


async def test_a_message_that_somebody_deleted_is_unknown_and_deleting_it_is_done(
    hall: Hall,
) -> None:
    message_id = await put_up(hall)

    assert await delete(hall, message_id) == KeptAsAsked()
    assert await delete(hall, message_id) == KeptAsAsked()
    assert await edit(hall, message_id, Reply(content="late")) == UNKNOWN
    assert await pin(hall, message_id) == UNKNOWN
    assert hall.read() == []


async def test_pinning_that_is_not_granted_names_the_permission(hall: Hall) -> None:
    message_id = await put_up(hall)
    hall.forbid_pinning()

    assert await pin(hall, message_id) == NO_PIN
    assert hall.read() == [("board", False)]


@pytest.mark.parametrize(
    "reply",
    [Reply(content="x" * 2_001), Reply(files=(File(name="a", content=b""),))],
    ids=["too long", "with a file"],
)
async def test_what_discord_would_not_take_is_not_put_in_its_place(
    hall: Hall, reply: Reply
) -> None:
    message_id = await put_up(hall)

    outcome = await edit(hall, message_id, reply)

    assert isinstance(outcome, NotPosted)
    assert outcome.reason == "refused"
    assert hall.read() == [("board", False)]


async def test_whether_everybody_reads_a_channel_is_seen_as_it_is_now(hall: Hall) -> None:
    closed = await look(hall)
    hall.open_to_everyone()
    opened = await look(hall)

    assert closed == ChannelSeen(
        guild_id=int(demo.AZORIUS), takes_messages=True, open_to_everyone=False, locale="fr"
    )
    assert opened == replace(closed, open_to_everyone=True)


async def test_a_channel_is_closed_when_everyone_may_not_see_any_by_their_role(
    house: House,
) -> None:
    hall = SandboxHall(house)
    hall.open_to_everyone()
    hall.guild.roles[demo.AZORIUS].permissions &= ~VIEW_CHANNEL
    hall.channel.overwrites = (
        Overwrite(role_id=demo.role_id(demo.AZORIUS, "bot"), allow=VIEW_CHANNEL),
    )

    seen = await look(hall)

    assert isinstance(seen, ChannelSeen)
    assert not seen.open_to_everyone


async def test_a_channel_that_does_not_exist_cannot_be_looked_at(house: House) -> None:
    outcome = await house.gateway.ask(LookAtChannel(channel_id=5), timeout_s=8.0)

    assert outcome == NotPosted(reason="unknown_channel", detail="HTTP 404, code 10003")


async def test_an_edit_takes_away_what_the_message_had(house: House) -> None:
    hall = SandboxHall(house)
    message_id = await put_up(hall)

    await edit(hall, message_id, Reply(embeds=(Embed(title="card"),)))

    body = hall.channel.messages[str(message_id)].body
    assert (body["content"], body["embeds"][0]["title"]) == ("", "card")
