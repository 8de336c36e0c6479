"""An actor that works, notes and answers, for the tests of how messages reach it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import assert_never

from typing_extensions import override

from actors.kernel import (
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    GetStatistics,
    Message,
    Overflow,
    Query,
    current_correlation_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Double(Query[int]):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Query[int]):
    seconds: float
    number: int = 0
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetNotes(Query[tuple[int, ...]]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCorrelation(Query[str]):
    pass


class Desk(AsyncioActor[Double | Work | Note | GetNotes | GetCorrelation]):
    def __init__(self) -> None:
        super().__init__()
        self.notes: list[int] = []
        self.running: set[str | None] = set()
        self.overlaps = 0

    @override
    async def on_receive(self, message: Double | Work | Note | GetNotes | GetCorrelation) -> object:
        match message:
            case Double(number=number):
                return 2 * number
            case Work():
                return await self._work(message)
            case Note(number=number):
                self.notes.append(number)
                return None
            case GetNotes():
                return tuple(self.notes)
            case GetCorrelation():
                return current_correlation_id()
            case _:
                assert_never(message)

    async def _work(self, work: Work) -> int:
        assert work.key is None or work.key not in self.running
        self.running.add(work.key)
        await self.clock.sleep(work.seconds)
        self.running.discard(work.key)
        self.notes.append(work.number)
        return work.number


def desk_spec(
    *,
    mailbox_size: int = 100,
    overflow: Overflow = "reject",
    concurrency: int = 1,
    ordered: bool = False,
) -> ChildSpec:
    return ChildSpec(
        name="desk",
        start=Desk,
        mailbox_size=mailbox_size,
        overflow=overflow,
        concurrency=concurrency,
        order_by=(lambda message: getattr(message, "key", None)) if ordered else None,
    )


async def dropped_by(system: ActorSystem) -> int:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    return statistics.actors[0].dropped


async def ask_when_idle(desk: object) -> tuple[int, ...]:
    assert hasattr(desk, "ask")
    await asyncio.sleep(1)
    notes: tuple[int, ...] = await desk.ask(GetNotes(), timeout_s=1)
    return notes
