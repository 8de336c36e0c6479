"""The teams' settings, held in this process: every command needs them, and mostly asks nobody.

They are right as long as the guild's log, as far as it was read for other reasons, tells of no
change of settings. What this process changes itself it knows at once. So a change that another
process made is seen here at the latest when something else has read the log, or when what is held
is too old. Where no log is followed, as while Redis is away, what is held is soon too old.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from scooty.core.cached.answers import FRESH_S, KEPT_S, shortened
from scooty.core.cached.logs import CACHE_S, Looked
from scooty.core.cached.values import parse_value
from scooty.core.shapes import shape_of
from scooty.core.storage.settings import GuildSettings, SettingsChanged, TeamSettings
from scooty.domain.ids import GuildId
from scooty.errors import StorageError

if TYPE_CHECKING:
    from actors.cache.messages import PutValue
    from actors.kernel import Clock
    from scooty.core.cached.answers import CachedAnswers
    from scooty.core.cached.logs import GuildLogs
    from scooty.core.cached.view import GuildView

UNFOLLOWED_S: Final = 15.0
"""How long settings are used without asking the database again when no log tells of changes."""

_SLOT: Final = "settings"
_PATIENCE_S: Final = 0.5
"""How long a slow database is waited for when settings of earlier are known."""
_BEGINNING_S: Final = 0.1
"""How long a log that is not followed yet is waited for: a command's own 0.5 s come after it."""
_MOST_HELD: Final = 1_000
"""The least recently used ones beyond are dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    settings: GuildSettings
    view: GuildView | None
    """The log by which they were followed when they were read."""
    position: int
    """Up to where that log was known then."""
    read_at_s: float
    fresh_s: float
    is_doubted: bool = False
    """They were perhaps changed since; good only while nobody can say how they are."""


class CachedSettings(TeamSettings):
    """Settings of all guilds.

    Args:
        source: The way to the database.
        answers: Asks it once for all who ask at once.
        logs: Say what changed.
        clock: Tells how old settings are.
    """

    def __init__(
        self, source: TeamSettings, *, answers: CachedAnswers, logs: GuildLogs, clock: Clock
    ) -> None:
        self._source = source
        self._answers = answers
        self._logs = logs
        self._clock = clock
        self._held: OrderedDict[GuildId, _Held] = OrderedDict()
        self._changes: Counter[GuildId] = Counter()

    @override
    async def read(self, *, guild_id: GuildId) -> GuildSettings:
        held = self._held.get(guild_id)
        if held is not None and self._is_current(guild_id, held):
            self._held.move_to_end(guild_id)
            return held.settings
        looked = await self._look(guild_id)
        return await self._answers.fetch(
            guild_id,
            _SLOT,
            looked,
            call=lambda: self._load(guild_id, looked),
            earlier=lambda: self._earlier(guild_id),
            patience_s=_PATIENCE_S,
        )

    def doubt(self, guild_id: GuildId) -> None:
        """Ask the database before settings are used again: they were perhaps changed here."""
        self._changes[guild_id] += 1
        held = self._held.get(guild_id)
        if held is not None:
            self._held[guild_id] = replace(held, is_doubted=True)

    def learn(self, guild_id: GuildId, answer: object) -> tuple[PutValue, ...]:
        """Note settings as a change of ours left them, for while the database is away.

        Two changes at once may be answered in any order, so the next read asks the database.

        Returns:
            What is to be kept in the cache; nothing when nothing was changed.
        """
        if not isinstance(answer, SettingsChanged):
            return ()
        held = _Held(
            settings=answer.settings,
            view=None,
            position=0,
            read_at_s=self._clock.monotonic_s(),
            fresh_s=0.0,
            is_doubted=True,
        )
        self._put(guild_id, held)
        return (self._answers.to_keep(guild_id, _SLOT, _json(answer.settings), 0),)

    def _is_current(self, guild_id: GuildId, held: _Held) -> bool:
        if held.is_doubted:
            return False
        if held.view is not None and not held.view.has_settings_of(held.position):
            return False
        is_followed = held.view is not None and held.view is self._logs.view(guild_id)
        fresh_s = held.fresh_s if is_followed else UNFOLLOWED_S
        return self._clock.monotonic_s() - held.read_at_s < fresh_s

    async def _look(self, guild_id: GuildId) -> Looked | None:
        """Say up to which change the database will answer from now on, without reading the log.

        What this process told in it itself was committed before, as was all before that.
        """
        view = self._logs.view(guild_id)
        if view is None:
            view = await self._logs.begin(guild_id, patience_s=_BEGINNING_S)
        return None if view is None else Looked(view, max(view.position, view.owed), None)

    async def _load(self, guild_id: GuildId, looked: Looked | None) -> GuildSettings:
        changes = self._changes[guild_id]
        settings = await self._source.read(guild_id=guild_id)
        if self._changes[guild_id] == changes:
            self._hold(guild_id, settings, looked)
        return settings

    def _hold(self, guild_id: GuildId, settings: GuildSettings, looked: Looked | None) -> None:
        if looked is not None:
            self._answers.keep(guild_id, _SLOT, _json(settings), looked.position)
        held = _Held(
            settings=settings,
            view=None if looked is None else looked.view,
            position=0 if looked is None else looked.position,
            read_at_s=self._clock.monotonic_s(),
            fresh_s=shortened(FRESH_S),
        )
        self._put(guild_id, held)

    def _put(self, guild_id: GuildId, held: _Held) -> None:
        self._held[guild_id] = held
        self._held.move_to_end(guild_id)
        if len(self._held) > _MOST_HELD:
            self._held.popitem(last=False)

    async def _earlier(self, guild_id: GuildId) -> GuildSettings | None:
        """Return the settings that were held last, here or by the process before this one."""
        held = self._held.get(guild_id)
        if held is not None and self._clock.monotonic_s() - held.read_at_s < KEPT_S:
            return held.settings
        hit = await self._answers.read_kept(guild_id, _SLOT, left_s=CACHE_S)
        kept = None if hit is None else parse_value(hit.value, guild_id)
        if kept is None:
            return None
        try:
            earlier: GuildSettings = shape_of(GuildSettings).read(kept.json)
        except StorageError:
            return None
        return earlier


def _json(settings: GuildSettings) -> bytes:
    return shape_of(GuildSettings).write(settings)
