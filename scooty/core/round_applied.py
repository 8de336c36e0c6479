"""What the announcer is asked when a round is up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import Query
from scooty.domain.announcing import NotNews, NowhereToAnnounce, RoundAnnounced

if TYPE_CHECKING:
    from scooty.domain.ids import EventId, GuildId

AnnounceOutcome: TypeAlias = RoundAnnounced | NowhereToAnnounce | NotNews | NotPosted


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundApplied(Query[AnnounceOutcome]):
    """A round's pairings are saved; answers what became of its message.

    May be repeated: the message that is there is edited, and nobody is told twice. Whoever wants a
    direct message gets it after the answer. What could not be told now, for a reason that passes,
    is told by itself later.
    """

    idempotent: ClassVar[bool] = True

    guild_id: GuildId
    event_id: EventId
    round_number: int
