"""What the in-memory twin keeps of a guild, and how it finds things in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from scooty.core.storage.standing import CountedReport, derive_standing
from scooty.core.storage.starter_archetypes import STARTER_ARCHETYPES
from scooty.core.storage.suggestion_index import ArchetypeSuggestion, OpponentSuggestion
from scooty.core.storage.typed import typed_colours
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.names import begins_words, fold, name_key
from scooty.domain.observations import PLAIN, Observation, Sighting
from scooty.domain.slips import is_one_slip_away

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scooty.core.storage.player_card import Event
    from scooty.core.storage.port import EventCreated
    from scooty.core.storage.starter_archetypes import StarterArchetype

_MOST: Final = 25
"""What one list offers, which is what Discord shows."""
_NEAREST: Final = 3
_ALIKE: Final = 0.6


@dataclass(slots=True, kw_only=True)
class StoredReport:
    """A report with what its card needs."""

    id: ReportId
    event_id: EventId
    player_id: PlayerId
    archetype: StarterArchetype
    comment: str | None
    reporter_id: MemberId
    reporter_name: str
    reported_at: datetime
    sighting: Sighting = PLAIN
    undone_by: RequestId | None = None


@dataclass(slots=True, kw_only=True)
class Draft:
    """A report, perhaps one whose archetype is still to be chosen."""

    reporter_id: MemberId
    reporter_name: str
    opponent: str
    comment: str | None
    nearest: tuple[ArchetypeSuggestion, ...]
    expires_at: datetime
    sighting: Sighting = PLAIN
    used: bool = False


@dataclass(slots=True)
class Guild:
    """Everything of one guild, so that nothing of another can be reached from it."""

    events: list[Event] = field(default_factory=list)
    created: dict[RequestId, EventCreated] = field(default_factory=dict)
    names: dict[PlayerId, str] = field(default_factory=dict)
    reports: dict[ReportId, StoredReport] = field(default_factory=dict)
    recorded: dict[RequestId, ReportId] = field(default_factory=dict)
    drafts: dict[RequestId, Draft] = field(default_factory=dict)
    listed: dict[EventId, set[PlayerId]] = field(default_factory=dict)
    """Who is on the rosters."""

    def active(self) -> Event | None:
        """Return the event that reports go to."""
        return self.events[-1] if self.events else None

    def counting(self, event: Event, *, also: ReportId | None = None) -> list[StoredReport]:
        """Return the event's reports that count, and one in any case, newest first."""
        kept = (
            report
            for report in self.reports.values()
            if report.undone_by is None or report.id == also
        )
        return sorted(
            (report for report in kept if report.event_id == event.id),
            key=lambda report: report.id,
            reverse=True,
        )

    def listed_only(self, event: Event) -> list[PlayerId]:
        """Return who is on an event's roster and not reported, by name."""
        reported = {report.player_id for report in self.counting(event)}
        waiting = self.listed.get(event.id, set()) - reported
        return sorted(waiting, key=lambda id_: name_key(self.names[id_]))

    def known_of(
        self, event: Event, player_id: PlayerId, *, also: ReportId | None = None
    ) -> StoredReport | None:
        """Return the report that says what a player plays; None when nothing counts."""
        standing = derive_standing(self.counted(event, player_id, also=also))
        return None if standing is None else self.reports[standing.report_id]

    def known(self, event: Event) -> dict[PlayerId, StoredReport]:
        """Return the reports that say what each player plays."""
        players = dict.fromkeys(report.player_id for report in self.counting(event))
        found = {player_id: self.known_of(event, player_id) for player_id in players}
        return {player_id: report for player_id, report in found.items() if report is not None}

    def counted(
        self, event: Event, player_id: PlayerId, *, also: ReportId | None = None
    ) -> tuple[CountedReport, ...]:
        """Return all that counts of a player, newest first."""
        return tuple(
            _as_counted(report)
            for report in self.counting(event, also=also)
            if report.player_id == player_id
        )


def _as_counted(report: StoredReport) -> CountedReport:
    observation = Observation(
        report_id=report.id,
        archetype_id=archetype_id(report.archetype),
        source=report.sighting.source,
        confidence=report.sighting.confidence,
        reported_at=report.reported_at,
        reporter_id=report.reporter_id,
        round_number=report.sighting.round_number,
    )
    return CountedReport(
        archetype=report.archetype.name, colours=report.archetype.colours, observation=observation
    )


def archetype_id(archetype: StarterArchetype) -> ArchetypeId:
    """Return an archetype's id: its place in the starter set, from 1."""
    return ArchetypeId(STARTER_ARCHETYPES.index(archetype) + 1)


def matching_players(
    guild: Guild, event: Event, typed_key: str, *, with_listed: bool = False
) -> list[PlayerId]:
    """Return players of an event that fit what was typed, best first, reported ones before others.

    Those that resemble it count only when none begins as typed.
    """
    reported = dict.fromkeys(report.player_id for report in guild.counting(event))
    recent = [*reported, *(guild.listed_only(event) if with_listed else ())]
    keys = {id_: name_key(guild.names[id_]) for id_ in recent}
    fitting = [id_ for id_ in recent if begins_words(typed_key, keys[id_])]
    fitting.sort(key=lambda id_: (id_ not in reported, not keys[id_].startswith(typed_key)))
    if fitting:
        return fitting[:_MOST]
    slipped = {
        id_: any(is_one_slip_away(typed_key, word) for word in keys[id_].split()) for id_ in recent
    }
    alike = {id_: _likeness(typed_key, keys[id_]) for id_ in recent}
    similar = [id_ for id_ in recent if slipped[id_] or alike[id_] >= _ALIKE]
    similar.sort(key=lambda id_: (id_ not in reported, not slipped[id_], -alike[id_]))
    return similar[:_MOST]


def archetype_named(text: str) -> StarterArchetype | None:
    """Return the archetype of a name or alias, or the only one with its words in another order."""
    key = fold(text)
    for archetype in STARTER_ARCHETYPES:
        if key in archetype.name_keys():
            return archetype
    words = sorted(key.split())
    same = [
        archetype
        for archetype in STARTER_ARCHETYPES
        if any(sorted(known.split()) == words for known in archetype.name_keys())
    ]
    return same[0] if len(same) == 1 else None


def count_archetypes(guild: Guild) -> Mapping[str, int]:
    """Count the active event's reports by the archetype's name."""
    event = guild.active()
    reports = guild.counting(event) if event else []
    return Counter(report.archetype.name for report in reports)


def fitting_archetypes(text: str, counts: Mapping[str, int]) -> list[StarterArchetype]:
    """Return archetypes that fit what was typed of a name or of colours, most reported first."""
    key, colours = fold(text), typed_colours(text)
    fitting = [
        (-counts.get(archetype.name, 0), not begins, archetype.name, archetype)
        for archetype in STARTER_ARCHETYPES
        for begins in [any(name.startswith(key) for name in archetype.name_keys())]
        if any(begins_words(key, name) for name in archetype.name_keys())
        or archetype.colours == colours
    ]
    return [archetype for *_, archetype in sorted(fitting, key=lambda fit: fit[:3])][:_MOST]


def suggestion_of(archetype: StarterArchetype, counts: Mapping[str, int]) -> ArchetypeSuggestion:
    """Return an archetype as it is offered."""
    return ArchetypeSuggestion(
        id=archetype_id(archetype),
        name=archetype.name,
        colours=archetype.colours,
        report_count=counts.get(archetype.name, 0),
    )


def opponent_suggestion(
    guild: Guild,
    reports: Sequence[StoredReport],
    player_id: PlayerId,
    known: StoredReport | None,
) -> OpponentSuggestion:
    """Return a player as offered.

    Args:
        guild: The player's.
        reports: The event's that count.
        player_id: Whom.
        known: The report that says what they play; None when the roster is all that tells of them.
    """
    return OpponentSuggestion(
        player_id=player_id,
        name=guild.names[player_id],
        archetype="" if known is None else known.archetype.name,
        reporter_id=MemberId(0) if known is None else known.reporter_id,
        reporter_name="" if known is None else known.reporter_name,
        report_count=sum(report.player_id == player_id for report in reports),
    )


def nearest(counts: Mapping[str, int], typed_key: str) -> tuple[ArchetypeSuggestion, ...]:
    """Return the three archetypes most like what was typed; some are always offered."""
    ordered = sorted(
        STARTER_ARCHETYPES,
        key=lambda archetype: -max(_likeness(typed_key, known) for known in archetype.name_keys()),
    )
    return tuple(suggestion_of(archetype, counts) for archetype in ordered[:_NEAREST])


def _likeness(typed_key: str, key: str) -> float:
    """Compare with the whole name and with each of its words, from 0 to 1."""
    return max(SequenceMatcher(None, typed_key, part).ratio() for part in (key, *key.split(), ""))
