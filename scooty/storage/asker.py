"""Who asks a book for something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scooty.domain.ids import GuildId, MemberId, RequestId

__all__ = ["Asker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, where, and in which request."""

    guild_id: GuildId
    member_id: MemberId
    request_id: RequestId
    """Keys what is written: the same request again changes nothing more."""
    as_captain: bool
    """A captain has all of the guild's reports, others their own."""
