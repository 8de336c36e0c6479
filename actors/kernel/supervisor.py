"""Supervisor: the actor that starts, restarts and stops all others.

Owns: the phase, back-off and restart count of each of its children.
Loses at restart: those; its children are stopped with it and start anew, their cells stay.
Failure modes: a child that fails too often makes it give up, which is a failure of its own: a
nested supervisor is then restarted by the one above, the root ends the process. An unexpected
error in its own code ends it the same way; one that a query brings is given to its caller.

Reports of its children reach it as callbacks on its loop, not through its mailbox, so that a flood
of queries cannot delay a restart.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, assert_never

from typing_extensions import override

from actors.kernel.asyncio_run import AsyncioRun
from actors.kernel.child_changes import change_children
from actors.kernel.child_messages import (
    RestartChild,
    StartChild,
    StartGroup,
    StopChild,
    SupervisorMessage,
)
from actors.kernel.child_starter import ChildStarter
from actors.kernel.children import Child, Phase, RestartWindow, affected
from actors.kernel.errors import IntensityExceededError
from actors.kernel.exits import Exit, IncarnationEnded, IncarnationReady
from actors.kernel.handling import current_handling
from actors.kernel.incarnations import (
    abandon,
    begin_stop,
    kill_latest,
    restart_together,
    stop_next,
)
from actors.kernel.loops import post_to
from actors.kernel.spec import (
    ChildSpec,
    RestartIntensity,
    Strategy,
    SupervisorSpec,
)
from actors.kernel.supervision import (
    ActorEnded,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStopped,
    StoppingSystem,
    StopSystem,
)
from actors.kernel.system_queries import answer_query

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel.exits import LifeReport
    from actors.kernel.system_state import SystemState

_FAILED_STOP_LIMIT_S = 5.0
"""A supervisor that failed does not wait longer than this for its children to end."""

LINK_BROKEN = "LinkedActorFailed"
"""The kind of an end that is not passed on: all who are linked have been ended at once."""


class Supervisor(ChildStarter):
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
        super().__init__(state=state, specs=specs, on_all_up=on_all_up)
        self._strategy = strategy
        self._window = RestartWindow(intensity)
        self._waits_for_children = waits_for_children
        self._stop_everything = stop_everything
        self._own_is_followed = is_followed
        self.changed = asyncio.Event()
        """Set for a moment after each report."""

    # --- Hooks ------------------------------------------------------------------------------

    @override
    async def on_start(self) -> None:
        all_up = self.start_all()
        if self._waits_for_children:
            await all_up

    @override
    async def on_receive(self, message: SupervisorMessage) -> object:
        try:
            return await self._answer(message)
        except Exception as error:  # noqa: BLE001 - a query that makes no sense is its caller's fault
            handling = current_handling.get()
            if handling is not None and handling.envelope is not None and handling.envelope.reply:
                handling.envelope.reply.fail(error)
            return None

    async def _answer(self, message: SupervisorMessage) -> object:
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
        self.close()
        exit_ = self._kernel_run.exit if self._kernel_run is not None else None
        limit_s = _FAILED_STOP_LIMIT_S if exit_ is not None and exit_.is_failure else None
        with suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                for child in reversed(self.order):
                    await self.stop_child(child)
        for child in self.order:
            if child.is_up:
                abandon(child)

    def find_nested(self, child: Child) -> Supervisor | None:
        """Return the running supervisor that ``child`` is, if it is one."""
        run = child.cell.latest
        actor = run.actor if isinstance(run, AsyncioRun) else None
        return actor if isinstance(actor, Supervisor) and child.is_up else None

    # --- Children that come and go, and groups ----------------------------------------------

    @override
    def end_before_start(self, child: Child) -> None:
        """End a child that has no incarnation."""
        if child.phase is Phase.WAITING:
            child.phase = Phase.DOWN
            self._end_for_good(child, Exit())
        self.forget(child)
        self._advance_soon()

    @override
    def as_child_spec(self, spec: SupervisorSpec) -> ChildSpec:
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

    @override
    def take_report_later(self, report: LifeReport) -> None:
        post_to(self._loop, self._guarded, self._take_report, report)

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
