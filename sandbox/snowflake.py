"""Discord's ids: 42 bits of milliseconds since 2015, then 22 bits of counter.

Source: https://discord.com/developers/docs/reference#snowflakes
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.wire import Snowflake

DISCORD_EPOCH_MS: Final = 1_420_070_400_000
_COUNTER_BITS: Final = 22


class SnowflakeSource:
    """Makes ids that only ever grow, also within one millisecond."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> Snowflake:
        """Return a fresh id."""
        now = (time.time_ns() // 1_000_000 - DISCORD_EPOCH_MS) << _COUNTER_BITS
        self._last = max(now, self._last + 1)
        return str(self._last)


def created_at(snowflake: Snowflake) -> datetime:
    """Return the moment an id was made, aware UTC."""
    milliseconds = (int(snowflake) >> _COUNTER_BITS) + DISCORD_EPOCH_MS
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
