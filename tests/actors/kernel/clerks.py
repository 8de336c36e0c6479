"""Actors that keep a diary, for the faults that the supervisor's model brought up."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar, assert_never

from typing_extensions import override

from actors.kernel import (
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    InjectFault,
    Message,
    Query,
    RestartIntensity,
)
from tests.actors.kernel.patients import NO_JITTER

PATIENT = RestartIntensity(restarts=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Query[int]):
    """Answered with the incarnation's number after ``seconds``."""

    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SureNote(Message):
    idempotent: ClassVar[bool] = True
    number: int
    seconds: float = 0.01


class Diary:
    def __init__(self) -> None:
        self.events: list[str] = []
        self.notes: list[int] = []
        self.stop_delays: dict[str, float] = {}
        self.count: dict[str, int] = {}

    def spec(self, name: str, *after: str, **settings: Any) -> ChildSpec:
        settings = {"backoff": NO_JITTER, **settings}
        return ChildSpec(name=name, start=lambda: Clerk(self, name), after=after, **settings)


class Clerk(AsyncioActor[Work | SureNote]):
    def __init__(self, diary: Diary, name: str) -> None:
        super().__init__()
        self.diary = diary
        self.number = diary.count[name] = diary.count.get(name, 0) + 1
        self.title = f"{name}#{self.number}"

    @override
    async def on_start(self) -> None:
        self.diary.events.append(f"start {self.title}")
        self.spawn(self._tick(), name="tick")

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.diary.events.append(f"tick {self.title}")

    @override
    async def on_stop(self) -> None:
        self.diary.events.append(f"stopping {self.title}")
        await asyncio.sleep(self.diary.stop_delays.get(self.title, 0))
        self.diary.events.append(f"stopped {self.title}")

    @override
    async def on_receive(self, message: Work | SureNote) -> object:
        match message:
            case Work(seconds=seconds):
                await asyncio.sleep(seconds)
                return self.number
            case SureNote(number=number, seconds=seconds):
                await asyncio.sleep(seconds)
                self.diary.notes.append(number)
                return None
            case _:
                assert_never(message)


async def crash(system: ActorSystem, name: str) -> None:
    await system.supervisor.ask(InjectFault(name=name, fault="crash"), timeout_s=1)
