"""What is held about members and players, and its end: by request, and by time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.core.storage import json_fields as read
from scooty.core.storage.book import Book
from scooty.core.storage.json_fields import each, moment, object_of, texts
from scooty.core.storage.outcomes import Outcomes
from scooty.domain.ids import GuildId, MemberId, PlayerId
from scooty.domain.names import name_key, word_key
from scooty.features.players.calls.players import PlayerGone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberErased:
    """Nothing names the member any more."""

    reports: int
    """That stay, and name nobody."""
    drafts: int
    """That are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerTraces:
    """What would go, should a player be forgotten."""

    player_id: PlayerId
    name: str = field(repr=False)
    name_keys: tuple[str, ...] = field(repr=False)
    """Every spelling, folded."""
    merged: int
    """Players who were merged into this one."""
    events: int
    reports: int
    revisions: int
    drafts: int
    mentions: int
    """Reports of other players whose text holds the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerForgotten:
    """Nothing holds the player's name any more."""

    reports: int
    mentions: int
    """Reports of other players in which a dash stands for the name now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedEvent:
    """A closed event, and when it goes."""

    name: str
    goes_at: datetime
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how long a guild's events are kept."""

    days: int
    """After an event was closed."""
    is_chosen: bool
    """By the guild's captains; else it is everybody's."""
    events: tuple[EndedEvent, ...]
    """The closed ones that go first, at most ten."""
    event_count: int
    """Of all closed ones."""


TracesOutcome: TypeAlias = PlayerTraces | PlayerGone
ForgetOutcome: TypeAlias = PlayerForgotten | PlayerGone


class PrivacyBook(Book):
    """What is held about whom."""

    async def read_member_file(self, *, guild_id: GuildId, member_id: MemberId) -> str:
        """Return everything that is held about a member in a guild: JSON, for people to read."""
        answer = await self._calls.read("member_file", guild_id=guild_id, member_id=member_id)
        return read.field(object_of(answer, "answer"), "content", str)

    async def erase_member(self, caller: Caller) -> MemberErased:
        """Put nobody in the place of a member, everywhere in a guild."""
        answer = await self._write("erase_member", caller)
        return _OUTCOMES.decode(answer, MemberErased)

    async def find_player(self, *, guild_id: GuildId, name: str) -> TracesOutcome:
        """Find a player by a name in full, in whatever spelling."""
        answer = await self._calls.read(
            "player_traces", guild_id=guild_id, name_key=name_key(name), word_key=word_key(name)
        )
        return _OUTCOMES.decode(answer, PlayerTraces, PlayerGone)

    async def read_player(self, *, guild_id: GuildId, player_id: PlayerId) -> TracesOutcome:
        """Return what there is of a player."""
        answer = await self._calls.read("player_traces", guild_id=guild_id, player_id=player_id)
        return _OUTCOMES.decode(answer, PlayerTraces, PlayerGone)

    async def suggest_players(self, *, guild_id: GuildId, text: str) -> tuple[str, ...]:
        """Return up to 25 names of players of any event in which the typed words begin words."""
        answer = await self._calls.read(
            "suggest_known_players", guild_id=guild_id, text_key=name_key(text)
        )
        return texts({"names": answer}, "names")

    async def forget_player(self, caller: Caller, *, player_id: PlayerId) -> ForgetOutcome:
        """Delete a player, with those merged into one, and all that was reported of them."""
        answer = await self._write("forget_player", caller, player_id=player_id)
        return _OUTCOMES.decode(answer, PlayerForgotten, PlayerGone)

    async def read_retention(self, *, guild_id: GuildId) -> Retention:
        """Return for how long events are kept, and which go next."""
        answer = await self._calls.read("retention_overview", guild_id=guild_id)
        fields = object_of(answer, "answer")
        return Retention(
            days=read.field(fields, "days", int),
            is_chosen=read.field(fields, "is_chosen", bool),
            events=each(fields.get("events"), "events", _ended_event),
            event_count=read.field(fields, "event_count", int),
        )


def _traces(fields: Mapping[str, JsonValue]) -> PlayerTraces:
    player = object_of(fields.get("player"), "player")
    return PlayerTraces(
        player_id=PlayerId(read.field(player, "player_id", int)),
        name=read.field(player, "name", str),
        name_keys=texts(player, "name_keys"),
        merged=read.field(player, "merged", int),
        events=read.field(player, "events", int),
        reports=read.field(player, "reports", int),
        revisions=read.field(player, "revisions", int),
        drafts=read.field(player, "drafts", int),
        mentions=read.field(player, "mentions", int),
    )


def _ended_event(fields: Mapping[str, JsonValue]) -> EndedEvent:
    return EndedEvent(
        name=read.field(fields, "name", str),
        goes_at=moment(fields, "goes_at"),
        reports=read.field(fields, "reports", int),
    )


def _erased(fields: Mapping[str, JsonValue]) -> MemberErased:
    return MemberErased(
        reports=read.field(fields, "reports", int), drafts=read.field(fields, "drafts", int)
    )


def _forgotten(fields: Mapping[str, JsonValue]) -> PlayerForgotten:
    return PlayerForgotten(
        reports=read.field(fields, "reports", int), mentions=read.field(fields, "mentions", int)
    )


_OUTCOMES: Final = Outcomes(
    {
        "erased": _erased,
        "player": _traces,
        "player_gone": lambda _: PlayerGone(),
        "forgotten": _forgotten,
    }
)
