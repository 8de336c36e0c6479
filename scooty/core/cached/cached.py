"""Calls with a cache in front of the database: fewer, and answered while the database is away.

What is kept is right whenever it is used, for everybody in the guild, also just after a report:
`scooty.core.cached.logs` says why. Completing what somebody types costs no call at all: the guild's
suggestion index is held in this process and follows every report. While the database is away or
slow, look-ups are answered from what was kept last, marked with its time (``as_of``).

While Redis is away everything goes to the database, at once. Errors are never kept.

Each actor has one of its own; what one of them writes, the others read of in the guild's log, or
are told by `GuildInDoubt` when the log could not be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.core.cached.answers import CachedAnswers, slot_of
from scooty.core.cached.logs import GuildLogs
from scooty.core.cached.settings import CachedSettings
from scooty.core.cached.suggesting import CachedSuggestions
from scooty.core.cached.values import pack_change
from scooty.core.calls import Calls
from scooty.core.changes import Extent
from scooty.core.shapes import shape_of
from scooty.core.storage.settings import NothingSet
from scooty.core.suggestions import Suggest
from scooty.errors import StorageError, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from actors.kernel import Address, Clock
    from scooty.core.call import Caller, Read, Write
    from scooty.core.calls import Sql
    from scooty.core.changes import ReportAdded
    from scooty.core.storage.settings import TeamSettings
    from scooty.domain.ids import GuildId

R = TypeVar("R")


class Cached(Calls):
    """Calls through the cache.

    Args:
        sql: The way to the database.
        cache: The cache actor.
        clock: Tells how old an answer is.
        untold: Called with a guild of which others in this process may keep what is wrong.
        changed: Called with a guild in which something was written, once it is committed.
        settings: The way to the teams' settings; None where no team has any.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        sql: Sql,
        *,
        cache: Address,
        clock: Clock | None = None,
        untold: Callable[[GuildId], None] = lambda _guild_id: None,
        changed: Callable[[GuildId], None] = lambda _guild_id: None,
        settings: TeamSettings | None = None,
    ) -> None:
        self._sql = sql
        self._changed = changed
        self._clock = clock = clock or SystemClock()
        self._logs = GuildLogs(cache, clock=clock, untold=untold)
        self._answers = CachedAnswers(sql, cache=cache, logs=self._logs, clock=clock)
        self._suggestions = CachedSuggestions(answers=self._answers, logs=self._logs, clock=clock)
        self.settings = CachedSettings(
            settings or NothingSet(), answers=self._answers, logs=self._logs, clock=clock
        )
        """The teams' settings, held in this process."""

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        if isinstance(call, Suggest):
            return await self._suggestions.suggest(guild_id, call)
        if call.is_kept:
            return await self._answers.answer(guild_id, call)
        return await self._sql.read(guild_id, call)

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        guild_id = caller.guild_id
        known = self._logs.position(guild_id)
        try:
            answer = await self._carry_out(guild_id, self._sql.write(caller, call))
        finally:
            if call.changes_settings:
                self.settings.doubt(guild_id)
        match call.change(answer):
            case Extent.SETTINGS:
                kept = self.settings.learn(guild_id, answer)
                await self._logs.tell(guild_id, pack_change(Extent.SETTINGS), *kept)
            case Extent.ANYTHING:
                await self._logs.tell(guild_id, pack_change(Extent.ANYTHING))
            case ():
                return answer  # nothing was changed
            case reports:
                for added in reports:
                    await self._tell_report(guild_id, added, known)
        self._changed(guild_id)
        return answer

    def at_hand(self, guild_id: GuildId, call: Suggest[R]) -> R | None:
        """Choose from the index held last, perhaps of a moment ago, asking nobody."""
        index = self._suggestions.last_index(guild_id)
        return None if index is None else call.choose(index)

    def doubt(self, guild_id: GuildId | None) -> None:
        """Leave what is kept of a guild, or of all, alone for a while, and then begin anew."""
        self._logs.hear_of_doubt(guild_id)

    async def _carry_out(self, guild_id: GuildId, write: Coroutine[Any, Any, R]) -> R:
        """Write, and do not trust what is kept when the end of it is not known."""
        try:
            return await write
        except StorageUnavailable as error:
            if error.may_have_been_saved:
                self._logs.doubt(guild_id)
            raise
        except StorageError:
            self._logs.distrust(guild_id)  # refused, or saved and answered in an unknown form
            raise
        except BaseException:  # given up while it was on its way
            self._logs.doubt(guild_id)
            raise

    async def _tell_report(self, guild_id: GuildId, added: ReportAdded, known: int | None) -> None:
        """Tell of a report, with the card as it is now.

        Args:
            guild_id: Where it happened.
            added: The report.
            known: Up to where the guild's log was known before it. Whatever was told of later may
                not be on the card, so that is where the card's position has to be.
        """
        kept = []
        if known is not None:
            call, answer = added.known
            json = shape_of(call.answers()).write(answer)
            kept = [self._answers.to_keep(guild_id, slot_of(call), json, known)]
        await self._logs.tell(guild_id, pack_change(added.index), *kept)
