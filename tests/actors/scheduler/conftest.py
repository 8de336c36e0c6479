"""A desk of jobs in virtual time: schedulers that share a ledger, and a runner that keeps notes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, RestartIntensity
from actors.scheduler import InMemoryLedger, Scheduler
from actors.scheduler.messages import JobDone, RunJob
from actors.testing import VirtualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from actors.kernel import Address
    from actors.scheduler import Job


class Runner(AsyncioActor[RunJob]):
    """Does what a test says, and notes what was finished."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office

    @override
    async def on_receive(self, message: RunJob) -> JobDone:
        self._office.begun.append((message.job, message.key))
        await asyncio.sleep(self._office.work_s)
        if self._office.fault is not None:
            raise self._office.fault
        self._office.done.append((message.job, message.key))
        return JobDone(detail="ten of ten")


@dataclass
class Office:
    """Any number of processes over one ledger, in the virtual time of the running loop."""

    work_s: float = 1.0
    fault: Exception | None = None
    begun: list[tuple[str, str]] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = VirtualClock(asyncio.get_running_loop())
        self.ledger = InMemoryLedger(self.clock.now)

    @property
    def done_keys(self) -> list[str]:
        return [key for _, key in self.done]

    def after(self, **duration: float) -> datetime:
        """Return a moment from now."""
        return self.clock.now() + timedelta(**duration)

    @asynccontextmanager
    async def process(self, *jobs: Job, owner: str = "one") -> AsyncIterator[Address]:
        """Run a scheduler and its runner for the length of the block."""
        system = ActorSystem(intensity=RestartIntensity(restarts=1_000_000, within_s=1.0))
        scheduler, runner = system.address("scheduler"), system.address("runner")
        async with system.running(
            [
                ChildSpec(
                    name="runner",
                    start=lambda: Runner(self),
                    concurrency=10,
                    handle_timeout_s=10_000.0,
                ),
                ChildSpec(
                    name="scheduler",
                    start=lambda: Scheduler(
                        jobs=jobs, ledger=self.ledger, runner=runner, owner=owner
                    ),
                    after=("runner",),
                    concurrency=10,
                    handle_timeout_s=10_000.0,
                ),
            ]
        ):
            yield scheduler

    async def start(self, *jobs: Job, owner: str) -> AsyncExitStack:
        """Start a process; close what is returned to end it at once."""
        stack = AsyncExitStack()
        await stack.enter_async_context(self.process(*jobs, owner=owner))
        return stack


@pytest.fixture
def office() -> Callable[..., Office]:
    def build(**settings: Any) -> Office:
        return Office(**settings)

    return build


@pytest.fixture(autouse=True)
def frozen_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActorSystem, "check_messages", True)
