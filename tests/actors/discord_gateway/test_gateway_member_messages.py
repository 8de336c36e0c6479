"""Messages to people outside of interactions, over real sockets, in the sandbox."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actors.discord_gateway.in_memory import InMemoryGateway, Stage
from actors.discord_gateway.member_delivery import send_to_member
from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered, AnswerNotDelivered
from actors.discord_gateway.replies import File, Reply
from actors.testing import run_actor

if TYPE_CHECKING:
    from sandbox.world import Channel
    from tests.actors.discord_gateway.conftest import House

NOBODY = 999
"""The sandbox knows no such person, and so opens no private channel."""


def person_of(house: House) -> int:
    return int(next(house.sandbox.state.world.list_people()).id)


def channel_of(house: House) -> Channel:
    (guild, *_) = house.sandbox.state.world.guilds.values()
    return next(iter(guild.channels.values()))


def texts(channel: Channel) -> list[str]:
    return [str(message.body["content"]) for message in channel.messages.values()]


def message(user_id: int, channel: Channel | None = None) -> SendToMember:
    return SendToMember(
        user_id=user_id,
        reply=Reply(content="for you"),
        channel_id=None if channel is None else int(channel.id),
        in_channel=None if channel is None else Reply(content="for all"),
        nonce="77",
    )


async def test_a_person_is_written_to_privately(house: House) -> None:
    channel = channel_of(house)

    outcome = await house.gateway.ask(message(person_of(house), channel), timeout_s=5.0)

    assert outcome == Answered()
    (direct,) = house.sandbox.state.world.direct.values()
    assert texts(direct) == ["for you"]
    assert texts(channel) == []
    assert house.sandbox.state.trace.breach_count == 0


async def test_a_person_who_takes_no_private_messages_is_mentioned_in_the_channel(
    house: House,
) -> None:
    channel = channel_of(house)

    outcome = await house.gateway.ask(message(NOBODY, channel), timeout_s=5.0)

    assert outcome == Answered()
    assert texts(channel) == [f"<@{NOBODY}> for all"]


async def test_a_person_who_cannot_be_reached_anywhere_is_said_to_be_refused(house: House) -> None:
    outcome = await house.gateway.ask(message(NOBODY), timeout_s=5.0)

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "refused"


async def test_before_the_login_nobody_is_reached() -> None:
    outcome = await send_to_member(message(1), None)

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "unreachable"


async def test_what_discord_would_not_take_is_not_sent() -> None:
    with_file = replace(message(1), reply=Reply(files=(File(name="a", content=b""),)))
    too_long = replace(message(1), reply=Reply(content="x" * 2_001))

    outcomes = [await send_to_member(each, None) for each in (with_file, too_long)]

    assert [outcome.reason for outcome in outcomes if isinstance(outcome, AnswerNotDelivered)] == [
        "refused",
        "refused",
    ]


async def test_the_gateway_in_memory_falls_back_to_the_channel_likewise() -> None:
    stage = Stage()
    to_sam = SendToMember(
        user_id=5, reply=Reply(content="a"), channel_id=3, in_channel=Reply(content="b")
    )

    async with run_actor(InMemoryGateway(stage)) as gateway:
        assert await gateway.ask(to_sam, timeout_s=1.0) == Answered()
        stage.refuse_next(AnswerNotDelivered(reason="refused", detail="50007"))
        assert await gateway.ask(to_sam, timeout_s=1.0) == Answered()

    assert stage.private == [(5, Reply(content="a"))]
    assert stage.in_channels == [(3, Reply(content="b"))]
