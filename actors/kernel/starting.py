"""Starting an incarnation: under a supervisor, or alone the way plain Pykka does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pykka import ActorRegistry

from actors.kernel.cell import Cell
from actors.kernel.errors import SpecError
from actors.kernel.exits import Exit, IncarnationEnded
from actors.kernel.runtime import Runtime
from actors.kernel.spec import ChildSpec

if TYPE_CHECKING:
    import asyncio

    import pykka

    from actors.kernel.cell import Run
    from actors.kernel.exits import LifeReport


class _Startable(Protocol):
    """An actor of either kind, before its start."""

    actor_urn: str

    @property
    def actor_ref(self) -> pykka.ActorRef[Any]: ...

    def run_in(self, cell: Cell, spec: ChildSpec, loop: asyncio.AbstractEventLoop) -> Run: ...


def start_incarnation(cell: Cell, number: int) -> None:
    """Build and begin incarnation ``number`` of a bound cell, on the thread of the cell's loop.

    A failure to build it is reported like one of ``on_start``.
    """
    if cell.spec is None or cell.loop is None:
        raise RuntimeError(f"{cell.name} has no spec")
    cell.number = number
    try:
        actor = _checked(cell.spec, cell.spec.start())
        cell.latest = actor.run_in(cell, cell.spec, cell.loop)
        ActorRegistry.register(actor.actor_ref)
        cell.latest.begin()
    except BaseException as error:  # noqa: BLE001 - the kernel's loop: a factory may raise anything
        exit_ = Exit.of(error)
        cell.note_failure(exit_)
        cell.report(IncarnationEnded(name=cell.name, incarnation=number, exit=exit_))


def _checked(spec: ChildSpec, actor: Any) -> _Startable:
    if isinstance(actor, type) or not getattr(actor, "is_actor_kind", False):
        raise SpecError(
            f"{spec.name}: start returned {actor!r}, and has to return an AsyncioActor or a"
            " ThreadActor"
        )
    startable: _Startable = actor
    return startable


def start_alone(actor: _Startable, loop: asyncio.AbstractEventLoop) -> None:
    """Start an actor that has no supervisor: it is never restarted; ``SomeActor.start()``."""
    runtime = Runtime()
    runtime.attach(loop)
    cell = Cell(actor.actor_urn, runtime)

    def close_at_end(report: LifeReport) -> None:
        if isinstance(report, IncarnationEnded):
            cell.close()

    start: Any = lambda: actor  # noqa: E731 - a child spec's usual form
    spec = ChildSpec(name=actor.actor_urn, start=start, mailbox_size=10_000)
    cell.bind(spec, loop=loop, report=close_at_end)
    cell.number = 1
    cell.latest = actor.run_in(cell, spec, loop)
    cell.latest.begin()
