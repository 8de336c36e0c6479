"""What all cells of one system share."""

from __future__ import annotations

import contextvars
import time
from typing import TYPE_CHECKING, Any

from actors.kernel.clock import Clock, SystemClock
from actors.kernel.dead_letters import DeadLetters
from actors.kernel.handling import KERNEL_VARIABLES
from actors.kernel.stalls import Stalls

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable


class Runtime:
    """The surroundings of a cell: time, loops, context, and the ledger of dead letters.

    Attributes:
        time: the kernel's own clock for deadlines and handling times; the event loop's time when
            that is virtual, else the machine's.
        main_loop: where `AsyncioActor` runs; set when the system starts.
        stalls: when the main loop stood still.
        inherited: the variables of `context`, which a handler must not change for the next one.
        context: what every incarnation's context starts from, so that no context variable leaks
            from one message to another.
    """

    def __init__(self, *, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or SystemClock()
        self._has_own_clock = clock is not None
        self.time: Callable[[], float] = time.monotonic
        self.checks_messages = False
        """Whether what is sent is looked at for what can change."""
        self.dead_letters = DeadLetters()
        self.stalls = Stalls(self)
        self.context = contextvars.Context()
        self.inherited: tuple[tuple[contextvars.ContextVar[Any], object], ...] = ()
        self.main_loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take ``loop`` as the one where actors run, and its time if it has one of its own."""
        self.main_loop = loop
        self.context = contextvars.copy_context()
        self.inherited = tuple(
            pair for pair in self.context.items() if pair[0] not in KERNEL_VARIABLES
        )
        if getattr(loop, "is_virtual", False):
            self.time = loop.time
            if not self._has_own_clock:
                self.clock = getattr(loop, "clock", self.clock)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The main loop of a system that was started."""
        if self.main_loop is None:
            raise RuntimeError("the actor system is not running")
        return self.main_loop
