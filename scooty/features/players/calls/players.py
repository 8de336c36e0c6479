"""The guild's players in all events: who is meant by a name, who plays, and other spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage import json_fields as read
from scooty.core.storage.book import Book
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, GuildId, PlayerId
from scooty.domain.names import fold, name_key, word_key
from scooty.domain.observations import Confidence
from scooty.features.players.calls.player_values import (
    AliasAdded,
    AliasGone,
    AliasKnown,
    AliasRemoved,
    AliasTaken,
    FoundPlayer,
    GuildPlayer,
    ListedPlayer,
    NobodyCertain,
    PlayerGone,
    PlayerMerged,
    PlayerPage,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.features.players.calls.player_values import (
        AddOutcome,
        FindOutcome,
        ListOutcome,
        RemoveOutcome,
    )


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
        return _OUTCOMES.decode(value, FoundPlayer, PlayerMerged, NobodyCertain)

    async def add_alias(
        self, caller: Caller, *, player_id: PlayerId, alias: str, platform: str | None
    ) -> AddOutcome:
        """Let a player be found by another spelling."""
        value = await self._write(
            "add_player_alias",
            caller,
            player_id=player_id,
            name_key=name_key(alias),
            word_key=word_key(alias),
            platform=platform,
        )
        return _OUTCOMES.decode(value, AliasAdded, AliasKnown, AliasTaken, PlayerGone)

    async def remove_alias(
        self, caller: Caller, *, player_id: PlayerId, alias: str
    ) -> RemoveOutcome:
        """Let a player no longer be found by a spelling."""
        value = await self._write(
            "remove_player_alias", caller, player_id=player_id, name_key=name_key(alias)
        )
        return _OUTCOMES.decode(value, AliasRemoved, AliasGone)

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
        return _OUTCOMES.decode(value, PlayerPage, NoActiveEvent, EventUnknown)


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
    known = read.text_or_none(fields, "confidence") is not None
    return ListedPlayer(
        name=read.field(fields, "name", str),
        archetype=read.text_or_none(fields, "archetype"),
        colours=read.text_or_none(fields, "colours") or "",
        confidence=read.one_of(Confidence, fields, "confidence") if known else None,
        is_contested=read.field(fields, "is_contested", bool),
        is_listed=read.field(fields, "is_listed", bool),
    )


def _found(fields: Mapping[str, JsonValue]) -> FoundPlayer:
    return FoundPlayer(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        name=read.field(fields, "name", str),
        name_keys=read.texts(fields, "name_keys"),
    )


_OUTCOMES: Final = Outcomes(
    {
        "player": _found,
        "player_merged": player_merged,
        "nobody_certain": lambda fields: NobodyCertain(
            candidates=read.each(fields.get("candidates"), "candidates", guild_player)
        ),
        "alias_added": lambda _: AliasAdded(),
        "alias_known": lambda _: AliasKnown(),
        "alias_taken": lambda fields: AliasTaken(name=read.field(fields, "name", str)),
        "player_gone": lambda _: PlayerGone(),
        "alias_removed": lambda _: AliasRemoved(),
        "alias_gone": lambda _: AliasGone(),
        "players": _page,
        "no_active_event": lambda _: NoActiveEvent(),
        "no_such_event": lambda _: EventUnknown(),
    }
)
