"""What drafts hold, for as long as the database keeps them too: the outbox's own, in memory."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scooty.core.waiting import Draft, WaitingWrite
    from scooty.domain.ids import GuildId, RequestId

_KEPT_FOR: Final = timedelta(minutes=15)
"""As the SQL function ``record_report`` keeps them."""
_MOST: Final = 1_000
"""The oldest are forgotten beyond this many; their buttons then queue the ids alone."""


class Drafts:
    """Drafts by guild and id, each with the time at which it expires."""

    def __init__(self) -> None:
        self._kept: dict[tuple[GuildId, RequestId], tuple[Draft, datetime]] = {}  # oldest first

    def keep(self, guild_id: GuildId, draft: Draft, *, now: datetime) -> None:
        """Remember a draft."""
        self._kept[guild_id, draft.draft_id] = draft, now + _KEPT_FOR
        for key in list(self._kept):
            if len(self._kept) <= _MOST and self._kept[key][1] > now:
                break
            del self._kept[key]

    def complete(self, guild_id: GuildId, call: WaitingWrite[Any]) -> WaitingWrite[Any]:
        """Add to a queued choice what is remembered of its draft, once.

        A second button of the same draft adds nothing, so that it can never make a second report.
        """
        if call.chosen_draft_id is None:
            return call
        key = guild_id, call.chosen_draft_id
        kept = self._kept.get(key)
        completed = call if kept is None else call.with_draft(*kept)
        if completed is not call:
            del self._kept[key]
        return completed

    def forget(self, guild_id: GuildId, is_about: Callable[[WaitingWrite[Any]], bool]) -> None:
        """Drop a guild's drafts of which ``is_about`` is true."""
        for key, (draft, _) in list(self._kept.items()):
            if key[0] == guild_id and is_about(draft.report):
                del self._kept[key]
