"""What of the sender's and the handler's context goes along with a message."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, Query, correlation
from actors.testing import virtual_time
from tests.actors.kernel.kernel_desk import GetCorrelation, desk_spec


@virtual_time
async def test_the_correlation_id_flows_through_ask_and_tell() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        with correlation("abc"):
            inside = await desk.ask(GetCorrelation(), timeout_s=1)
        outside = await desk.ask(GetCorrelation(), timeout_s=1)

    assert inside == "abc"
    assert outside
    assert outside != "abc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Query[dict[str, object]]):
    value: str


class Forgetful(AsyncioActor[Leave]):
    @override
    async def on_receive(self, message: Leave) -> object:
        before = structlog.contextvars.get_contextvars()
        structlog.contextvars.bind_contextvars(guild=message.value)
        return before


@virtual_time
async def test_what_a_handler_binds_to_its_context_does_not_reach_the_next_message() -> None:
    system = ActorSystem()
    address = system.address("forgetful")

    async with system.running([ChildSpec(name="forgetful", start=Forgetful)]):
        await address.ask(Leave(value="one"), timeout_s=1)
        before = await address.ask(Leave(value="two"), timeout_s=1)

    assert "guild" not in before
