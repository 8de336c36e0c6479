"""The work of each job: functions of (run, ports), which say in a few words what came of it.

They bear repetition: a run whose process died is done again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from actors.discord_gateway.standing import CheckStanding
from scooty.core.cached.stale import GuildInDoubt, GuildsToKeep
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.core.storage.function_call import call_function
from scooty.domain.health import degraded_parts
from scooty.domain.ids import GuildId

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, Clock
    from actors.repository.messages import RepositoryMessage
    from actors.scheduler.messages import RunJob
    from scooty.core.outbox.messages import OutboxMessage
    from scooty.core.ports import SystemHealthPort
    from scooty.features.jobs.uptime import UptimeMonitor

_ASK_S: Final = 5.0
_IDLE_DAYS: Final = 3
_MOST_GUILDS: Final = 50
_LATE: Final = timedelta(minutes=10)
_OLD: Final = timedelta(days=90)
"""Source: the runbook, "Gestion des secrets": rotation every 90 days."""


class JobLog(Protocol):
    """Where a job leaves a warning for operators."""

    def warning(self, event: str, **keys: object) -> None:
        """Log one line."""
        ...


async def heartbeat(
    _run: RunJob, *, health: SystemHealthPort, log: JobLog, monitor: UptimeMonitor | None = None
) -> str:
    """Leave a sign of life in the logs, with what is not well; tell the monitor when all is."""
    if weak := degraded_parts(await health.read()):
        return f"degraded: {', '.join(weak)}"
    if monitor is not None and (reason := await monitor.tell()) is not None:
        log.warning("uptime.not_told", reason=reason)
    return "well"


async def outbox_check(
    _run: RunJob, *, outbox: Address[OutboxMessage], clock: Clock, log: JobLog
) -> str:
    """Warn when a write has waited for the database for more than ten minutes."""
    health = await outbox.ask(GetOutboxHealth(), timeout_s=_ASK_S)
    if health.oldest_at is not None and clock.now() - health.oldest_at > _LATE:
        minutes = int((clock.now() - health.oldest_at).total_seconds() // 60)
        log.warning("outbox.late", waiting=health.waiting, oldest_minutes=minutes)
    return f"{health.waiting} waiting"


async def close_idle_events(
    _run: RunJob, *, repository: Address[RepositoryMessage], desk: Address[GuildInDoubt]
) -> str:
    """Close active events to which nobody has reported for three days, and tell who keeps them.

    Raises:
        StorageUnavailable: The database cannot be reached; the next run does it.
    """
    closed = await call_function(
        repository, "close_idle_events", timeout_s=_ASK_S, idle_days=_IDLE_DAYS
    )
    if closed:
        desk.tell(GuildInDoubt(guild_id=None))
    return f"{closed} closed"


async def cache_warmup(
    _run: RunJob, *, repository: Address[RepositoryMessage], desk: Address[GuildsToKeep]
) -> str:
    """Let the desk ask for what people of each guild with an active event will ask for.

    Raises:
        StorageUnavailable: The database cannot be reached; there is another run tomorrow.
    """
    guild_ids = await call_function(
        repository, "list_active_guilds", timeout_s=_ASK_S, at_most=_MOST_GUILDS
    )
    # Told, since the desk asks the scheduler: see the ask graph.
    desk.tell(GuildsToKeep(guild_ids=tuple(map(GuildId, guild_ids))))
    return f"{len(guild_ids)} active events"


async def discord_check(_run: RunJob, *, gateway: Address[GatewayMessage]) -> str:
    """Have it looked now whether commands and permissions at Discord are as they have to be.

    The gateway looks every ten minutes by itself; this is for ``/jobs run``, after a change there.
    """
    return "asked for" if gateway.tell(CheckStanding()) else "the gateway takes no messages now"


async def secrets_age(_run: RunJob, *, rotated_on: date | None, clock: Clock, log: JobLog) -> str:
    """Remind operators of secrets that are older than 90 days."""
    if rotated_on is None:
        log.warning("secrets.age_unknown", setting="SCOOTY_SECRETS_ROTATED_ON")
        return "age unknown"
    age = clock.now() - datetime(rotated_on.year, rotated_on.month, rotated_on.day, tzinfo=UTC)
    if age > _OLD:
        log.warning("secrets.old", age_days=age.days, rotated_on=rotated_on.isoformat())
    return f"{age.days} days"
