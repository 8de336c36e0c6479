"""What anybody may ask a supervisor about its system: numbers, listeners, faults on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from actors.kernel.correlation import new_correlation_id
from actors.kernel.envelope import Envelope
from actors.kernel.exits import Exit, HangOnPurpose
from actors.kernel.incarnations import kill_latest
from actors.kernel.supervision import (
    FaultInjected,
    GetStatistics,
    InjectFault,
    Link,
    Linked,
    NoSuchActor,
    Subscribe,
    Subscribed,
    SubscribeDeadLetters,
    Unlink,
    Unlinked,
    Unsubscribe,
    Unsubscribed,
    UnsubscribeDeadLetters,
    Unwatch,
    Unwatched,
    Watch,
    Watching,
)

if TYPE_CHECKING:
    from actors.kernel.supervision import SystemQuery
    from actors.kernel.system_state import SystemState


async def answer_query(state: SystemState, query: SystemQuery) -> object:  # noqa: C901, PLR0911 - an arm each
    """Answer on the supervisor's loop; each query's class says with what."""
    match query:
        case GetStatistics():
            return await state.statistics()
        case InjectFault():
            return _inject(state, query)
        case Subscribe(subscriber=subscriber):
            state.subscribe(subscriber)
            return Subscribed()
        case Unsubscribe(subscriber=subscriber):
            state.unsubscribe(subscriber)
            return Unsubscribed()
        case SubscribeDeadLetters(subscriber=reader):
            state.runtime.dead_letters.subscribers.add(reader)
            return Subscribed()
        case UnsubscribeDeadLetters(subscriber=reader):
            state.runtime.dead_letters.subscribers.discard(reader)
            return Unsubscribed()
        case Watch():
            return _watch(state, query)
        case Unwatch(name=name, watcher=watcher):
            state.unwatch(name, watcher)
            return Unwatched()
        case Link():
            return _link(state, query)
        case Unlink(one=one, other=other):
            state.links.discard(frozenset((one, other)))
            return Unlinked()
        case _:
            assert_never(query)


def _inject(state: SystemState, query: InjectFault) -> FaultInjected | NoSuchActor:
    cell = state.cells.get(query.name)
    if cell is None or cell not in state.order:
        return NoSuchActor(name=query.name)
    if query.fault == "crash":
        kill_latest(cell, Exit(kind="InjectedCrash"))
    else:
        cell.post_system(Envelope(HangOnPurpose(), None, new_correlation_id(), None))
    return FaultInjected(name=query.name, fault=query.fault)


def _watch(state: SystemState, query: Watch) -> Watching | NoSuchActor:
    if query.name not in state.cells:
        return NoSuchActor(name=query.name)
    state.watch(query.name, query.watcher)
    return Watching()


def _link(state: SystemState, query: Link) -> Linked | NoSuchActor:
    for name in (query.one, query.other):
        if name not in state.cells:
            return NoSuchActor(name=name)
    state.links.add(frozenset((query.one, query.other)))
    return Linked()
