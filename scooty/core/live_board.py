"""What commands ask the live board's actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import Query

if TYPE_CHECKING:
    from scooty.domain.ids import GuildId


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardShown:
    """The live board is in its channel."""

    message_id: int
    is_pinned: bool
    """False where that is not granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBoard(Query[BoardShown | NotPosted]):
    """Ask to show a guild's board where storage says that it stands, and to pin it."""

    idempotent: ClassVar[bool] = True

    guild_id: GuildId


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDown(Query[bool]):
    """Ask to delete a message that was a guild's board; true when it is gone."""

    idempotent: ClassVar[bool] = True

    guild_id: GuildId
    channel_id: int
    message_id: int
