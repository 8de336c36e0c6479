"""What a storage offers beyond `Storage` to those that stand in front of it: cache and outbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from scooty.core.storage.port import Storage
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.domain.observations import PLAIN, Sighting

if TYPE_CHECKING:
    from scooty.core.storage.port import RecordOutcome
    from scooty.core.storage.suggestion_index import SuggestionIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchedReport:
    """What `Storage.record_report` takes, but for the guild."""

    request_id: RequestId
    reporter_id: MemberId
    reporter_name: str = field(repr=False)
    opponent: str = field(repr=False)
    archetype: str
    comment: str | None = field(repr=False)
    sighting: Sighting = PLAIN


class BatchStorage(Storage, Protocol):
    """A storage that takes several reports at once."""

    async def record_reports(
        self, *, guild_id: GuildId, reports: tuple[BatchedReport, ...]
    ) -> tuple[RecordOutcome, ...]:
        """Store reports in their order, each as `record_report` does; all, or none when one raises.

        Args:
            guild_id: The guild of all.
            reports: At least one.
        """
        return tuple(
            [
                await self.record_report(
                    guild_id=guild_id,
                    request_id=report.request_id,
                    reporter_id=report.reporter_id,
                    reporter_name=report.reporter_name,
                    opponent=report.opponent,
                    archetype=report.archetype,
                    comment=report.comment,
                    sighting=report.sighting,
                )
                for report in reports
            ]
        )


class IndexedStorage(BatchStorage, Protocol):
    """A storage that hands out all it suggests from, for copies that others keep current."""

    async def read_suggestion_index(self, *, guild_id: GuildId) -> SuggestionIndex:
        """Return the suggestion index of the active event."""
        ...
