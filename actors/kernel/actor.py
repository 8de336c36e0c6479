"""The base of actors that live on an event loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, overload

from typing_extensions import override

from actors.kernel.asyncio_run import AsyncioRun
from actors.kernel.errors import ActorKitError, FatalError
from actors.kernel.exits import Exit
from actors.kernel.kind import M_contra
from actors.kernel.life import Member
from actors.kernel.log import say
from actors.kernel.pykka_bridge import Inbox, KernelFuture, PykkaActor
from actors.kernel.starting import start_alone

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from actors.kernel.address import Address
    from actors.kernel.cell import Cell
    from actors.kernel.messages import Told
    from actors.kernel.spec import ChildSpec

N = TypeVar("N")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Generic[T]):
    """Isolated work returned."""

    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """Isolated work raised; ``kind`` is the type name of what it raised."""

    kind: str


Outcome: TypeAlias = Finished[T] | Crashed


class AsyncioActor(Member[M_contra], PykkaActor):
    """An actor on the system's event loop; override the hooks, all run on that loop.

    Subclasses name the messages they handle: ``class Desk(AsyncioActor[A | B])``. Whatever else
    arrives is a dead letter. A subclass with an ``__init__`` calls ``super().__init__()``.
    """

    _kernel_run: AsyncioRun | None = None

    async def on_start(self) -> None:
        """Prepare; the actor is ready when this returns. Raising ends the incarnation."""

    async def on_receive(self, message: M_contra) -> object:
        """Handle one message; what is returned is the reply of a `Query`."""
        raise NotImplementedError

    async def on_drain(self) -> None:
        """Take nothing more in from outside: the system is about to stop.

        Messages are still handled after this. For owners of a port or a connection.
        """

    async def on_stop(self) -> None:
        """Clean up, after an orderly stop and after a failure alike, even one of `on_start`."""

    def spawn(self, coroutine: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Run ``coroutine`` beside the handlers, for this incarnation only.

        It is cancelled when the incarnation ends; an exception that escapes it ends the
        incarnation.

        Raises:
            ActorStoppedError: the incarnation has ended already.
        """
        if self._kernel_run is None:
            coroutine.close()
            raise ActorKitError(f"{type(self).__name__} cannot spawn before it is started")
        return self._kernel_run.spawn(coroutine, name)

    @overload
    def send_after(self, delay_s: float, message: Told[M_contra]) -> asyncio.Task[None]: ...

    @overload
    def send_after(
        self, delay_s: float, message: Told[N], *, to: Address[N]
    ) -> asyncio.Task[None]: ...

    def send_after(
        self, delay_s: float, message: Told[Any], *, to: Address[Any] | None = None
    ) -> asyncio.Task[None]:
        """Tell a message later, by the actor's clock; to oneself if to nobody else.

        Not after the end of this incarnation. Cancel what is returned to take it back.
        """
        return self.spawn(self._send(delay_s, message, to, again=False), name="send_after")

    @overload
    def send_every(self, every_s: float, message: Told[M_contra]) -> asyncio.Task[None]: ...

    @overload
    def send_every(
        self, every_s: float, message: Told[N], *, to: Address[N]
    ) -> asyncio.Task[None]: ...

    def send_every(
        self, every_s: float, message: Told[Any], *, to: Address[Any] | None = None
    ) -> asyncio.Task[None]:
        """Tell a message again and again, the first time after ``every_s``; see `send_after`."""
        return self.spawn(self._send(every_s, message, to, again=True), name="send_every")

    async def _send(
        self, delay_s: float, message: Told[Any], to: Address[Any] | None, *, again: bool
    ) -> None:
        await self.clock.sleep(delay_s)
        (to or self.address).tell(message)
        while again:
            await self.clock.sleep(delay_s)
            (to or self.address).tell(message)

    async def isolate(self, coroutine: Coroutine[Any, Any, T]) -> Outcome[T]:
        """Run ``coroutine`` and turn what it raises into a value, logged and counted.

        For work whose failure must not cost the others their incarnation. Cancellation and
        `FatalError` pass through.
        """
        try:
            return Finished(value=await coroutine)
        except FatalError:
            raise
        except Exception as error:  # noqa: BLE001 - as the docstring says
            kind = type(error).__name__
            cell = self._require_cell()
            cell.failed += 1
            cell.note_failure(Exit.of(error))
            say(
                "error",
                "actor.isolated_work_crashed",
                actor=cell.name,
                kind=kind,
                exc_info=error,
            )
            return Crashed(kind=kind)

    def run_in(self, cell: Cell, spec: ChildSpec, loop: asyncio.AbstractEventLoop) -> AsyncioRun:
        """Tie this object to a cell as its next incarnation; the kernel's own business."""
        self._join(cell)
        self._kernel_run = AsyncioRun(cell, spec, self, loop)
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
