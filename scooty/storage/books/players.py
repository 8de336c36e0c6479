"""The guild's players in all events: who is meant by a name, who plays, and other spellings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scooty.domain.ids import EventId, PlayerId
from scooty.domain.names import fold, name_key, word_key
from scooty.domain.observations import Confidence
from scooty.storage import json_fields as read
from scooty.storage.books.book import Book
from scooty.storage.port import NoActiveEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.domain.ids import GuildId
    from scooty.storage.asker import Asker

__all__ = [
    "AddOutcome",
    "AliasAdded",
    "AliasGone",
    "AliasKnown",
    "AliasRemoved",
    "AliasTaken",
    "FindOutcome",
    "FoundPlayer",
    "GuildPlayer",
    "ListOutcome",
    "ListedPlayer",
    "NoSuchEvent",
    "NobodyCertain",
    "PlayerGone",
    "PlayerMerged",
    "PlayerPage",
    "Players",
    "RemoveOutcome",
    "guild_player",
    "player_merged",
]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchEvent:
    """The guild has no event of that id or name."""


ListOutcome: TypeAlias = PlayerPage | NoActiveEvent | NoSuchEvent


class Players(Book):
    """The book of players."""

    async def suggest(self, *, guild_id: GuildId, text: str) -> tuple[GuildPlayer, ...]:
        """Return up to 25 players that fit what is typed; the newest for no text."""
        value = await self._calls.read(
            "suggest_players", guild_id=guild_id, text_key=name_key(text)
        )
        return read.each(value, "the answer", guild_player)

    async def find(
        self, *, guild_id: GuildId, player_id: PlayerId | None, name: str
    ) -> FindOutcome:
        """Find who is meant: by the id if there is such a player, else by the name."""
        value = await self._calls.read(
            "find_player",
            guild_id=guild_id,
            player_id=player_id,
            name_key=name_key(name),
            word_key=word_key(name),
        )
        fields = read.object_of(value, "the answer")
        match fields.get("outcome"):
            case "player":
                return FoundPlayer(
                    player_id=PlayerId(read.field(fields, "player_id", int)),
                    name=read.field(fields, "name", str),
                    name_keys=read.texts(fields, "name_keys"),
                )
            case "player_merged":
                return player_merged(fields)
            case "nobody_certain":
                candidates = read.each(fields.get("candidates"), "candidates", guild_player)
                return NobodyCertain(candidates=candidates)
            case _:
                raise read.unexpected("outcome", "one that this call can have")

    async def add_alias(
        self, asker: Asker, *, player_id: PlayerId, alias: str, platform: str | None
    ) -> AddOutcome:
        """Let a player be found by another spelling."""
        value = await self._write(
            "add_player_alias",
            asker,
            player_id=player_id,
            name_key=name_key(alias),
            word_key=word_key(alias),
            platform=platform,
        )
        fields = read.object_of(value, "the answer")
        match fields.get("outcome"):
            case "alias_added":
                return AliasAdded()
            case "alias_known":
                return AliasKnown()
            case "alias_taken":
                return AliasTaken(name=read.field(fields, "name", str))
            case "player_gone":
                return PlayerGone()
            case _:
                raise read.unexpected("outcome", "one that this call can have")

    async def remove_alias(self, asker: Asker, *, player_id: PlayerId, alias: str) -> RemoveOutcome:
        """Let a player no longer be found by a spelling."""
        value = await self._write(
            "remove_player_alias", asker, player_id=player_id, name_key=name_key(alias)
        )
        match read.object_of(value, "the answer").get("outcome"):
            case "alias_removed":
                return AliasRemoved()
            case "alias_gone":
                return AliasGone()
            case _:
                raise read.unexpected("outcome", "one that this call can have")

    async def list_event(
        self,
        *,
        guild_id: GuildId,
        event_id: EventId | None,
        event_name: str | None,
        skip: int,
        at_most: int,
    ) -> ListOutcome:
        """Return a page of an event's players; of the active one when none is told."""
        value = await self._calls.read(
            "list_players",
            guild_id=guild_id,
            event_id=event_id,
            event_key=None if event_name is None else fold(event_name),
            skip=skip,
            at_most=at_most,
        )
        fields = read.object_of(value, "the answer")
        match fields.get("outcome"):
            case "players":
                return _page(fields)
            case "no_active_event":
                return NoActiveEvent()
            case "no_such_event":
                return NoSuchEvent()
            case _:
                raise read.unexpected("outcome", "one that this call can have")


def guild_player(fields: Mapping[str, JsonValue]) -> GuildPlayer:
    """Decode a player with their figures."""
    return GuildPlayer(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        name=read.field(fields, "name", str),
        report_count=read.field(fields, "report_count", int),
        event_count=read.field(fields, "event_count", int),
    )


def player_merged(fields: Mapping[str, JsonValue]) -> PlayerMerged:
    """Decode whom a merged player belongs to."""
    return PlayerMerged(name=read.field(fields, "name", str), into=read.field(fields, "into", str))


def _page(fields: Mapping[str, JsonValue]) -> PlayerPage:
    event = read.object_of(fields.get("event"), "event")
    return PlayerPage(
        event_id=EventId(read.field(event, "id", int)),
        event_name=read.field(event, "name", str),
        total=read.field(fields, "total", int),
        reported=read.field(fields, "reported", int),
        listed=read.field(fields, "listed", int),
        players=read.each(fields.get("players"), "players", _listed_player),
    )


def _listed_player(fields: Mapping[str, JsonValue]) -> ListedPlayer:
    confidence = read.text_or_none(fields, "confidence")
    return ListedPlayer(
        name=read.field(fields, "name", str),
        archetype=read.text_or_none(fields, "archetype"),
        colours=read.text_or_none(fields, "colours") or "",
        confidence=None if confidence is None else Confidence(confidence),
        is_contested=read.field(fields, "is_contested", bool),
        is_listed=read.field(fields, "is_listed", bool),
    )
