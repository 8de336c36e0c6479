"""What waits: a call as it was made, with all that its delivery and its author need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from scooty.core.waiting import WaitingWrite
    from scooty.domain.contact import Contact
    from scooty.domain.ids import GuildId, RequestId

Key: TypeAlias = "tuple[GuildId, RequestId]"
"""What makes an entry the same entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """How the database ended a queued write; its author is still to be told."""

    refusal: Any
    """One of the call's answers, or `NotAccepted`."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One queued write."""

    guild_id: GuildId
    request_id: RequestId
    call: WaitingWrite[Any]
    queued_at: datetime
    contact: Contact | None
    """None when nobody in Discord asked, or when the author was erased."""
    refused: Refused | None = None

    @property
    def key(self) -> Key:
        """The guild and the request."""
        return self.guild_id, self.request_id

    @property
    def promise(self) -> Any:
        """What the author is told when it is on the disk: an answer of the call."""
        return self.call.promise(self.queued_at)
