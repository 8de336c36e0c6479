"""What the announcer understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from actors.kernel import Query
from scooty.core.round_port import AnnounceOutcome

if TYPE_CHECKING:
    from scooty.domain.ids import EventId, GuildId


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundApplied(Query[AnnounceOutcome]):
    """A round's pairings are saved; answers what became of its message.

    May be repeated: the message that is there is edited, and nobody is told twice.
    """

    idempotent: ClassVar[bool] = True

    guild_id: GuildId
    event_id: EventId
    round_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRounds(Query[int]):
    """Ask to see to every round whose message or telling is missing; answers how many there are."""

    idempotent: ClassVar[bool] = True


AnnouncerMessage: TypeAlias = RoundApplied | CheckRounds
