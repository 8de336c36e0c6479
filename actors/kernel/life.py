"""What both kinds of actors offer their authors beside the hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from actors.kernel.address import Address
from actors.kernel.envelope import Envelope
from actors.kernel.errors import ActorKitError
from actors.kernel.handling import current_handling
from actors.kernel.kind import Kind, M_contra
from actors.kernel.pykka_bridge import Inbox

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from actors.kernel.cell import Cell, Run
    from actors.kernel.child_messages import SupervisorMessage
    from actors.kernel.clock import Clock


class Member(Kind[M_contra]):
    """An actor's view of its own cell; usable from the moment the kernel starts the actor."""

    _kernel_cell: Cell | None = None
    _kernel_run: Run | None = None
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
    def address(self) -> Address[M_contra]:
        """The own address, which later incarnations share."""
        return Address(self._require_cell())

    @property
    def supervisor(self) -> Address[SupervisorMessage]:
        """The supervisor that this actor is a child of: to start siblings, to watch, to ask."""
        above = self._require_cell().above
        if above is None:
            raise ActorKitError(f"{self._require_cell().name} has no supervisor")
        return Address(above)

    def forward(self, to: Address[Any]) -> None:
        """Hand the message in hand on; its asker gets the answer, or the error, of ``to``.

        Its deadline and correlation id go with it, and that its asker gives up.
        """
        to.hand_over(self._take_over())

    def stash(self) -> None:
        """Put the message in hand aside until `unstash`; no more of them than a mailbox holds.

        One more is refused as by a full mailbox. The next incarnation gets them first of all.
        """
        cell = self._require_cell()
        if len(cell.stash) < cell.mailbox.size:
            cell.stash.append(self._take_over())
        else:
            self.refuse()

    def unstash(self) -> None:
        """Let what was put aside be handled next, in the order in which it came."""
        self._require_cell().unstash()

    def refuse(self) -> None:
        """Drop the message in hand as a full mailbox does: counted, and its asker is told."""
        self._require_cell().drop(self._take_over(), "full")

    def _take_over(self) -> Envelope:
        handling = current_handling.get()
        if handling is None or handling.envelope is None:
            raise ActorKitError("there is no message in hand")
        mine = handling.envelope
        envelope = Envelope(mine.message, mine.reply, mine.correlation_id, mine.deadline)
        mine.reply = None
        mine.forwarded = envelope
        envelope.abandoned = mine.abandoned
        return envelope

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
