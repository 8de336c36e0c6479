"""What the live board's actor understands, besides `GuildChanged`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from actors.kernel import Query
from scooty.core.live_board import ShowBoard, TakeDown
from scooty.core.storage.changed import GuildChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBoards(Query[int]):
    """Ask to see that every board is there and right; answers how many there are.

    They are looked after afterwards, a few at a time, each at its own pace.
    """

    idempotent: ClassVar[bool] = True


LiveBoardMessage: TypeAlias = GuildChanged | ShowBoard | TakeDown | CheckBoards
