"""What a person does in the sandbox, and what the gateway is asked to answer them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from actors.discord_gateway.interactions import InteractionReceived
from actors.discord_gateway.messages import (
    Answer,
    Answered,
    AnswerNotDelivered,
    Defer,
    Deferred,
    GatewayHealth,
    GetGatewayHealth,
)
from actors.discord_gateway.replies import ActionRow, Button, Reply, Response

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tests.actors.discord_gateway.conftest import House

T = TypeVar("T")
UNDO = Reply(
    content="stored",
    rows=(ActionRow(components=(Button(label="Undo", custom_id="undo:1", style="danger"),)),),
)


async def act(
    house: House, doing: Coroutine[object, object, T]
) -> tuple[asyncio.Task[T], InteractionReceived]:
    """Let a person act, and take what reaches the desk."""
    acting = asyncio.create_task(doing)
    return acting, await house.interactions.expect(InteractionReceived)


async def answer(
    house: House, received: InteractionReceived, response: Response
) -> Answered | AnswerNotDelivered:
    return await house.gateway.ask(Answer(key=received.key, response=response), timeout_s=5.0)


async def answered(
    house: House, doing: Coroutine[object, object, T], response: Response
) -> tuple[T, InteractionReceived]:
    """Let a person act, answer them, and tell what they see."""
    acting, received = await act(house, doing)
    assert await answer(house, received, response) == Answered()
    return await acting, received


def breaches(house: House) -> list[str]:
    return [f"{breach.rule}: {breach.detail}" for breach in house.sandbox.state.trace.breaches]


async def health(house: House) -> GatewayHealth:
    return await house.gateway.ask(GetGatewayHealth(), timeout_s=1.0)


async def shown(house: House, reply: Reply) -> str:
    outcome, _ = await answered(house, house.sam.command("ping"), reply)
    assert outcome.message is not None
    return str(outcome.message["id"])


async def defer(house: House, received: InteractionReceived) -> Deferred | AnswerNotDelivered:
    return await house.gateway.ask(Defer(key=received.key), timeout_s=5.0)
