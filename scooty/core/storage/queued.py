"""What storage answers when a write, or what is asked for, waits for the database.

`SqlStorage` and the twin never answer these: they come from a storage in front of them that keeps
what cannot be delivered now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from scooty.domain.ids import MemberId
from scooty.domain.observations import PLAIN, Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedReport:
    """A report that is on this machine's disk and not in the database yet."""

    opponent: str = field(repr=False)
    archetype: str
    """As typed: only the database knows which archetype it names, if any."""
    comment: str | None = field(repr=False)
    reporter_id: MemberId
    reporter_name: str = field(repr=False)
    queued_at: datetime
    sighting: Sighting = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQueued:
    """The database is away: the report is on this machine's disk, to be delivered by itself.

    Who reported is told should the database refuse it in the end.
    """

    report: QueuedReport | None
    """None for a draft whose content only the database knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoQueued:
    """The database is away: the report still counts, and is withdrawn when it is back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyQueued:
    """Nothing is known but reports that wait for the database."""

    reports: tuple[QueuedReport, ...]
    """Newest first, at least one; of several players when several names fit what was typed."""
    database_away: bool
    """True when there may be more, which cannot be reached now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQueued:
    """The database is away: the event is created when it is back, before any later report."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAccepted:
    """The database refused a queued write for a reason that its caller cannot mend: a fault."""

    reference: str
    """Under which operators find it in the log."""
