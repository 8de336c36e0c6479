"""What both kinds of actors offer their authors beside the hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

import structlog

from actors.kernel.address import Address
from actors.kernel.errors import ActorKitError
from actors.kernel.messages import Message
from actors.kernel.pykka_bridge import Inbox

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from actors.kernel.asyncio_run import AsyncioRun
    from actors.kernel.cell import Cell
    from actors.kernel.clock import Clock
    from actors.kernel.thread_run import ThreadRun

M = TypeVar("M", bound=Message)


class Member(Generic[M]):
    """An actor's view of its own cell; usable from the moment the kernel starts the actor."""

    is_actor_kind: ClassVar[bool] = True

    _kernel_cell: Cell | None = None
    _kernel_run: AsyncioRun | ThreadRun | None = None
    _kernel_log: FilteringBoundLogger | None = None

    def _join(self, cell: Cell) -> None:
        """Tie this object to a cell as its next incarnation."""
        inbox = getattr(self, "actor_inbox", None)
        if not isinstance(inbox, Inbox):
            raise ActorKitError(f"{type(self).__name__}.__init__ does not call super().__init__()")
        inbox.lead_to(cell)
        self._kernel_cell = cell

    def _require_cell(self) -> Cell:
        if self._kernel_cell is None:
            raise ActorKitError(f"{type(self).__name__} was not started by an actor system")
        return self._kernel_cell

    @property
    def address(self) -> Address[M]:
        """The own address, which later incarnations share."""
        return Address(self._require_cell())

    @property
    def clock(self) -> Clock:
        """The system's time; ask it, not ``time`` or ``datetime``, so that tests can move it."""
        return self._require_cell().runtime.clock

    @property
    def log(self) -> FilteringBoundLogger:
        """A structlog logger with the actor's name bound."""
        if self._kernel_log is None:
            self._kernel_log = structlog.get_logger("actors").bind(actor=self._require_cell().name)
        return self._kernel_log

    def report_degraded(self, reason: str) -> None:
        """Say that this actor works, but not fully, and why; shown in its statistics."""
        self._complain(reason)

    def report_recovered(self) -> None:
        """Take the last `report_degraded` back."""
        self._complain(None)

    def _complain(self, reason: str | None) -> None:
        cell = self._require_cell()
        run = self._kernel_run
        if run is None or run.exit is None:  # else it is no longer this incarnation's to say
            cell.reason = reason
