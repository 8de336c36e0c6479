"""The base of actors that own a thread, for work that holds the processor."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pykka
from typing_extensions import override

from actors.kernel.errors import ActorKitError
from actors.kernel.kind import M_contra
from actors.kernel.life import Member
from actors.kernel.pykka_bridge import Inbox, KernelFuture
from actors.kernel.starting import start_alone
from actors.kernel.thread_run import ThreadRun

if TYPE_CHECKING:
    from actors.kernel.cell import Cell
    from actors.kernel.spec import ChildSpec


class ThreadActor(Member[M_contra], pykka.ThreadingActor):
    """An actor on its own thread; override the hooks, all run on that thread.

    It handles one message at a time. A handler that hangs cannot be interrupted: its thread is
    abandoned and a new incarnation gets a new one.
    """

    _kernel_run: ThreadRun | None = None

    @override
    def on_start(self) -> None:
        """Prepare; the actor is ready when this returns. Raising ends the incarnation."""

    @override
    def on_receive(self, message: M_contra) -> object:
        """Handle one message; what is returned is the reply of a `Query`."""
        raise NotImplementedError

    @override
    def on_stop(self) -> None:
        """Clean up, after an orderly stop and after a failure alike, even one of `on_start`."""

    def run_in(self, cell: Cell, spec: ChildSpec, loop: asyncio.AbstractEventLoop) -> ThreadRun:
        """Tie this object to a cell as its next incarnation; the kernel's own business."""
        if spec.concurrency != 1:
            raise ActorKitError(f"{spec.name}: a thread actor has a concurrency of 1")
        self._join(cell)
        self._kernel_run = ThreadRun(cell, spec, self, loop)
        return self._kernel_run

    @override
    @staticmethod
    def _create_actor_inbox() -> Any:
        return Inbox()

    @override
    @staticmethod
    def _create_future() -> Any:
        return KernelFuture[Any]()

    @override
    def _start_actor_loop(self) -> None:
        if self._kernel_run is None:
            start_alone(self, asyncio.get_running_loop())
        else:
            self._kernel_run.begin()
