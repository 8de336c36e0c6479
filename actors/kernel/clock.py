"""Time as an actor sees it, so that a test can hold it in its hand."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What an actor asks about time; the kernel's own deadlines use the event loop's time."""

    def monotonic_s(self) -> float:
        """Return seconds that never jump, for measuring durations only."""
        ...

    def now(self) -> datetime:
        """Return the wall clock as an aware UTC datetime."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait without holding the event loop."""
        ...


class SystemClock:
    """The machine's clocks."""

    def monotonic_s(self) -> float:
        """Return seconds since an arbitrary start."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the wall clock as an aware UTC datetime."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait without holding the event loop."""
        await asyncio.sleep(seconds)
