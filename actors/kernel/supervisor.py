"""Supervisor: the actor that starts, restarts and stops all others.

Owns: the phase, back-off and restart count of each of its children.
Loses at restart: those; its children are stopped with it and start anew, their cells stay.
Failure modes: a child that fails too often makes it give up, which is a failure of its own: a
nested supervisor is then restarted by the one above, the root ends the process. An unexpected
error in its own code ends it the same way.

Reports of its children reach it as callbacks on its loop, not through its mailbox, so that a flood
of queries cannot delay a restart.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from typing_extensions import override

from actors.kernel.actor import AsyncioActor
from actors.kernel.asyncio_run import AsyncioRun
from actors.kernel.child_changes import change_children
from actors.kernel.child_messages import (
    ChildQuery,
    RestartChild,
    StartChild,
    StartGroup,
    StopChild,
)
from actors.kernel.children import Child, Phase, RestartWindow, affected
from actors.kernel.errors import IntensityExceededError
from actors.kernel.exits import Exit, IncarnationEnded, IncarnationReady
from actors.kernel.incarnations import (
    abandon,
    begin_stop,
    kill_latest,
    restart_together,
    start_child,
    stop_next,
)
from actors.kernel.loops import post_to
from actors.kernel.spec import (
    ChildSpec,
    RestartIntensity,
    Strategy,
    SupervisorSpec,
)
from actors.kernel.start_order import start_order
from actors.kernel.supervision import (
    ActorEnded,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStopped,
    StoppingSystem,
    StopSystem,
)
from actors.kernel.system_queries import SystemQuery, answer_query

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel.cell import Cell
    from actors.kernel.exits import LifeReport
    from actors.kernel.system_state import SystemState

_FAILED_STOP_LIMIT_S = 5.0
"""A supervisor that failed does not wait longer than this for its children to end."""

LINK_BROKEN = "LinkedActorFailed"
"""The kind of an end that is not passed on: all who are linked have been ended at once."""

SupervisorMessage: TypeAlias = SystemQuery | ChildQuery | StopSystem


class Supervisor(AsyncioActor[SupervisorMessage]):
    """Keeps its children running as their specs say.

    Args:
        state: what it shares with the other supervisors.
        specs: its children, in any order that `start_order` can sort; kept up to date with those
            that come and go, for its next incarnation.
        strategy: who is restarted with a failed child.
        intensity: how many restarts it bears.
        waits_for_children: whether it is ready only when all children are.
        stop_everything: what `StopSystem` calls.
        on_all_up: called when every child has become ready for the first time.
        is_followed: tells whether another incarnation of it follows one that ended so.
    """

    _loop: asyncio.AbstractEventLoop
    """Its own, from the start on."""

    def __init__(  # noqa: PLR0913 - all that a supervisor is told, by name
        self,
        *,
        state: SystemState,
        specs: list[ChildSpec | SupervisorSpec],
        strategy: Strategy,
        intensity: RestartIntensity,
        waits_for_children: bool,
        stop_everything: Callable[[], None],
        on_all_up: Callable[[], None] = lambda: None,
        is_followed: Callable[[Exit], bool] = lambda _exit: False,
    ) -> None:
        super().__init__()
        self.order: list[Child] = [
            Child(spec, state.cell(spec.name)) for spec in start_order(specs)
        ]
        self.specs = specs
        self.is_closing = False
        self._state = state
        self._strategy = strategy
        self._window = RestartWindow(intensity)
        self._waits_for_children = waits_for_children
        self._stop_everything = stop_everything
        self._on_all_up = on_all_up
        self._own_is_followed = is_followed
        self.by_name = {child.name: child for child in self.order}
        self._all_up: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._advance_is_due = False
        self.changed = asyncio.Event()
        """Set for a moment after each report."""

    # --- Hooks ------------------------------------------------------------------------------

    @override
    async def on_start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._all_up = self._loop.create_future()
        for child in self.order:
            self._bind(child)
        self.advance()
        if self._waits_for_children:
            await self._all_up

    @override
    async def on_receive(self, message: SupervisorMessage) -> object:
        match message:
            case StopSystem():
                self._stop_everything()
                return StoppingSystem()
            case StartChild() | StartGroup() | StopChild() | RestartChild():
                return change_children(self, message)
            case _:
                return await answer_query(self._state, message)

    @override
    async def on_stop(self) -> None:
        self.is_closing = True
        if self._timer is not None:
            self._timer.cancel()
        exit_ = self._kernel_run.exit if self._kernel_run is not None else None
        limit_s = _FAILED_STOP_LIMIT_S if exit_ is not None and exit_.is_failure else None
        with suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                for child in reversed(self.order):
                    await self.stop_child(child)
        for child in self.order:
            if child.is_up:
                abandon(child)

    @property
    def is_open(self) -> bool:
        """Whether this incarnation is ready and has not ended."""
        run = self._kernel_run
        return run is not None and run.is_open and run.exit is None

    def request_stop(self) -> None:
        """End in good order; harmless when it has ended."""
        if self._kernel_run is not None:
            self._kernel_run.request_stop(drain=False)

    def find_nested(self, child: Child) -> Supervisor | None:
        """Return the running supervisor that ``child`` is, if it is one."""
        run = child.cell.latest
        actor = run.actor if isinstance(run, AsyncioRun) else None
        return actor if isinstance(actor, Supervisor) and child.is_up else None

    # --- Starting ---------------------------------------------------------------------------

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

    def end_before_start(self, child: Child) -> None:
        """End a child that has no incarnation."""
        if child.phase is Phase.WAITING:
            child.phase = Phase.DOWN
            self._end_for_good(child, Exit())
        self.forget(child)
        self._advance_soon()

    def _bind(self, child: Child) -> None:
        child.cell.above = self._require_cell()
        spec, loop = child.spec, self._state.runtime.loop
        if isinstance(spec, SupervisorSpec):
            spec, loop = self._as_child_spec(spec), self._loop
        child.cell.bind(spec, loop=loop, report=self._report)
        if child.cell not in self._state.order:
            self._state.order.append(child.cell)

    def _as_child_spec(self, spec: SupervisorSpec) -> ChildSpec:
        specs = list(spec.children)

        def build() -> Supervisor:
            return Supervisor(
                state=self._state,
                specs=specs,
                strategy=spec.strategy,
                intensity=spec.intensity,
                waits_for_children=True,
                stop_everything=self._stop_everything,
                is_followed=lambda exit_: self._is_followed(self.by_name[spec.name], exit_),
            )

        return ChildSpec(name=spec.name, start=build, stop_timeout_s=spec.stop_timeout_s)

    def _report(self, report: LifeReport) -> None:
        post_to(self._loop, self._guarded, self._take_report, report)

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

    # --- Reports ----------------------------------------------------------------------------

    def _take_report(self, report: LifeReport) -> None:
        child = self.by_name[report.name]
        if report.incarnation != child.number or not child.is_up:
            return  # a late word of an incarnation that was given up
        match report:
            case IncarnationReady():
                self._child_ready(child)
            case IncarnationEnded(exit=exit_):
                self._child_ended(child, exit_)
            case _:
                assert_never(report)
        self.changed.set()
        self.changed.clear()

    def _child_ready(self, child: Child) -> None:
        if child.phase is not Phase.STARTING:
            return
        child.disarm()
        child.phase = Phase.RUNNING
        child.ready_at = self._loop.time()
        if child.number == 1:
            self._state.publish(ActorStarted(name=child.name, incarnation=1))
        else:
            kind = child.last_kind or "SupervisorRestarted"
            self._state.publish(
                ActorRestarted(name=child.name, incarnation=child.number, kind=kind)
            )
        self._advance_soon()

    def _child_ended(self, child: Child, exit_: Exit) -> None:
        child.disarm()
        was_stopping = child.phase is Phase.STOPPING
        restarts = self._restarts(child, exit_)
        is_followed = self._is_followed(child, exit_)
        child.phase = Phase.WAITING if restarts else Phase.DOWN
        child.cell.state = "backing_off" if is_followed else "stopped"
        self._announce(child, exit_, is_final=not is_followed)
        if exit_.kind is not None and exit_.kind != LINK_BROKEN:
            for name in self._state.linked_to(child.name):
                kill_latest(self._state.cell(name), Exit(kind=LINK_BROKEN))
        if child.gone is not None and not child.gone.done():
            child.gone.set_result(None)
        if exit_.fatal is not None:
            self.fail(exit_.fatal)
            return
        stop_next(child.group)
        if not self.is_closing and not child.is_draining:
            if not restarts:
                self._end_for_good(child, exit_)
                if child.is_leaving:
                    self.forget(child)
            elif not was_stopping:
                self._restart(child, exit_)
        self._advance_soon()

    def _restarts(self, child: Child, exit_: Exit) -> bool:
        was_stopping = child.phase is Phase.STOPPING
        return child.restarts_after(exit_) and (was_stopping or not self.is_closing)

    def _is_followed(self, child: Child, exit_: Exit) -> bool:
        """Tell whether the child is started again, if only by this supervisor's successor."""
        return exit_.fatal is None and (self._restarts(child, exit_) or self._comes_back())

    def _comes_back(self) -> bool:
        exit_ = self._kernel_run.exit if self._kernel_run is not None else None
        return exit_ is not None and self._own_is_followed(exit_)

    def _announce(self, child: Child, exit_: Exit, *, is_final: bool) -> None:
        self._state.announce_end(
            ActorEnded(
                name=child.name, incarnation=child.number, kind=exit_.kind, is_final=is_final
            )
        )

    def _end_for_good(self, child: Child, exit_: Exit) -> None:
        for cell in self._cells_of(child):
            cell.close()
        if exit_.kind is None:
            self._state.publish(ActorStopped(name=child.name))
        else:
            self._state.publish(ActorGaveUp(name=child.name, kind=exit_.kind))

    def _cells_of(self, child: Child) -> list[Cell]:
        # A group takes its own down with it.
        is_group = isinstance(child.spec, SupervisorSpec)
        return self._state.cells_under(child.cell) if is_group else [child.cell]

    def _restart(self, child: Child, exit_: Exit) -> None:
        now = self._loop.time()
        child.last_kind = exit_.kind or "Stopped"
        child.count_failure(now)
        if not self._window.record(now):
            self._give_up(child, exit_.error)
            return
        restart_together(affected(self._strategy, self.order, child), child, now)

    def _give_up(self, child: Child, error: BaseException | None) -> None:
        self._state.publish(ActorGaveUp(name=child.name, kind=child.last_kind))
        intensity = self._window.intensity
        self.fail(
            IntensityExceededError(
                supervisor=self.address.name,
                child=child.name,
                restarts=intensity.restarts,
                within_s=intensity.within_s,
            ),
            cause=error,
        )

    # --- Stopping ---------------------------------------------------------------------------

    async def stop_child(self, child: Child) -> None:
        """Stop one child, if it is up, and wait until it is over."""
        if child.phase in (Phase.STARTING, Phase.RUNNING) or (
            child.phase is Phase.STOPPING and (child.awaits_turn or child.is_draining)
        ):
            begin_stop(child, restarts=False)
        elif child.phase is Phase.WAITING:
            child.phase = Phase.DOWN
            child.cell.state = "backing_off" if self._comes_back() else "stopped"
        child.restarts_after_stop = False
        if child.phase is Phase.STOPPING and child.gone is not None:
            await child.gone
