"""The half of a supervisor that starts its children, each when its time has come."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from actors.kernel.actor import AsyncioActor
from actors.kernel.child_messages import SupervisorMessage
from actors.kernel.children import Child, Phase
from actors.kernel.exits import Exit
from actors.kernel.incarnations import start_child
from actors.kernel.spec import ChildSpec, SupervisorSpec
from actors.kernel.start_order import start_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel.cell import Cell
    from actors.kernel.exits import LifeReport
    from actors.kernel.system_state import SystemState


class ChildStarter(AsyncioActor[SupervisorMessage]):
    """Knows its children, those that come later too, and in which order they start.

    Args:
        state: what it shares with the other supervisors.
        specs: its children, as in `Supervisor`.
        on_all_up: called when every child has become ready for the first time.
    """

    _loop: asyncio.AbstractEventLoop
    """Its own, from the start on."""

    def __init__(
        self,
        *,
        state: SystemState,
        specs: list[ChildSpec | SupervisorSpec],
        on_all_up: Callable[[], None],
    ) -> None:
        super().__init__()
        self.order: list[Child] = [
            Child(spec, state.cell(spec.name)) for spec in start_order(specs)
        ]
        self.specs = specs
        self.by_name = {child.name: child for child in self.order}
        self.is_closing = False
        self._state = state
        self._on_all_up = on_all_up
        self._all_up: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._advance_is_due = False

    def start_all(self) -> asyncio.Future[None]:
        """Begin to start the children; what is returned is done when all are ready."""
        self._loop = asyncio.get_running_loop()
        self._all_up = self._loop.create_future()
        for child in self.order:
            self._bind(child)
        self.advance()
        return self._all_up

    def close(self) -> None:
        """Start nobody any more."""
        self.is_closing = True
        if self._timer is not None:
            self._timer.cancel()

    @property
    def is_open(self) -> bool:
        """Whether this incarnation is ready and has not ended."""
        run = self._kernel_run
        return run is not None and run.is_open and run.exit is None

    def request_stop(self) -> None:
        """End in good order; harmless when it has ended."""
        if self._kernel_run is not None:
            self._kernel_run.request_stop(drain=False)

    def add(self, spec: ChildSpec | SupervisorSpec) -> None:
        """Take one more child, and start it when its time has come."""
        child = self.by_name[spec.name] = Child(spec, self._state.cell(spec.name))
        self.order.append(child)
        self._bind(child)
        self._advance_soon()

    def is_taken(self, name: str) -> bool:
        """Whether an actor anywhere in the system has that name."""
        cell = self._state.cells.get(name)
        return cell is not None and cell.spec is not None

    def revive(self, child: Child) -> None:
        """Start a child that is down, or waits for its back-off, as soon as may be."""
        self._bind(child)
        child.phase = Phase.WAITING
        child.not_before = 0.0
        self._advance_soon()

    def forget(self, child: Child) -> None:
        """Strike a child that is down, and all below it, off the books; addresses stay good."""
        self.order.remove(child)
        del self.by_name[child.name]
        for cell in self._cells_of(child):
            self._state.forget(cell)

    def _cells_of(self, child: Child) -> list[Cell]:
        # A group takes its own down with it.
        is_group = isinstance(child.spec, SupervisorSpec)
        return self._state.cells_under(child.cell) if is_group else [child.cell]

    def _bind(self, child: Child) -> None:
        child.cell.above = self._require_cell()
        spec, loop = child.spec, self._state.runtime.loop
        if isinstance(spec, SupervisorSpec):
            spec, loop = self.as_child_spec(spec), self._loop
        child.cell.bind(spec, loop=loop, report=self.take_report_later)
        if child.cell not in self._state.order:
            self._state.order.append(child.cell)

    def _guarded(self, function: Callable[..., None], *arguments: Any) -> None:
        try:
            function(*arguments)
        except Exception as error:  # noqa: BLE001 - a fault of the supervisor ends the supervisor
            self.fail(error)

    def fail(self, error: BaseException, *, cause: BaseException | None = None) -> None:
        """End this incarnation of the supervisor."""
        self.is_closing = True
        if cause is not None:
            error.__cause__ = cause
        if self._kernel_run is not None:
            self._kernel_run.kill(Exit.of(error))

    def _advance_soon(self) -> None:
        # Once for all reports of a turn: looking at every child for each child's report took the
        # loop seconds at the start of some thousands, and its watchdog ended the process.
        if not self._advance_is_due:
            self._advance_is_due = True
            self._loop.call_soon(self._guarded, self.advance)

    def advance(self) -> None:
        """Start every child whose time has come."""
        self._advance_is_due = False
        if self.is_closing:
            return
        now = self._loop.time()
        due = None
        for child in self.order:
            if child.phase is not Phase.WAITING or child.is_draining or not self._may_start(child):
                continue
            if child.not_before > now:
                due = child.not_before if due is None else min(due, child.not_before)
            else:
                start_child(child)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if due is not None:
            self._timer = self._loop.call_at(due, self._guarded, self.advance)
        self._note_if_all_up()

    def _may_start(self, child: Child) -> bool:
        if any(other.phase is Phase.STOPPING for other in child.group):
            return False
        before = [self.by_name[name] for name in child.spec.after]
        return all(other.phase in (Phase.RUNNING, Phase.DOWN) for other in before)

    def _note_if_all_up(self) -> None:
        if self._all_up is None or self._all_up.done():
            return
        if all(child.phase in (Phase.RUNNING, Phase.DOWN) for child in self.order):
            self._all_up.set_result(None)
            self._on_all_up()

    @abstractmethod
    def end_before_start(self, child: Child) -> None:
        """End a child that has no incarnation."""

    @abstractmethod
    def as_child_spec(self, spec: SupervisorSpec) -> ChildSpec:
        """Return how a supervisor under this one is started."""

    @abstractmethod
    def take_report_later(self, report: LifeReport) -> None:
        """Take a report of a child, from any thread."""
