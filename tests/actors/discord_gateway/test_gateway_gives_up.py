"""A gateway that stays away ends the process, since a failing check alone restarts nothing."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from pydantic import SecretStr

from actors.discord_gateway.actor import DiscordGateway
from actors.discord_gateway.messages import GetGatewayHealth
from actors.kernel import ActorSystem, Address, ChildSpec
from actors.testing import ManualClock, Probe

if TYPE_CHECKING:
    from sandbox.server import Sandbox

LIMIT_S = 900.0


def gateway_spec(base_url: str, interactions: Address) -> ChildSpec:
    return ChildSpec(
        name="gateway",
        start=lambda: DiscordGateway(
            token=SecretStr("sandbox-token"),
            interactions=interactions,
            commands=(),
            base_url=base_url,
            give_up_after_s=LIMIT_S,
        ),
        concurrency=8,
    )


async def test_discord_out_of_reach_for_too_long_ends_the_process_with_69() -> None:
    clock = ManualClock()
    system = ActorSystem(clock=clock)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        base_url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with system.running([gateway_spec(base_url, Probe("desk").address)]):
            stopped = asyncio.ensure_future(system.wait_stopped())
            await clock.advance(LIMIT_S - 1)
            early = stopped.done()
            await clock.advance(2)

            code = await stopped

    assert (early, code) == (False, 69)


async def test_a_connection_in_time_puts_the_end_off(sandbox: Sandbox) -> None:
    clock = ManualClock()
    system = ActorSystem(clock=clock)
    gateway = system.address("gateway")

    async def is_connected() -> bool:
        return (await gateway.ask(GetGatewayHealth(), timeout_s=1)).state == "connected"

    async with system.running([gateway_spec(sandbox.base_url, Probe("desk").address)]):
        async with asyncio.timeout(10):
            while not await is_connected():  # noqa: ASYNC110 - the gateway tells nobody
                await asyncio.sleep(0.001)
        await clock.advance(LIMIT_S * 2)

        assert system.exit_code is None
        assert await is_connected()
