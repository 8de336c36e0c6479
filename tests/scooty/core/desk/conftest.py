"""The desk between a gateway and a limiter that are played by probes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest
from typing_extensions import override

from actors.discord_gateway.interactions import (
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    InteractionKey,
    InteractionReceived,
    Option,
    Person,
)
from actors.discord_gateway.messages import Answer, Answered, Defer, Deferred, FollowUp
from actors.kernel import ChildSpec
from actors.rate_limiter.messages import AcquirePermit, PermitGranted
from actors.testing import ManualClock, Probe, run_actor
from scooty.core.calls import Calls
from scooty.core.desk.actor import Desk
from scooty.core.desk.timing import DeskTiming
from scooty.core.ports import AtHand, NoCharts, Ports, nothing_at_hand
from scooty.features.reports.calls.looking_up import NobodyFound

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from actors.discord_gateway.interactions import InteractionAction
    from actors.kernel import Address
    from scooty.core.call import Caller, Read, Write
    from scooty.core.ports import ChartsPort, SystemHealthPort
    from scooty.domain.ids import GuildId

R = TypeVar("R")


@dataclass
class GatedStorage(Calls):
    """Answers with one outcome, but only while its gate is open."""

    outcome: object = field(default_factory=NobodyFound)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        return cast("R", await self._answer())

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        return cast("R", await self._answer())

    async def _answer(self) -> object:
        self.asked.set()
        await self.gate.wait()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@dataclass(frozen=True)
class People:
    """What a person does, as the gateway tells it."""

    now: Callable[[], datetime]

    def does(
        self,
        action: InteractionAction,
        *,
        received_at: datetime | None = None,
        guild_id: int | None = 1,
    ) -> Any:
        return InteractionReceived(
            key=InteractionKey(id=77, application_id=1, token="secret"),  # noqa: S106 - a test's
            action=action,
            person=Person(user_id=500, display_name="Sam"),
            guild_id=guild_id,
            channel_id=3,
            locale="en-US",
            guild_locale=None,
            received_at=received_at or self.now(),
            attachment_size_limit=10,
        )

    def checks(self, name: str = "Jane Doe", **more: Any) -> Any:
        option = Option(name="name", value=name)
        return self.does(CommandInvoked(path="check", options=(option,)), **more)

    def types(self, text: str = "ja") -> Any:
        option = Option(name="name", value=text)
        return self.does(AutocompleteRequested(path="check", focused="name", options=(option,)))

    def counts(self) -> Any:
        return self.does(CommandInvoked(path="stats", options=()))

    def presses(self, custom_id: str) -> Any:
        return self.does(ButtonPressed(custom_id=custom_id, message_id=9))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def people(clock: ManualClock) -> People:
    return People(now=clock.now)


@pytest.fixture
def storage() -> GatedStorage:
    return GatedStorage()


@pytest.fixture
async def gateway() -> Probe:
    """A gateway that takes every answer."""
    gateway = Probe("gateway")
    gateway.answer(Answer, Answered())
    gateway.answer(FollowUp, Answered())
    gateway.answer(Defer, Deferred())
    return gateway


@pytest.fixture
async def limiter() -> Probe:
    """A limiter that grants every permit."""
    limiter = Probe("rate_limiter")
    limiter.answer(AcquirePermit, PermitGranted(remaining=1))
    return limiter


@pytest.fixture
def run_desk(
    gateway: Probe, limiter: Probe, storage: GatedStorage, clock: ManualClock
) -> Callable[..., AbstractAsyncContextManager[Address]]:
    """Run a desk for the length of a block."""

    @asynccontextmanager
    async def run(
        *,
        at_hand: AtHand = nothing_at_hand,
        observer: Address | None = None,
        charts: ChartsPort | None = None,
        **timing: float,
    ) -> AsyncIterator[Address]:
        ports = Ports(
            calls=storage,
            at_hand=at_hand,
            health=cast("SystemHealthPort", None),
            clock=clock,
            charts=charts or NoCharts(),
        )
        spec = ChildSpec(
            name="desk",
            start=lambda: Desk(
                gateway=gateway.address,
                limiter=limiter.address,
                ports=ports,
                timing=DeskTiming(**timing),
                observer=observer,
            ),
            concurrency=8,
        )
        async with run_actor(spec, clock=clock) as desk:
            yield desk

    return run
