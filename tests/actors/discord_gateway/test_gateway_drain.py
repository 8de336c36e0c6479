"""What happens to a command that is under way when the system stops, or the gateway fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pydantic import SecretStr
from typing_extensions import override

from actors.discord_gateway.actor import DiscordGateway
from actors.discord_gateway.interactions import InteractionReceived
from actors.discord_gateway.messages import Answer
from actors.discord_gateway.replies import Reply
from actors.kernel import (
    ActorSystem,
    AsyncioActor,
    Backoff,
    ChildSpec,
    GetStatistics,
    InjectFault,
    StopSystem,
)
from sandbox.client import Person
from tests.actors.discord_gateway.conftest import COMMANDS, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import Address
    from sandbox.server import Sandbox


class WaitingDesk(AsyncioActor[InteractionReceived]):
    """Answers each interaction as soon as a condition holds."""

    def __init__(self, gateway: Address, condition: Callable[[], bool]) -> None:
        super().__init__()
        self._gateway = gateway
        self._condition = condition

    @override
    async def on_receive(self, message: InteractionReceived) -> None:
        await until(self._condition)
        reply = Reply(content="answered all the same")
        await self._gateway.ask(Answer(key=message.key, response=reply), timeout_s=5.0)


def specs(
    system: ActorSystem, sandbox: Sandbox, *, condition: Callable[[], bool]
) -> list[ChildSpec]:
    gateway, desk = system.address("gateway"), system.address("desk")
    return [
        ChildSpec(
            name="gateway",
            start=lambda: DiscordGateway(
                token=SecretStr("sandbox-token"),
                interactions=desk,
                commands=COMMANDS,
                base_url=sandbox.base_url,
            ),
            concurrency=64,
            backoff=Backoff(first_s=0.05),
        ),
        ChildSpec(
            name="desk",
            start=lambda: WaitingDesk(gateway, condition),
            # The desk is stopped before what it comes after: its last answers need the gateway.
            after=("gateway",),
            concurrency=8,
        ),
    ]


async def test_a_command_under_way_is_answered_while_the_system_drains(sandbox: Sandbox) -> None:
    system = ActorSystem()
    is_offline = lambda: not sandbox.state.gateway.is_online  # noqa: E731 - a condition

    async with (
        Person(sandbox.base_url) as sam,
        system.running(specs(system, sandbox, condition=is_offline)),
    ):
        await sam.wait_until_online()
        acting = asyncio.create_task(sam.command("ping"))
        await until(lambda: sandbox.state.trace.interactions == 1)
        await system.supervisor.ask(StopSystem(), timeout_s=1.0)
        outcome = await acting

    assert outcome.content == "answered all the same"


async def test_commands_are_answered_again_after_the_gateway_has_failed(sandbox: Sandbox) -> None:
    system = ActorSystem()

    async with (
        Person(sandbox.base_url) as sam,
        system.running(specs(system, sandbox, condition=lambda: True)),
    ):
        await sam.wait_until_online()
        await system.supervisor.ask(InjectFault(name="gateway", fault="crash"), timeout_s=1.0)
        await until(lambda: sandbox.state.gateway.identifies == 2)
        outcome = await sam.command("ping")
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1.0)

    assert outcome.content == "answered all the same"
    assert {actor.name: actor.restarts for actor in statistics.actors} == {"gateway": 1, "desk": 0}


async def test_the_actor_says_that_it_is_degraded_until_it_is_connected(sandbox: Sandbox) -> None:
    system = ActorSystem()
    sandbox.state.faults.server_error = 1.0

    async def state() -> tuple[str, str | None]:
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1.0)
        gateway = next(actor for actor in statistics.actors if actor.name == "gateway")
        return gateway.state, gateway.reason

    async with (
        Person(sandbox.base_url) as sam,
        system.running(specs(system, sandbox, condition=lambda: True)),
    ):
        before = await state()
        sandbox.state.faults.server_error = 0.0
        await sam.wait_until_online()
        await sam.command("ping")
        after = await state()

    assert before == ("degraded", "not connected to Discord yet")
    assert after == ("running", None)
