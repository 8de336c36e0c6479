"""What one person noted of one player, as far as rules need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from scooty.domain.ids import ArchetypeId, MemberId, ReportId

LAST_ROUND: Final = 30
"""The largest events have 18. Stored reports are held to it by a check of the database's own."""


class Source(StrEnum):
    """How it became known; the values are stored and are the options of commands."""

    SEEN = "seen"
    """The reporter watched the player play."""
    PLAYED = "played"
    """The reporter played against the player."""
    TOLD = "told"
    """Somebody said so."""
    DECKLIST = "decklist"
    """The list itself was read."""
    COVERAGE = "coverage"
    """Shown or written by the event's coverage."""


class Confidence(StrEnum):
    """How sure the reporter was; the values are stored and are the options of commands."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """When and how the reporter came to know it."""

    round_number: int | None = None
    """1 to `LAST_ROUND`."""
    source: Source = Source.SEEN
    confidence: Confidence = Confidence.SURE


PLAIN: Final = Sighting()
"""What a report means that says nothing else: seen with the reporter's own eyes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One report of one player in one event. Of a report that was edited: its newest revision."""

    report_id: ReportId
    archetype_id: ArchetypeId
    source: Source
    confidence: Confidence
    reported_at: datetime
    """Aware UTC."""
    reporter_id: MemberId | None
    """None when the reporter was erased and the report kept."""
    round_number: int | None = None
    erased: bool = False
    """Undone, deleted or forgotten: it counts nothing."""
