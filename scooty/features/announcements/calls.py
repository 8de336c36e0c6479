"""The book of announcements: what a team is told when a round is up, and who was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from scooty.core.storage import json_fields as read
from scooty.core.storage.book import Book
from scooty.core.storage.card_decoding import event_of
from scooty.core.storage.outcomes import Outcomes
from scooty.domain.ids import EventId, GuildId, MemberId, RequestId
from scooty.domain.observations import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.core.storage.player_card import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAt:
    """A message at Discord."""

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingNotice:
    """A member who wants to be told their pairing, and was not told it as it is now."""

    member_id: MemberId
    told: str
    """The pairing in ids; what is remembered when it is told."""
    table: int | None
    opponent: str | None = field(repr=False)
    """None for a bye."""
    teammate_id: MemberId | None
    """Who of the team the opponent is, if they are."""
    archetype: str | None
    colours: str
    confidence: Confidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A round, its message, and who is still to be told."""

    event: Event
    round_number: int
    is_newest: bool
    """Whether it is the newest round of the active event; an older one is no news."""
    is_drafting: bool
    applied_at: datetime
    message: StandingAt | None
    """The one that announced it."""
    place_id: int | None
    """Where it belongs: in the live board's channel, else the captains'; None for nowhere."""
    language: str | None
    ethics_line: str | None
    matches: int
    teammates: int
    """Of the team, those who are paired."""
    known: int
    """Of their opponents, those whose deck is known."""
    notices: tuple[PairingNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundGone:
    """There is no such round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept:
    """It is remembered which message announced the round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRound:
    """A round whose message is missing, or of which somebody is still to be told."""

    guild_id: GuildId
    event_id: EventId
    round_number: int


class AnnouncementBook(Book):
    """What every guild is told of its rounds."""

    async def read(
        self, *, guild_id: GuildId, event_id: EventId, round_number: int
    ) -> Announcement | RoundGone:
        """Return what there is to say of a round."""
        value = await self._calls.read(
            "read_announcement", guild_id=guild_id, event_id=event_id, round=round_number
        )
        return _OUTCOMES.decode(value, Announcement, RoundGone)

    async def keep_message(
        self, *, guild_id: GuildId, event_id: EventId, round_number: int, message: StandingAt
    ) -> MessageKept | RoundGone:
        """Remember which message announced a round."""
        value = await self._calls.write(
            "keep_round_message",
            guild_id=guild_id,
            request_id=RequestId(message.message_id),
            event_id=event_id,
            round=round_number,
            channel_id=message.channel_id,
            message_id=message.message_id,
        )
        return _OUTCOMES.decode(value, MessageKept, RoundGone)

    async def note_told(self, *, guild_id: GuildId, member_id: MemberId, told: str) -> None:
        """Remember what a member was told."""
        await self._calls.write(
            "note_told",
            guild_id=guild_id,
            request_id=RequestId(member_id),
            member_id=member_id,
            told=told,
        )


def due_rounds(value: JsonValue) -> tuple[DueRound, ...]:
    """Decode what ``list_unannounced_rounds`` returns."""
    return read.each(value, "the answer", _due)


def _due(fields: Mapping[str, JsonValue]) -> DueRound:
    return DueRound(
        guild_id=GuildId(read.field(fields, "guild_id", int)),
        event_id=EventId(read.field(fields, "event_id", int)),
        round_number=read.field(fields, "round", int),
    )


def _announcement(fields: Mapping[str, JsonValue]) -> Announcement:
    return Announcement(
        event=event_of(read.object_of(fields.get("event"), "event")),
        round_number=read.field(fields, "round", int),
        is_newest=read.field(fields, "is_newest", bool),
        is_drafting=read.field(fields, "is_drafting", bool),
        applied_at=read.moment(fields, "applied_at"),
        message=_message(fields),
        place_id=read.number_or_none(fields, "place_id"),
        language=read.text_or_none(fields, "language"),
        ethics_line=read.text_or_none(fields, "ethics_line"),
        matches=read.field(fields, "matches", int),
        teammates=read.field(fields, "teammates", int),
        known=read.field(fields, "known", int),
        notices=read.each(fields.get("notices"), "notices", _notice),
    )


def _message(fields: Mapping[str, JsonValue]) -> StandingAt | None:
    channel_id = read.number_or_none(fields, "channel_id")
    message_id = read.number_or_none(fields, "message_id")
    if channel_id is None or message_id is None:
        return None
    return StandingAt(channel_id=channel_id, message_id=message_id)


def _notice(fields: Mapping[str, JsonValue]) -> PairingNotice:
    teammate_id = read.number_or_none(fields, "teammate_id")
    is_known = read.text_or_none(fields, "confidence") is not None
    return PairingNotice(
        member_id=MemberId(read.field(fields, "member_id", int)),
        told=read.field(fields, "told", str),
        table=read.number_or_none(fields, "table"),
        opponent=read.text_or_none(fields, "opponent"),
        teammate_id=None if teammate_id is None else MemberId(teammate_id),
        archetype=read.text_or_none(fields, "archetype"),
        colours=read.text_or_none(fields, "colours") or "",
        confidence=read.one_of(Confidence, fields, "confidence") if is_known else None,
    )


_OUTCOMES: Final = Outcomes(
    {
        "announcement": _announcement,
        "message_kept": lambda _: MessageKept(),
        "no_round": lambda _: RoundGone(),
    }
)
