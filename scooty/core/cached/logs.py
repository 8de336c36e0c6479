"""Following the guilds' logs of changes in the cache, and telling of one's own changes in them.

**The promise**: whoever reads after a write was acknowledged does not get a value from before it.

- A write is first committed, then told of in its guild's log, and only then acknowledged. Who reads
  asks for the end of the log first, in one round trip with the value. A value that was read from
  the database before the commit is kept under the position at which its reader began, which is
  before the change: so the next reader sees the change after it, in whatever order they arrive.
- The write could not be told of (Redis is away, the cache is restarting): this process forgets what
  it knows of the guild. Before it uses anything kept again, it must have told in the log that
  anything may have changed; until then it asks the database.
- Nobody knows whether the write was committed (its answer was lost): it may still be, a moment
  later, so the guild is read from the database for a while before that.
- Another actor of this process wrote, and could not tell of it: it says so by `GuildInDoubt`.
- The process was killed between commit and telling: nobody was told that it is saved. The process
  begins anew, and the first thing it tells of a guild is that anything may have changed.
- Redis lost what it held, or only its newest part: the log does not hold the position that a reader
  knows, or that it wrote itself: as when nothing could be told.

Another process that reaches Redis while this one does not learns of a change late, at the latest
when what it holds is too old to be used.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from actors.cache.messages import (
    AppendChange,
    ChangeAppended,
    ChangesLost,
    ChangesRead,
    ReadChanges,
)
from actors.kernel import ActorKitError
from scooty.core.cached.single_flight import SingleFlight
from scooty.core.cached.values import pack_change
from scooty.core.cached.view import GuildView
from scooty.core.changes import SETTINGS_CHANGED
from scooty.domain.ids import GuildId

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.cache.messages import CacheMessage, Hit, PutValue
    from actors.kernel import Address, Asked, Clock

R = TypeVar("R")

CACHE_S: Final = 0.5
"""Together with the limiter's 0.1 s below the 0.7 s that a frozen Redis may cost a gesture."""
_DOUBT_S: Final = 5.0
"""Longer than a write whose answer was lost can still be on its way in the database."""
_MOST_VIEWS: Final = 1_000


def cache_key(guild_id: GuildId, slot: str) -> str:
    """Return the cache's key for something of a guild; braces keep a guild in one place of Redis.

    Source: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
    """
    return f"{{{guild_id}}}:{slot}"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in the cache at one moment."""

    view: GuildView
    position: int
    """The end of the log then: what the database answers from now on holds all before it."""
    hit: Hit | None
    """What is kept of what was asked for, if anything is, of whatever age."""


class GuildLogs:
    """The logs of all guilds.

    Args:
        cache: The cache actor.
        clock: Times the doubt after a write of unknown end.
        untold: Called with a guild whose log could not be told of a change of ours.
    """

    def __init__(
        self,
        cache: Address[CacheMessage],
        *,
        clock: Clock,
        untold: Callable[[GuildId], None] = lambda _guild_id: None,
    ) -> None:
        self._cache = cache
        self._clock = clock
        self._untold = untold
        self._views: OrderedDict[GuildId, GuildView] = OrderedDict()
        self._distrusted: Counter[GuildId] = Counter()
        self._turns: Counter[GuildId] = Counter()
        self._doubted_until_s: dict[GuildId, float] = {}
        self._beginnings = SingleFlight()
        self._hits = 0
        self._misses = 0

    def count(self, *, hit: bool) -> None:
        """Count a read by whether the cache served it; the cache hears of it with the next look."""
        self._hits += hit
        self._misses += not hit

    def turn(self, guild_id: GuildId) -> int:
        """Return a number that is another one after every write of this process in a guild."""
        return self._turns[guild_id]

    def position(self, guild_id: GuildId) -> int | None:
        """Return up to where a guild's log is known; None when it is not followed."""
        view = self._views.get(guild_id)
        return None if view is None else view.position

    def view(self, guild_id: GuildId) -> GuildView | None:
        """Return what is known of a guild by its log as last read; None when nothing is."""
        return None if self._is_doubted(guild_id) else self._views.get(guild_id)

    async def begin(self, guild_id: GuildId, *, patience_s: float) -> GuildView | None:
        """Follow a guild's log from here on, if the cache answers soon, else a little later."""
        if self._is_doubted(guild_id):
            return None
        beginning = self._board_beginning(guild_id)
        await asyncio.wait((beginning,), timeout=patience_s)
        return beginning.result() if beginning.done() else None

    async def look(self, guild_id: GuildId, slot: str | None = None) -> Looked | None:
        """Learn what changed in a guild, and what is kept in a slot if one is named.

        Returns:
            None when the cache is of no use now, so that the database has to be asked.
        """
        if self._is_doubted(guild_id):
            return None
        view = self._views.get(guild_id)
        if view is not None:
            self._views.move_to_end(guild_id)
            owed = view.owed  # as it is before the log is read: a write may end meanwhile
            answer = await self._ask(self._question(guild_id, view, slot))
            if isinstance(answer, ChangesRead):
                view.follow(answer.changes)
                if view.position >= owed:
                    return Looked(view, view.position, answer.value)
            elif not isinstance(answer, ChangesLost):
                return None
            if self._views.get(guild_id) is view:
                self._views.pop(guild_id)
        return await self._begin(guild_id)

    async def tell(self, guild_id: GuildId, change: bytes, *values: PutValue) -> None:
        """Tell everybody of a change that is committed, before it is acknowledged.

        Args:
            guild_id: Where it happened.
            change: What happened.
            values: What to keep with it.
        """
        message = AppendChange(log=cache_key(guild_id, "log"), change=change, values=values)
        try:
            answer = await self._ask(message)
        except BaseException:  # cancelled: nobody knows whether it was told
            self.distrust(guild_id)
            raise
        self._turns[guild_id] += 1
        if not isinstance(answer, ChangeAppended):
            self.distrust(guild_id)
        elif (view := self._views.get(guild_id)) is not None:
            view.owe(answer.position)
        else:
            # Begun without waiting for it, so that what the next writes know can be kept.
            self._board_beginning(guild_id)

    def distrust(self, guild_id: GuildId) -> None:
        """Use nothing that is kept of a guild before its log tells that anything changed."""
        self._begin_anew(guild_id)
        self._untold(guild_id)

    def doubt(self, guild_id: GuildId) -> None:
        """Leave the cache alone for a while: something may still be about to change."""
        self.hear_of_doubt(guild_id)
        self._untold(guild_id)

    def hear_of_doubt(self, guild_id: GuildId | None) -> None:
        """Do as `doubt` does, for a guild or for all, because another one says so."""
        for each in list(self._views) if guild_id is None else [guild_id]:
            self._begin_anew(each)
            self._doubted_until_s[each] = self._clock.monotonic_s() + _DOUBT_S

    def _begin_anew(self, guild_id: GuildId) -> None:
        self._distrusted[guild_id] += 1
        self._turns[guild_id] += 1
        self._views.pop(guild_id, None)

    def _is_doubted(self, guild_id: GuildId) -> bool:
        until_s = self._doubted_until_s.get(guild_id)
        if until_s is None:
            return False
        if self._clock.monotonic_s() < until_s:
            return True
        del self._doubted_until_s[guild_id]
        return False

    def _question(self, guild_id: GuildId, view: GuildView, slot: str | None) -> ReadChanges:
        hits, misses, self._hits, self._misses = self._hits, self._misses, 0, 0
        return ReadChanges(
            log=cache_key(guild_id, "log"),
            after=view.position,
            key=None if slot is None else cache_key(guild_id, slot),
            hits=hits,
            misses=misses,
        )

    async def _begin(self, guild_id: GuildId) -> Looked | None:
        """Follow a guild's log from here on."""
        view = await asyncio.shield(self._board_beginning(guild_id))
        return None if view is None else Looked(view, view.position, None)

    def _board_beginning(self, guild_id: GuildId) -> asyncio.Task[GuildView | None]:
        key = guild_id, self._distrusted[guild_id]
        return self._beginnings.board(key, lambda: self._append_beginning(*key))

    async def _append_beginning(self, guild_id: GuildId, distrusted: int) -> GuildView | None:
        message = AppendChange(log=cache_key(guild_id, "log"), change=pack_change(SETTINGS_CHANGED))
        answer = await self._ask(message)
        if not isinstance(answer, ChangeAppended) or self._distrusted[guild_id] != distrusted:
            return None
        view = self._views[guild_id] = GuildView(answer.position)
        if len(self._views) > _MOST_VIEWS:
            self._views.popitem(last=False)
        return view

    async def _ask(self, query: Asked[CacheMessage, R]) -> R | None:
        try:
            return await self._cache.ask(query, timeout_s=CACHE_S)
        except ActorKitError:
            return None
