"""Ends the process when Discord has been out of reach for too long.

A platform that starts it anew may do so where Discord can be reached; a failing check alone
restarts nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.kernel import FatalError

if TYPE_CHECKING:
    import asyncio
    from typing import Any

    from actors.kernel import AsyncioActor

GIVE_UP_AFTER_S: Final = 900.0
_EX_UNAVAILABLE: Final = 69
"""Source: sysexits(3): a service is unavailable."""


class GivingUp:
    """Counts the time without a connection.

    Args:
        actor: Ends, and the process with it.
        after_s: How long it may be without one.
    """

    def __init__(self, actor: AsyncioActor[Any], *, after_s: float) -> None:
        self._actor = actor
        self._after_s = after_s
        self._waiting: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Count from here on, unless it is counted already."""
        if self._waiting is None:
            self._waiting = self._actor.spawn(self._give_up_later(), name="giving up")

    def call_off(self) -> None:
        """There is a connection again."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    async def _give_up_later(self) -> None:
        await self._actor.clock.sleep(self._after_s)
        raise FatalError(
            f"Discord could not be reached for {self._after_s / 60:.0f} minutes."
            " The process ends, so that the platform starts it anew.",
            exit_code=_EX_UNAVAILABLE,
        )
