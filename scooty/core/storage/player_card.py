"""What the team knows of one player in one event, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field as JsonField

from scooty.core.shapes import Moment
from scooty.core.storage.standing import CountedReport, Standing, derive_standing
from scooty.core.waiting import QueuedReport
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId
from scooty.domain.observations import PLAIN, Confidence, Observation, Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A tournament of a guild."""

    id: EventId
    name: str
    created_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One observation: somebody of the team saw this player on this deck."""

    id: ReportId
    archetype: str
    archetype_id: ArchetypeId
    colours: str
    """The archetype's."""
    comment: str | None = field(repr=False)
    reporter_id: MemberId
    reported_at: Moment
    sighting: Sighting = PLAIN

    @property
    def counted(self) -> CountedReport:
        """The report as far as it counts."""
        observation = Observation(
            report_id=self.id,
            archetype_id=self.archetype_id,
            source=self.sighting.source,
            confidence=self.sighting.confidence,
            reported_at=self.reported_at,
            reporter_id=self.reporter_id,
            round_number=self.sighting.round_number,
        )
        return CountedReport(
            archetype=self.archetype, colours=self.colours, observation=observation
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckNotes:
    """What reports of the consensus say of the deck; of each, what was said last."""

    companion: str | None = None
    key_cards: str | None = field(default=None, repr=False)
    sideboard: str | None = field(default=None, repr=False)
    play_pattern: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownElsewhere:
    """What the team knew of a player in another event."""

    event: str
    archetype: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerCard:
    """What the team knows of one player in one event."""

    player_id: PlayerId
    name: str = field(repr=False)
    event: Event
    archetype: str
    """What the reports come to."""
    colours: str
    """A subset of ``WUBRG`` in that order; empty for colourless."""
    reports: tuple[Report, ...]
    """Newest first, at most ten."""
    report_count: int
    others: tuple[CountedReport, ...] = ()
    """What counts besides the reports listed, newest first."""
    notes: DeckNotes = DeckNotes()
    elsewhere: tuple[KnownElsewhere, ...] = ()
    """In the last three of the other events in which something was known, newest first."""
    contested_by: Annotated[tuple[str, ...], JsonField(alias="conflicting_archetypes")] = ()
    """Other archetypes by the database's own count; `conflicting_archetypes` is the rule's."""
    has_decklist: bool = False
    """The player's list is kept, and can be looked at."""
    queued: tuple[QueuedReport, ...] = ()
    """What is still on its way to the database, newest first; in none of the other fields."""
    as_of: Moment | None = None
    """When the database said so, while it is away and this is what is remembered; None: now."""
    _counted: tuple[CountedReport, ...] = field(init=False, compare=False, repr=False)
    _standing: Standing | None = field(init=False, compare=False, repr=False)
    """Derived once, as a card asks for both in several places."""

    def __post_init__(self) -> None:
        counted = [*(report.counted for report in self.reports), *self.others]
        if self.others:
            counted.sort(key=lambda each: each.observation.report_id, reverse=True)
        object.__setattr__(self, "_counted", tuple(counted))
        object.__setattr__(self, "_standing", derive_standing(counted, self.queued))

    @property
    def counted(self) -> tuple[CountedReport, ...]:
        """All reports that count, newest first."""
        return self._counted

    @property
    def standing(self) -> Standing | None:
        """How the player stands, reports that wait for the database taken in; None: not known."""
        return self._standing

    @property
    def conflicting_archetypes(self) -> tuple[str, ...]:
        """Other archetypes that members reported for this player, heaviest first."""
        standing = self.standing
        return () if standing is None else tuple(each.archetype for each in standing.conflicts)
