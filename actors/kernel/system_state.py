"""What the supervisors of one system share: cells, listeners, and how it all ended."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from actors.kernel.cell import Cell
from actors.kernel.log import say
from actors.kernel.runtime import Runtime
from actors.kernel.statistics import ActorStatistics, SystemStatistics
from actors.kernel.supervision import (
    ActorEnded,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStopped,
    LifeEvent,
)

if TYPE_CHECKING:
    from datetime import datetime

    from actors.kernel.address import Address
    from actors.kernel.clock import Clock
    from actors.kernel.messages import Message


_AT_ONCE = 50  # whose numbers, some 20 µs each, are put together before others have a turn


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainReport:
    """What a drain did not get to."""

    left: dict[str, int] = field(default_factory=dict)
    """Messages that were left unhandled, by actor; actors that left none are not named."""
    cut_off: dict[str, int] = field(default_factory=dict)
    """Messages whose handling was cut off, by actor."""
    duration_s: float = 0.0


class SystemState:
    """Shared by the root supervisor, the nested ones, and the system that started them."""

    def __init__(self, *, clock: Clock | None) -> None:
        self.runtime = Runtime(clock=clock)
        self.cells: dict[str, Cell] = {}
        # For as long as somebody has the address.
        self._forgotten: WeakValueDictionary[str, Cell] = WeakValueDictionary()
        self.order: list[Cell] = []
        """Bound cells in the order of their first binding, which is the start order."""
        self.supervisor_loop: asyncio.AbstractEventLoop | None = None
        self.started_at: datetime | None = None
        self.drain_report = DrainReport()
        self.links: set[frozenset[str]] = set()
        """Pairs of names."""
        self._subscribers: set[Address[LifeEvent]] = set()
        self._watchers: dict[str, set[Address[ActorEnded]]] = {}

    def cell(self, name: str) -> Cell:
        """Return the cell of that name, made at the first call."""
        if name not in self.cells:
            forgotten = self._forgotten.pop(name, None)
            self.cells[name] = forgotten or Cell(name, self.runtime)
        return self.cells[name]

    def cells_under(self, top: Cell) -> list[Cell]:
        """Return a supervisor's cell and all below it, in start order."""
        return [cell for cell in self.order if cell.is_under(top)]

    def forget(self, cell: Cell) -> None:
        """Strike a bound cell off the books; addresses of it lead to the next one of its name."""
        cell.spec = None
        self.order.remove(cell)
        self._forgotten[cell.name] = self.cells.pop(cell.name)

    async def statistics(self) -> SystemStatistics:
        """Return all actors' numbers, without holding the loop for those of thousands."""
        started_at = self.started_at or self.runtime.clock.now()
        actors: list[ActorStatistics] = []
        for cell in tuple(self.order):
            actors.append(cell.statistics())
            if len(actors) % _AT_ONCE == 0:
                await asyncio.sleep(0)
        return SystemStatistics(actors=tuple(actors), started_at=started_at)

    def subscribe(self, subscriber: Address[LifeEvent]) -> None:
        """Tell every life event to ``subscriber`` from now on."""
        self._subscribers = {one for one in self._subscribers if not one.is_gone} | {subscriber}

    def watch(self, name: str, watcher: Address[ActorEnded]) -> None:
        """Tell every end of an incarnation of ``name`` to ``watcher`` from now on."""
        watchers = self._watchers.get(name, set())
        self._watchers[name] = {one for one in watchers if not one.is_gone} | {watcher}

    def unsubscribe(self, subscriber: Address[LifeEvent]) -> None:
        """Tell life events to ``subscriber`` no more."""
        self._subscribers.discard(subscriber)

    def unwatch(self, name: str, watcher: Address[ActorEnded]) -> None:
        """Tell ends of ``name`` to ``watcher`` no more."""
        self._watchers.get(name, set()).discard(watcher)

    def linked_to(self, name: str) -> set[str]:
        """Return all who fail with an actor, over any number of links."""
        found = {name}
        while more := {each for link in self.links if link & found for each in link} - found:
            found |= more
        return found - {name}

    def publish(self, event: LifeEvent) -> None:
        """Log an event and tell it to all subscribers."""
        match event:
            case ActorStarted(name=name, incarnation=number):
                say("info", "actor.started", actor=name, incarnation=number)
            case ActorRestarted(name=name, incarnation=number, kind=kind):
                say("warning", "actor.restarted", actor=name, incarnation=number, kind=kind)
            case ActorGaveUp(name=name, kind=kind):
                say("error", "actor.gave_up", actor=name, kind=kind)
            case ActorStopped(name=name):
                say("info", "actor.stopped", actor=name)
        self._subscribers = _tell_all(self._subscribers, event)

    def announce_end(self, ended: ActorEnded) -> None:
        """Tell those who watch an actor that an incarnation of it ended."""
        if ended.name in self._watchers:
            self._watchers[ended.name] = _tell_all(self._watchers[ended.name], ended)


def _tell_all(listeners: set[Address], event: Message) -> set[Address]:
    """Tell an event, and return those who may still hear the next one."""
    for listener in listeners:
        listener.tell(event)
    return {one for one in listeners if not one.is_gone}
