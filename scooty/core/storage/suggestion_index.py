"""What is suggested, what it is chosen from, and what a report changes in that.

Storage hands out the whole index of a guild's active event (`IndexedStorage`), and says with every
report that it stores what has to change in it (`ReportRecorded.index_change`). Whoever holds a copy
can so answer typing without asking, and be right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeSuggestion:
    """An archetype that fits what was typed."""

    id: ArchetypeId
    name: str
    colours: str
    report_count: int
    """In the active event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpponentSuggestion:
    """A player already reported in the active event, or on its roster and not reported yet.

    Of the latter there is no archetype and no reporter: empty texts, and 0.
    """

    player_id: PlayerId | None
    """None while only queued reports tell of the player."""
    name: str = field(repr=False)
    archetype: str
    reporter_id: MemberId
    reporter_name: str = field(repr=False)
    """The display name at the time of the newest report."""
    report_count: int
    queued: bool = False
    """The newest report has not reached the database yet."""

    @property
    def is_only_listed(self) -> bool:
        """Whether the roster is all that tells of the player."""
        return not self.report_count and not self.queued


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedOpponent:
    """A player of whom a report counts."""

    suggestion: OpponentSuggestion
    name_keys: tuple[str, ...] = field(repr=False)
    """Every spelling by which the player is found, folded."""
    report_id: ReportId
    """Of the newest report that counts. Higher for every report of this player stored later."""
    reported_us: int
    """When that was, in microseconds since 1970: who was reported last is offered first."""

    @property
    def player_id(self) -> PlayerId:
        """Whose entry it is."""
        assert self.suggestion.player_id is not None  # noqa: S101 - the database knows the player
        return self.suggestion.player_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOpponent:
    """A player on the roster of whom no report counts."""

    suggestion: OpponentSuggestion
    name_keys: tuple[str, ...] = field(repr=False)
    """As of an `IndexedOpponent`."""

    @property
    def player_id(self) -> PlayerId:
        """Whose entry it is."""
        assert self.suggestion.player_id is not None  # noqa: S101 - the database knows the player
        return self.suggestion.player_id


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedArchetype:
    """An archetype that the guild may report."""

    suggestion: ArchetypeSuggestion
    name_keys: tuple[str, ...]
    """Its name and its aliases, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionIndex:
    """What the database knew at one moment."""

    event_id: EventId | None
    """None without an active event: nobody is suggested, and no archetype has been reported."""
    opponents: tuple[IndexedOpponent, ...]
    """In no order."""
    archetypes: tuple[IndexedArchetype, ...]
    """In the order of their names, as the database orders them."""
    listed: tuple[ListedOpponent, ...] = ()
    """In no order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexChange:
    """What one stored report changes."""

    event_id: EventId
    opponent: IndexedOpponent
    """Takes the place of the player's entry, unless that has a newer report."""
    archetype_id: ArchetypeId
    archetype_report_count: int
    """Takes the place of the archetype's count, unless that is higher."""
