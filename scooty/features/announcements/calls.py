"""What a team is told when a round is up, and who was told: functions and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field as JsonField

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.core.storage.player_card import Event
from scooty.domain.ids import EventId, GuildId, MemberId
from scooty.domain.observations import Confidence

Round: TypeAlias = Annotated[int, JsonField(alias="round")]


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
    colours: str | None
    confidence: Confidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A round, its message, and who is still to be told."""

    outcome: Literal["announcement"] = "announcement"
    event: Event
    round_number: Round
    is_newest: bool
    """Whether it is the newest round of the active event; an older one is no news."""
    is_drafting: bool
    applied_at: Moment
    channel_id: int | None
    """Where it was announced."""
    message_id: int | None
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

    @property
    def message(self) -> StandingAt | None:
        """The one that announced it."""
        if self.channel_id is None or self.message_id is None:
            return None
        return StandingAt(channel_id=self.channel_id, message_id=self.message_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundGone:
    """There is no such round."""

    outcome: Literal["no_round"] = "no_round"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnnouncement(Read[Announcement | RoundGone]):
    """What there is to say of a round."""

    event_id: EventId
    round_number: Round


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept:
    """It is remembered which message announced the round."""

    outcome: Literal["message_kept"] = "message_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRoundMessage(Write[MessageKept | RoundGone]):
    """Remember which message announced a round; the request's id is the message's own."""

    of_caller: ClassVar = ()

    event_id: EventId
    round_number: Round
    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNoted:
    """It is remembered what the member was told, unless they are linked to no player any more."""

    outcome: Literal["noted", "not_linked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTold(Write[ToldNoted]):
    """Remember what a member, whose id the request's is, was told."""

    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRound:
    """A round whose message is missing, or of which somebody is still to be told.

    A row of what ``list_unannounced_rounds`` answers, which asks for no guild.
    """

    guild_id: GuildId
    event_id: EventId
    round_number: Round
