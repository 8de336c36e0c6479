"""Guilds of which is known that nothing waits, so that not every gesture has to ask the outbox.

One storage is the only one in its process that queues anything, so it knows when a guild's queue
begins. What it cannot know lasts a second at most: an outbox that restarted and had not read its
journal when it was asked, and an entry that was kept after its caller had given up.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.kernel import Clock
    from scooty.domain.ids import GuildId

_BELIEVED_S: Final = 1.0


class KnownEmpty:
    """What one storage knows of the queues that it alone fills.

    Args:
        clock: Tells how long ago it was learned.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until_s: dict[GuildId, float] = {}
        self._turns: Counter[GuildId] = Counter()
        self._under_way: Counter[GuildId] = Counter()

    def __contains__(self, guild_id: GuildId) -> bool:
        return self._clock.monotonic_s() < self._until_s.get(guild_id, 0.0)

    def turn(self, guild_id: GuildId) -> int:
        """Return what to hand to `learn` with an answer that is asked for now."""
        return self._turns[guild_id]

    def learn(self, guild_id: GuildId, turn: int) -> None:
        """Note that a queue was empty, unless something was queued since it was asked."""
        if turn == self._turns[guild_id] and not self._under_way[guild_id]:
            self._until_s[guild_id] = self._clock.monotonic_s() + _BELIEVED_S

    @contextmanager
    def filling(self, guild_id: GuildId) -> Iterator[None]:
        """Believe nothing of a guild while something is being queued, nor what was asked before."""
        self._turns[guild_id] += 1
        self._under_way[guild_id] += 1
        self._until_s.pop(guild_id, None)
        try:
            yield
        finally:
            self._under_way[guild_id] -= 1
