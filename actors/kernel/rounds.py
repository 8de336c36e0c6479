"""Rounds over all actors, four times a second, on the supervisor's loop.

They let the main loop set a mark, by which it is seen when it stood still, and look for what
should be impossible: messages that wait beside an actor that does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel.loops import post_to
from actors.kernel.stalls import ROUND_S

if TYPE_CHECKING:
    import asyncio

    from actors.kernel.system_state import SystemState


class Rounds:
    """Goes round from `begin` to `end`; not in virtual time, where it would be all that happens."""

    def __init__(self, state: SystemState, loop: asyncio.AbstractEventLoop) -> None:
        self._state = state
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Go round now, and again, until `end`."""
        if getattr(self._loop, "is_virtual", False):
            return
        self._timer = self._loop.call_later(ROUND_S, self.begin)
        runtime = self._state.runtime
        post_to(runtime.loop, runtime.stalls.mark)
        for cell in self._state.order:
            if cell.run is not None and cell.loop is not None and len(cell.mailbox):
                post_to(cell.loop, cell.run.look)

    def end(self) -> None:
        """Go round no more."""
        if self._timer is not None:
            self._timer.cancel()
