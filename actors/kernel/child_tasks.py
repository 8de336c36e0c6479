"""The tasks that an actor runs beside its handlers, tied to one incarnation."""

from __future__ import annotations

import asyncio
import math
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from actors.kernel.errors import ActorFailedError, ActorStoppedError
from actors.kernel.exits import Exit
from actors.kernel.handling import current_handling, deadline_variable

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from actors.kernel.cell import Cell, Run

T = TypeVar("T")


class ChildTasks:
    """Ends them with their incarnation, and the incarnation when one of them raises."""

    def __init__(self, run: Run, cell: Cell, loop: asyncio.AbstractEventLoop) -> None:
        self._run = run
        self._cell = cell
        self._loop = loop
        self.running: set[asyncio.Task[Any]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Run a coroutine in a task of its own, under the correlation id of its maker.

        Raises:
            ActorStoppedError: the incarnation has ended.
        """
        run = self._run
        if run.exit is not None:
            coroutine.close()
            raise ActorStoppedError(name=self._cell.name)
        context = copy_context()
        context.run(current_handling.set, None)
        context.run(deadline_variable.set, math.inf)
        task = self._loop.create_task(self._guard(coroutine), name=name, context=context)
        self.running.add(task)
        task.add_done_callback(self._done)
        # A task that is cancelled before its first step would leave this one never awaited.
        task.add_done_callback(lambda _task: coroutine.close())
        return task

    async def _guard(self, coroutine: Coroutine[Any, Any, T]) -> T:
        run = self._run
        try:
            return await coroutine
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            if run.exit is None:
                self._cell.failed += 1
            run.kill(Exit.of(error))
            if isinstance(error, Exception):
                raise
            # SystemExit and KeyboardInterrupt would stop the whole loop.
            raise ActorFailedError(name=self._cell.name, kind=type(error).__name__) from error

    def _done(self, task: asyncio.Task[Any]) -> None:
        self.running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that the loop does not report it a second time
