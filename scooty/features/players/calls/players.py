"""The guild's players in all events: who is meant by a name, who plays, and other spellings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, PlayerId
from scooty.domain.names import fold, name_key, word_key
from scooty.domain.observations import Confidence

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildPlayer:
    """A player with what is known of them in all events."""

    player_id: PlayerId
    name: str = field(repr=False)
    report_count: int
    event_count: int
    """Events in which they were reported or on the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestPlayers(Read[tuple[GuildPlayer, ...]]):
    """Up to 25 players that fit what is typed; the newest for no text."""

    text: str = field(repr=False)

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"text_key": name_key(self.text)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlayer:
    """The one who is meant."""

    outcome: Literal["player"] = "player"
    player_id: PlayerId
    name: str = field(repr=False)
    name_keys: tuple[str, ...] = field(repr=False)
    """Every spelling by which they are found, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerMerged:
    """That player is another one's name now."""

    outcome: Literal["player_merged"] = "player_merged"
    name: str = field(repr=False)
    into: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyCertain:
    """Nobody has that name, or several have its words."""

    outcome: Literal["nobody_certain"] = "nobody_certain"
    candidates: tuple[GuildPlayer, ...]
    """Who may be meant, likeliest first, at most ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerGone:
    """The guild has no such player any more."""

    outcome: Literal["player_gone"] = "player_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPlayer(Read[FoundPlayer | PlayerMerged | NobodyCertain]):
    """Find who is meant: by the id if there is such a player, else by the name."""

    player_id: PlayerId | None
    name: str = field(repr=False)

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "player_id": self.player_id,
            "name_key": name_key(self.name),
            "word_key": word_key(self.name),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasAdded:
    """The player is found by it from now on."""

    outcome: Literal["alias_added"] = "alias_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasKnown:
    """They were found by it already."""

    outcome: Literal["alias_known"] = "alias_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasTaken:
    """It is somebody else's name."""

    outcome: Literal["alias_taken"] = "alias_taken"
    name: str = field(repr=False)
    """Whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPlayerAlias(Write[AliasAdded | AliasKnown | AliasTaken | PlayerGone]):
    """Let a player be found by another spelling."""

    player_id: PlayerId
    alias: str = field(repr=False)
    platform: str | None

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "player_id": self.player_id,
            "name_key": name_key(self.alias),
            "word_key": word_key(self.alias),
            "platform": self.platform,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRemoved:
    """The player is not found by it any more."""

    outcome: Literal["alias_removed"] = "alias_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasGone:
    """They were not found by it, or it is the last name they have."""

    outcome: Literal["alias_gone"] = "alias_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePlayerAlias(Write[AliasRemoved | AliasGone]):
    """Let a player no longer be found by a spelling."""

    player_id: PlayerId
    alias: str = field(repr=False)

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"player_id": self.player_id, "name_key": name_key(self.alias)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlayer:
    """One line of an event's list of players."""

    name: str = field(repr=False)
    archetype: str | None
    """By consensus; None while nobody has reported them."""
    colours: str | None
    confidence: Confidence | None
    is_contested: bool
    is_listed: bool
    """A roster names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerPage:
    """Some of an event's players, by name."""

    outcome: Literal["players"] = "players"
    event: Event
    total: int
    reported: int
    listed: int
    players: tuple[ListedPlayer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchEvent:
    """The guild has no event of that id or name."""

    outcome: Literal["no_such_event"] = "no_such_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlayers(Read[PlayerPage | NoActiveEvent | NoSuchEvent]):
    """A page of an event's players; of the active one when none is told."""

    event_id: EventId | None
    event_name: str | None
    skip: int
    at_most: int

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "event_id": self.event_id,
            "event_key": None if self.event_name is None else fold(self.event_name),
            "skip": self.skip,
            "at_most": self.at_most,
        }
