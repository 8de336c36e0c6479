"""Asking, while nobody waits, for what people will ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.errors import StorageError

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from scooty.core.cached.stale import KeepsThings
    from scooty.domain.ids import GuildId


async def keep_ready(
    kept: KeepsThings, guild_ids: tuple[GuildId, ...], *, log: FilteringBoundLogger
) -> None:
    """Fill what the desk keeps of these guilds, and leave one line in the log."""
    try:
        warmth = await kept.warm_up(guild_ids)
    except StorageError as error:
        log.warning("desk.not_warmed_up", reason=type(error).__name__)
    else:
        log.info("desk.warmed_up", guilds=warmth.guilds, cards=warmth.cards)
