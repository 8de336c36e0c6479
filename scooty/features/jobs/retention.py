"""The end of what is kept only for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.cached.stale import GuildInDoubt
from scooty.core.storage.function_call import call_function

if TYPE_CHECKING:
    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from actors.scheduler.messages import RunJob

_ASK_S: Final = 5.0
_MOST_EVENTS: Final = 10
"""In one run, so that it ends within its runner's time; the others go the next night."""
_REST: Final = ("players", "drafts", "answers", "audit")


async def retention(
    _run: RunJob, *, repository: Address[RepositoryMessage], desk: Address[GuildInDoubt]
) -> str:
    """Delete events that ended longer ago than their guild keeps them, and what else is too old.

    Returns:
        Counts alone: nobody's name is in a log.

    Raises:
        StorageUnavailable: The database cannot be reached; what was deleted stays so, and the next
            run does the rest.
    """
    events = reports = 0
    while events < _MOST_EVENTS:
        expired = await call_function(repository, "expire_event", timeout_s=_ASK_S)
        if expired is None:
            break
        events, reports = events + 1, reports + expired["reports"]
    rest = await call_function(repository, "expire_rest", timeout_s=_ASK_S)
    if events or rest["players"]:
        desk.tell(GuildInDoubt(guild_id=None))
    counts = {"events": events, "reports": reports, **{kind: rest[kind] for kind in _REST}}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())
