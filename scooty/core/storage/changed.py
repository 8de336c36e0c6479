"""Word that something of a guild has changed, to those who show it without being asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from actors.kernel import Message
from scooty.domain.ids import GuildId


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildChanged(Message):
    """Something of a guild was written and is committed; what it was has to be read."""

    idempotent: ClassVar[bool] = True

    guild_id: GuildId
