"""What drafts hold, for as long as the database keeps them too: the outbox's own, in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scooty.core.outbox.entries import DraftWrite, ReportWrite
    from scooty.core.outbox.messages import KeepDraft
    from scooty.domain.ids import ArchetypeId, GuildId, RequestId

_KEPT_FOR: Final = timedelta(minutes=15)
"""As the SQL function ``record_report`` keeps them."""
_MOST: Final = 1_000
"""The oldest are forgotten beyond this many; their buttons then queue the ids alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    report: ReportWrite
    offered: dict[ArchetypeId, str]
    expires_at: datetime


class Drafts:
    """Drafts by guild and id."""

    def __init__(self) -> None:
        self._kept: dict[tuple[GuildId, RequestId], _Kept] = {}  # oldest first

    def keep(self, draft: KeepDraft, *, now: datetime) -> None:
        """Remember a draft."""
        self._kept[draft.guild_id, draft.draft_id] = _Kept(
            report=draft.report, offered=dict(draft.offered), expires_at=now + _KEPT_FOR
        )
        for key in list(self._kept):
            if len(self._kept) <= _MOST and self._kept[key].expires_at > now:
                break
            del self._kept[key]

    def complete(self, guild_id: GuildId, write: DraftWrite) -> DraftWrite:
        """Add to a queued draft what is remembered of it, once.

        A second button of the same draft adds nothing, so that it can never make a second report.
        """
        key = guild_id, write.draft_id
        kept = self._kept.get(key)
        if kept is None or write.archetype_id not in kept.offered:
            return write
        if kept.report.reporter_id != write.reporter_id:
            return write
        del self._kept[key]
        report = replace(kept.report, archetype=kept.offered[write.archetype_id])
        return replace(write, kept=report, expires_at=kept.expires_at)

    def forget(self, guild_id: GuildId, is_about: Callable[[ReportWrite], bool]) -> None:
        """Drop a guild's drafts of which ``is_about`` is true."""
        for key, kept in list(self._kept.items()):
            if key[0] == guild_id and is_about(kept.report):
                del self._kept[key]
