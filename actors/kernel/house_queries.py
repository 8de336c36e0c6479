"""What anybody may ask a supervisor about the house: numbers, listeners, faults on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from actors.kernel.correlation import new_correlation_id
from actors.kernel.envelope import Envelope
from actors.kernel.exits import Exit, HangOnPurpose
from actors.kernel.incarnations import kill_latest
from actors.kernel.supervision import (
    FaultInjected,
    GetStatistics,
    InjectFault,
    NoSuchActor,
    Subscribe,
    Subscribed,
    Watch,
    Watching,
)

if TYPE_CHECKING:
    from actors.kernel.house import House

__all__ = ["HouseQuery", "answer_query"]

HouseQuery: TypeAlias = GetStatistics | InjectFault | Subscribe | Watch


def answer_query(house: House, query: HouseQuery) -> object:
    """Answer on the supervisor's loop; each query's class says with what."""
    match query:
        case GetStatistics():
            return house.statistics()
        case InjectFault():
            return _inject(house, query)
        case Subscribe(subscriber=subscriber):
            house.subscribe(subscriber)
            return Subscribed()
        case Watch():
            return _watch(house, query)
        case _:
            assert_never(query)


def _inject(house: House, query: InjectFault) -> FaultInjected | NoSuchActor:
    cell = house.cells.get(query.name)
    if cell is None or cell not in house.order:
        return NoSuchActor(name=query.name)
    if query.fault == "crash":
        kill_latest(cell, Exit(kind="InjectedCrash"))
    else:
        cell.post_system(Envelope(HangOnPurpose(), None, new_correlation_id(), None))
    return FaultInjected(name=query.name, fault=query.fault)


def _watch(house: House, query: Watch) -> Watching | NoSuchActor:
    if query.name not in house.cells:
        return NoSuchActor(name=query.name)
    house.watch(query.name, query.watcher)
    return Watching()
