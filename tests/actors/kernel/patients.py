"""An actor with every way to go wrong, for the tests of its supervision."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar, assert_never

from typing_extensions import override

from actors.kernel import (
    ActorStatistics,
    ActorSystem,
    AsyncioActor,
    Backoff,
    ChildSpec,
    FatalError,
    GetStatistics,
    Message,
    Query,
    RestartIntensity,
)

NO_JITTER = Backoff(first_s=0.1, factor=2.0, max_s=5.0, jitter=0.0)
PATIENT = RestartIntensity(restarts=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping(Query[int]):
    """Answered with the incarnation's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail(Query[int]):
    error: str = "crash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hang(Query[int]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SureNote(Message):
    idempotent: ClassVar[bool] = True
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quit(Message):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spawn(Message):
    error: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolate(Query[object]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Complain(Message):
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOther(Query[int]):
    other: str


class Diary:
    """What the actors of one test did, over all incarnations."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.notes: list[int] = []
        self.incarnations: Counter[str] = Counter()
        self.start_failures: Counter[str] = Counter()
        self.start_delays: dict[str, float] = {}
        self.poison: set[int] = set()
        self.system: ActorSystem | None = None
        """Where `AskOther` finds the other one."""

    def spec(self, name: str, *after: str, **settings: Any) -> ChildSpec:
        settings = {"backoff": NO_JITTER, "stop_timeout_s": 1.0, **settings}
        return ChildSpec(name=name, start=lambda: Patient(self, name), after=after, **settings)


PatientMessage = Ping | Fail | Hang | Note | SureNote | Quit | Spawn | Isolate | Complain | AskOther


class Patient(AsyncioActor[PatientMessage]):
    def __init__(self, diary: Diary, name: str) -> None:
        super().__init__()
        diary.incarnations[name] += 1
        self.diary = diary
        self.name = name
        self.number = diary.incarnations[name]

    @override
    async def on_start(self) -> None:
        await asyncio.sleep(self.diary.start_delays.get(self.name, 0))
        if self.diary.start_failures[self.name] > 0:
            self.diary.start_failures[self.name] -= 1
            raise ConnectionError(self.name)
        self.diary.events.append(f"start {self.name}")

    @override
    async def on_stop(self) -> None:
        self.diary.events.append(f"stop {self.name}")

    @override
    async def on_receive(self, message: PatientMessage) -> object:
        match message:
            case Ping():
                return self.number
            case Fail(error=error):
                return self._fail(error)
            case Hang():
                return await asyncio.Event().wait()
            case Note(number=number) | SureNote(number=number):
                await self._note(number)
            case Quit():
                self.stop()
            case Spawn(error=error):
                self.spawn(self._child(error=error), name="child")
            case Isolate():
                return await self.isolate(self._child(error=True)), await self.isolate(
                    self._child(error=False)
                )
            case Complain(reason=reason):
                self.report_degraded(reason) if reason else self.report_recovered()
            case AskOther(other=other):
                assert self.diary.system is not None
                return await self.diary.system.address(other).ask(Ping(), timeout_s=60)
            case _:
                assert_never(message)
        return None

    async def _note(self, number: int) -> None:
        if number in self.diary.poison:
            self.diary.events.append(f"poison {number}")
            raise ValueError(number)
        await asyncio.sleep(0.01)
        self.diary.notes.append(number)

    def _fail(self, error: str) -> int:
        match error:
            case "fatal":
                raise FatalError("The token is wrong; set DISCORD_TOKEN.", exit_code=78)
            case "exit":
                raise SystemExit(3)
            case "cancel":
                raise asyncio.CancelledError
            case "interrupt":
                raise KeyboardInterrupt
            case _:
                raise ZeroDivisionError

    async def _child(self, *, error: bool) -> str:
        try:
            await asyncio.sleep(0.5)
            if error:
                raise LookupError
        except asyncio.CancelledError:
            self.diary.events.append("child cancelled")
            raise
        return "done"


async def statistics_of(system: ActorSystem, name: str) -> ActorStatistics:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    return next(actor for actor in statistics.actors if actor.name == name)
