"""How a player stands with a team: the deck, how sure that is, and what speaks against it.

Derived here, from all reports that count, so that one can also ask how it was before a report, or
how it is with reports that still wait for the database. The rule is `scooty.domain.consensus`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scooty.domain.consensus import Unknown, derive_consensus
from scooty.domain.ids import MemberId, ReportId
from scooty.domain.names import fold
from scooty.domain.observations import Confidence, Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scooty.core.waiting import QueuedReport
    from scooty.domain.consensus import Contender


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedReport:
    """A report as far as it counts; of every report, also of those that a card does not list."""

    archetype: str
    colours: str
    """The archetype's."""
    observation: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An archetype that was reported and is not the consensus."""

    archetype: str
    report_count: int
    reporter_ids: tuple[MemberId | None, ...]
    """Each once, who reported last first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the reports of a player come to."""

    archetype: str
    colours: str
    confidence: Confidence
    report_id: ReportId
    """The newest report of the archetype."""
    conflicts: tuple[Conflict, ...]
    """Heaviest first."""


def derive_standing(
    counted: Sequence[CountedReport], queued: Iterable[QueuedReport] = ()
) -> Standing | None:
    """Derive how a player stands; None when nothing counts.

    Args:
        counted: What the database counts.
        queued: What it does not have yet. Only those are taken in that name an archetype as it was
            reported before: which one another text names, if any, only the database knows.
    """
    known = [*counted, *_as_counted(queued, counted)]
    consensus = derive_consensus(each.observation for each in known)
    if isinstance(consensus, Unknown):
        return None
    by_id = {each.observation.report_id: each for each in known}
    best = by_id[consensus.best.report_ids[0]]
    return Standing(
        archetype=best.archetype,
        colours=best.colours,
        confidence=consensus.confidence,
        report_id=best.observation.report_id,
        conflicts=tuple(_conflict(contender, by_id) for contender in consensus.conflicts),
    )


def standing_before(counted: Sequence[CountedReport], report_id: ReportId) -> Standing | None:
    """Derive how a player stood before a report, as far as what was reported then still counts."""
    return derive_standing([each for each in counted if each.observation.report_id < report_id])


def _conflict(contender: Contender, by_id: dict[ReportId, CountedReport]) -> Conflict:
    reports = [by_id[report_id] for report_id in contender.report_ids]
    return Conflict(
        archetype=reports[0].archetype,
        report_count=len(reports),
        reporter_ids=tuple(dict.fromkeys(each.observation.reporter_id for each in reports)),
    )


def _as_counted(
    queued: Iterable[QueuedReport], counted: Sequence[CountedReport]
) -> Iterable[CountedReport]:
    named = {fold(each.archetype): each for each in counted}
    newest = max((each.observation.report_id for each in counted), default=0)
    oldest_first = tuple(queued)[::-1]
    for number, report in enumerate(oldest_first, newest + 1):
        known = named.get(fold(report.archetype))
        if known is not None:
            observation = Observation(
                report_id=ReportId(number),
                archetype_id=known.observation.archetype_id,
                source=report.sighting.source,
                confidence=report.sighting.confidence,
                reported_at=report.queued_at,
                reporter_id=report.reporter_id,
                round_number=report.sighting.round_number,
            )
            yield CountedReport(
                archetype=known.archetype, colours=known.colours, observation=observation
            )
