"""What the live board's actor understands, besides `GuildChanged`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import Query
from scooty.core.ports import BoardShown
from scooty.core.storage.changed import GuildChanged

if TYPE_CHECKING:
    from scooty.domain.ids import GuildId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBoards(Query[int]):
    """Ask to see that every board is there and right; answers how many there are.

    They are looked after afterwards, a few at a time, each at its own pace.
    """

    idempotent: ClassVar[bool] = True


LiveBoardMessage: TypeAlias = GuildChanged | ShowBoard | TakeDown | CheckBoards
