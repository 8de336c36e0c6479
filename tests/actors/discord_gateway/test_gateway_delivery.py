"""Which requests are sent again, over real sockets, with a clock that needs no waiting."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.delivery import (
    Delivered,
    Delivery,
    NotReached,
    Outcome,
    Refused,
    Request,
)
from actors.testing import ManualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.actors.discord_gateway.conftest import ScriptedDiscord

DROPPED = "dropped"
CALLBACK = Request(method="POST", path="/interactions/1/secret/callback", body={"type": 5})
FOLLOW_UP = Request(method="POST", path="/webhooks/1/secret", body={}, repeatable=False)
REFUSED = (400, {"code": 50035})
LIMITED = (429, {"retry_after": 0.4, "global": False})


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def delivery(
    scripted_discord: ScriptedDiscord, clock: ManualClock
) -> AsyncIterator[Delivery]:
    delivery = Delivery(scripted_discord.base_url, clock, user_agent="test")
    yield delivery
    await delivery.close()


async def send(delivery: Delivery, clock: ManualClock, request: Request) -> Outcome:
    """Send, and let the pauses pass at once."""
    sending = asyncio.ensure_future(delivery.send(request, within_s=3.0))
    while not sending.done():
        await asyncio.wait([sending], timeout=0.005)
        await clock.advance(0.1)
    return await sending


async def test_a_request_that_is_taken_is_sent_once(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord
) -> None:
    assert await send(delivery, clock, CALLBACK) == Delivered()
    assert len(scripted_discord.received) == 1


@pytest.mark.parametrize("failure", [500, 502, 503, 504, 524, DROPPED, LIMITED, (429, b"<html>")])
async def test_a_request_that_fails_by_discords_fault_is_sent_again(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord, failure: object
) -> None:
    scripted_discord.answer(failure, failure)

    assert await send(delivery, clock, CALLBACK) == Delivered()
    assert len(scripted_discord.received) == 3


async def test_the_pause_that_discord_asks_for_is_kept(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer(LIMITED)
    sending = asyncio.ensure_future(delivery.send(CALLBACK, within_s=3.0))
    while not clock.sleeper_count:
        await asyncio.wait([sending], timeout=0.005)

    await clock.advance(0.39)
    sent_early = len(scripted_discord.received)
    await clock.advance(0.02)

    assert await sending == Delivered()
    assert (sent_early, len(scripted_discord.received)) == (1, 2)


async def test_a_pause_beyond_the_time_left_is_not_begun(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer((429, {"retry_after": 3.5}))

    assert await send(delivery, clock, CALLBACK) == NotReached(detail="HTTP 429")
    assert len(scripted_discord.received) == 1


async def test_a_refusal_is_not_argued_with(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer(REFUSED)

    outcome = await send(delivery, clock, CALLBACK)

    assert isinstance(outcome, Refused)
    assert (outcome.status, outcome.code) == (400, 50035)
    assert len(scripted_discord.received) == 1


async def test_attempts_end_when_the_time_is_over(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer(*[500] * 100)

    assert await send(delivery, clock, CALLBACK) == NotReached(detail="HTTP 500")
    assert clock.monotonic_s() <= 3.1
    assert 5 < len(scripted_discord.received) < 30


async def test_a_late_request_is_tried_once(
    delivery: Delivery, scripted_discord: ScriptedDiscord
) -> None:
    assert await delivery.send(CALLBACK, within_s=-1.0) == Delivered()
    assert len(scripted_discord.received) == 1


async def test_a_message_that_may_have_arrived_is_not_sent_twice(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer(500, DROPPED)

    outcome = await send(delivery, clock, FOLLOW_UP)

    assert outcome == NotReached(detail="ServerDisconnectedError")
    assert len(scripted_discord.received) == 2


async def test_an_address_where_nobody_listens_is_not_reached(clock: ManualClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    delivery = Delivery(f"http://127.0.0.1:{port}", clock, user_agent="test")

    outcome = await send(delivery, clock, CALLBACK)
    await delivery.close()

    assert outcome == NotReached(detail="ClientConnectorError")


async def test_a_429_halves_the_number_of_requests_under_way(
    delivery: Delivery, clock: ManualClock, scripted_discord: ScriptedDiscord
) -> None:
    highest = delivery.limit.limit
    scripted_discord.answer(LIMITED)

    await send(delivery, clock, CALLBACK)

    assert highest // 2 <= delivery.limit.limit < highest


async def test_ten_refusals_in_a_row_keep_the_next_request_from_being_sent(
    delivery: Delivery, scripted_discord: ScriptedDiscord
) -> None:
    forbidden = (403, {"code": 50001})
    scripted_discord.answer(*[forbidden] * 20)
    for _ in range(10):
        await delivery.send(CALLBACK, within_s=3.0)

    outcome = await delivery.send(CALLBACK, within_s=0.0)

    assert outcome == NotReached(detail="pausing after refusals")
    assert len(scripted_discord.received) == 10
