"""Players of a guild, and what is answered about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, PlayerId

if TYPE_CHECKING:
    from scooty.domain.observations import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildPlayer:
    """A player with what is known of them in all events."""

    player_id: PlayerId
    name: str = field(repr=False)
    report_count: int
    event_count: int
    """Events in which they were reported or on the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlayer:
    """The one who is meant."""

    player_id: PlayerId
    name: str = field(repr=False)
    name_keys: tuple[str, ...] = field(repr=False)
    """Every spelling by which they are found, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerMerged:
    """That player is another one's name now."""

    name: str = field(repr=False)
    into: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyCertain:
    """Nobody has that name, or several have its words."""

    candidates: tuple[GuildPlayer, ...]
    """Who may be meant, likeliest first, at most ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerGone:
    """The guild has no such player any more."""


FindOutcome: TypeAlias = FoundPlayer | PlayerMerged | NobodyCertain


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasAdded:
    """The player is found by it from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasKnown:
    """They were found by it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasTaken:
    """It is somebody else's name."""

    name: str = field(repr=False)
    """Whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRemoved:
    """The player is not found by it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasGone:
    """They were not found by it, or it is the last name they have."""


AddOutcome: TypeAlias = AliasAdded | AliasKnown | AliasTaken | PlayerGone
RemoveOutcome: TypeAlias = AliasRemoved | AliasGone


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlayer:
    """One line of an event's list of players."""

    name: str = field(repr=False)
    archetype: str | None
    """By consensus; None while nobody has reported them."""
    colours: str
    confidence: Confidence | None
    is_contested: bool
    is_listed: bool
    """A roster names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerPage:
    """Some of an event's players, by name."""

    event_id: EventId
    event_name: str
    total: int
    reported: int
    listed: int
    players: tuple[ListedPlayer, ...]


ListOutcome: TypeAlias = PlayerPage | NoActiveEvent | EventUnknown
