"""The system the actors live in: one event loop, one supervisor, one watchdog."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from actors.kernel.address import Address
from actors.kernel.draining import drain
from actors.kernel.errors import ActorKitError, SpecError
from actors.kernel.exits import Exit, IncarnationEnded
from actors.kernel.log import flush, say
from actors.kernel.loops import call_on
from actors.kernel.messages import Message
from actors.kernel.rounds import Rounds
from actors.kernel.signals import check_main_thread, taking_stop_signals
from actors.kernel.spec import (
    ChildSpec,
    RestartIntensity,
    Strategy,
    SupervisorSpec,
    all_names,
    check_word,
)
from actors.kernel.start_order import refuse_duplicates, start_order
from actors.kernel.starting import start_incarnation
from actors.kernel.supervisor import Supervisor
from actors.kernel.system_state import DrainReport, SystemState
from actors.kernel.watchdog import EXIT_SOFTWARE, Watchdog

if TYPE_CHECKING:
    import signal
    from collections.abc import AsyncIterator, Callable, Sequence

    from actors.kernel.child_messages import SupervisorMessage
    from actors.kernel.clock import Clock
    from actors.kernel.exits import LifeReport
    from actors.kernel.kind import Kind
    from actors.kernel.spec import Starts

_ROOT = "supervisor"
M = TypeVar("M", bound=Message)

_FOREVER_S = 86_400.0
_EXIT_GUARD_S = 1.0


class ActorSystem:
    """Owns the cells of all actors, from the first address taken to the end of the process.

    Args:
        intensity: how many restarts the root supervisor tolerates before the process exits.
        strategy: who is restarted with a failed child of the root supervisor.
        drain_budget_s: how long a stop may go on handling queued messages.
        stuck_after_s: how long an event loop may be held before the process is ended.
        clock: what the actors see as time.
        loop_factory: makes the main event loop of `run`, for instance ``uvloop.new_event_loop``.
    """

    check_messages: ClassVar[bool] = False
    """Refuse to send what can change: a list in a message, all the way down. For tests, where a
    fixture sets it; it looks at every message."""

    def __init__(  # noqa: PLR0913 - independent settings, given by name
        self,
        *,
        intensity: RestartIntensity | None = None,
        strategy: Strategy = "one_for_one",
        drain_budget_s: float = 10.0,
        stuck_after_s: float = 2.0,
        clock: Clock | None = None,
        loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
    ) -> None:
        check_word("an actor system", "strategy", strategy, Strategy)
        self._intensity = intensity or RestartIntensity()
        self._strategy: Strategy = strategy
        self._drain_budget_s = drain_budget_s
        self._stuck_after_s = stuck_after_s
        self._loop_factory = loop_factory
        self._state = SystemState(clock=clock)
        self._state.runtime.checks_messages = self.check_messages
        self._root: Supervisor | None = None
        self._stop_mode: str | None = None
        self._ended: asyncio.Future[Exit] | None = None
        self._is_up: asyncio.Future[None] | None = None
        self._signals_seen = 0
        self._has_run = False
        self.exit_code: int | None = None
        """Set when the system has ended."""

    @property
    def supervisor(self) -> Address[SupervisorMessage]:
        """The root supervisor: answers `GetStatistics`, `InjectFault`, `Subscribe`, `Watch`..."""
        return Address(self._state.cell(_ROOT))

    @property
    def drain_report(self) -> DrainReport:
        """What the last drain left."""
        return self._state.drain_report

    @overload
    def address(self, of: Starts[M], /) -> Address[M]: ...

    @overload
    def address(self, of: str, actor: type[Kind[M]], /) -> Address[M]: ...

    @overload
    def address(self, of: str, /) -> Address[Any]: ...

    def address(self, of: str | Starts[Any], _actor: object = None, /) -> Address[Any]:
        """Return the address of a child spec, or of a name, taken before its spec is known.

        Args:
            of: the child spec; or its name.
            _actor: the class whose messages it takes, for type checkers; without it they accept
                whatever is sent to that name.
        """
        return Address(self._state.cell(of if isinstance(of, str) else of.name))

    # --- Running ----------------------------------------------------------------------------

    def run(self, specs: Sequence[ChildSpec | SupervisorSpec]) -> int:
        """Run on this, the main thread, until stopped; return the process's exit code.

        SIGTERM and SIGINT drain; a second one ends the process at once.

        Raises:
            SpecError: the specs cannot be started together.
            ActorKitError: this is not the main thread, or the system has been run before.
        """
        check_main_thread()
        self._check(specs)
        # Thread actors must let go of the interpreter often: 5 ms, the default, is what another
        # actor's ask would wait for.
        sys.setswitchinterval(0.001)
        with asyncio.Runner(loop_factory=self._loop_factory) as runner:
            code = runner.run(self._run(specs))
            guard = threading.Timer(_EXIT_GUARD_S, os._exit, (code,))
            guard.daemon = True
            guard.start()  # a task that swallows its cancellation must not keep the process
        guard.cancel()
        return code

    async def _run(self, specs: Sequence[ChildSpec | SupervisorSpec]) -> int:
        loop = asyncio.get_running_loop()
        watchdog = Watchdog(stuck_after_s=self._stuck_after_s)
        watchdog.watch("main", loop)
        watchdog.start()
        try:
            with taking_stop_signals(loop, self._take_signal):
                exit_ = await self._start_on_own_thread(specs, watchdog)
        finally:
            watchdog.stop()
        return self._conclude(exit_)

    @asynccontextmanager
    async def running(
        self, specs: Sequence[ChildSpec | SupervisorSpec], *, own_thread: bool = False
    ) -> AsyncIterator[ActorSystem]:
        """Run on the current loop for the length of a block, without signals; for tests.

        The block begins when all actors are ready and ends by stopping them without a drain.

        Args:
            specs: the actors.
            own_thread: give the supervisor a thread, as `run` does, not a place on this loop.

        Raises:
            SpecError: the specs cannot be started together.
            ActorKitError: the system ended before all actors were ready; what ended it. Or it has
                been run before.
        """
        self._check(specs)
        self._is_up = asyncio.get_running_loop().create_future()
        start = self._start_on_own_thread if own_thread else self._start_here
        ending = asyncio.ensure_future(start(specs, None))
        await asyncio.wait((ending, self._is_up), return_when=asyncio.FIRST_COMPLETED)
        if ending.done():
            exit_ = ending.result()
            self._conclude(exit_)
            raise exit_.error or ActorKitError("the system stopped before it was ready")
        try:
            yield self
        finally:
            self._stop("now")
            self._conclude(await ending)

    def stop(self) -> None:
        """Begin to drain and stop, from any thread, as SIGTERM does."""
        self._stop("drain")

    async def wait_stopped(self) -> int:
        """Return the exit code when the system has ended; on the main loop."""
        if self._ended is None:
            raise ActorKitError("the actor system is not running")
        return self._code_of(await asyncio.shield(self._ended))

    def _check(self, specs: Sequence[ChildSpec | SupervisorSpec]) -> None:
        if self._has_run:
            raise ActorKitError("an actor system runs once, and this one has run; make another one")
        start_order(specs)
        names = all_names(specs)
        refuse_duplicates([_ROOT, *names])
        for name in self._state.cells:
            if name != _ROOT and name not in names:
                raise SpecError(f"an address of {name} was taken, but no child spec has that name")
        self._has_run = True

    # --- The supervisor's side --------------------------------------------------------------

    async def _start_here(
        self, specs: Sequence[ChildSpec | SupervisorSpec], _watchdog: Watchdog | None
    ) -> Exit:
        loop = asyncio.get_running_loop()
        self._state.runtime.attach(loop)
        self._ended = loop.create_future()
        exit_ = await self._supervise(specs)
        self._ended.set_result(exit_)
        return exit_

    async def _start_on_own_thread(
        self, specs: Sequence[ChildSpec | SupervisorSpec], watchdog: Watchdog | None
    ) -> Exit:
        loop = asyncio.get_running_loop()
        self._state.runtime.attach(loop)
        ended: asyncio.Future[Exit] = loop.create_future()
        self._ended = ended

        async def supervise() -> Exit:
            if watchdog is not None:
                watchdog.watch(_ROOT, asyncio.get_running_loop())
            return await self._supervise(specs)

        def live() -> None:
            try:
                exit_ = asyncio.run(supervise())
            except BaseException as error:  # noqa: BLE001 - whatever ends it ends the system
                exit_ = Exit.of(error)
            call_on(loop, ended.set_result, exit_)

        thread = threading.Thread(target=live, name="actor-supervisor", daemon=True)
        thread.start()
        exit_ = await ended
        thread.join()
        return exit_

    async def _supervise(self, specs: Sequence[ChildSpec | SupervisorSpec]) -> Exit:
        loop = asyncio.get_running_loop()
        over: asyncio.Future[Exit] = loop.create_future()
        self._state.supervisor_loop = loop
        self._state.started_at = self._state.runtime.clock.now()

        def build() -> Supervisor:
            self._root = Supervisor(
                state=self._state,
                specs=list(specs),
                strategy=self._strategy,
                intensity=self._intensity,
                waits_for_children=False,
                stop_everything=self.stop,
                on_all_up=self._note_up,
            )
            return self._root

        def take_report(report: LifeReport) -> None:
            if isinstance(report, IncarnationEnded):
                if not over.done():
                    over.set_result(report.exit)
            elif self._stop_mode is not None:
                self._begin_stop()

        spec = ChildSpec(
            name=_ROOT, start=build, concurrency=4, mailbox_size=1000, stop_timeout_s=_FOREVER_S
        )
        root = self._state.cell(_ROOT)
        root.bind(spec, loop=loop, report=take_report)
        start_incarnation(root, root.number + 1)
        rounds = Rounds(self._state, loop)
        rounds.begin()
        try:
            exit_ = await over
        finally:
            rounds.end()
        for cell in (*self._state.order, root):
            cell.close()
        return exit_

    def _note_up(self) -> None:
        is_up = self._is_up
        if is_up is not None:
            call_on(self._state.runtime.loop, _complete, is_up)

    # --- Stopping ---------------------------------------------------------------------------

    def _take_signal(self, number: signal.Signals) -> None:
        self._signals_seen += 1
        if self._signals_seen > 1:
            say("warning", "system.stopped_at_once", signal=number.name)
            flush()
            os._exit(128 + number)
        self.stop()
        say("info", "system.stop_requested", signal=number.name)

    def _stop(self, mode: str) -> None:
        loop = self._state.supervisor_loop
        if self._stop_mode in {"now", mode}:
            return
        self._stop_mode = mode
        if loop is not None:
            call_on(loop, self._begin_stop)

    def _begin_stop(self) -> None:
        root = self._root
        if root is None:
            return
        if self._stop_mode == "now":
            root.request_stop()
        elif root.is_open:
            root.spawn(self._drain_and_stop(root), name="drain")

    async def _drain_and_stop(self, root: Supervisor) -> None:
        await drain(root, self._state, self._drain_budget_s)
        root.request_stop()

    def _conclude(self, exit_: Exit) -> int:
        code = self.exit_code = self._code_of(exit_)
        if exit_.fatal is not None:
            say("critical", "system.fatal", sentence=exit_.fatal.sentence, exit_code=code)
        elif exit_.is_failure:
            say(
                "critical",
                "system.gave_up",
                kind=exit_.kind,
                reason=str(exit_.error),
                exit_code=code,
            )
        else:
            say("info", "system.stopped", exit_code=code)
        return code

    @staticmethod
    def _code_of(exit_: Exit) -> int:
        if exit_.fatal is not None:
            return exit_.fatal.exit_code
        return EXIT_SOFTWARE if exit_.is_failure else 0


def _complete(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
