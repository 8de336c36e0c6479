"""What operators rely on: scheduled jobs, the observer, and the port."""

from __future__ import annotations

from functools import partial
from socket import gethostname
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from structlog import get_logger

from actors.http_server import HttpServer
from actors.kernel import ActorSystem, ChildSpec, SystemClock
from actors.scheduler import Scheduler
from scooty.core.calls import Sql
from scooty.core.observer import Observer
from scooty.core.storage.sql_ledger import SqlLedger
from scooty.features.health.asking import ActorHealth
from scooty.features.jobs.archives import archive_export
from scooty.features.jobs.boards import daily_digest, live_board_check
from scooty.features.jobs.metrics_push import MetricsPush
from scooty.features.jobs.redis_counters import RedisCounters
from scooty.features.jobs.retention import retention
from scooty.features.jobs.runner import JobRunner, JobWork
from scooty.features.jobs.uptime import UptimeMonitor
from scooty.features.jobs.work import (
    cache_warmup,
    close_idle_events,
    discord_check,
    heartbeat,
    outbox_check,
    secrets_age,
)
from scooty.runtime.http.metrics import CONTENT_TYPE, metrics_text
from scooty.runtime.http.snapshot import take_snapshot
from scooty.runtime.http.web import Web
from scooty.runtime.wiring.parts import parts_of
from scooty.runtime.wiring.sizes import HUNG_AFTER_S
from scooty.runtime.wiring.times import job_times

if TYPE_CHECKING:
    from scooty.core.observer.actor import Trace
    from scooty.features.jobs.work import JobLog
    from scooty.runtime.config import Settings

_OBSERVER_MAILBOX: Final = 2_000


def job_specs(settings: Settings, system: ActorSystem) -> tuple[ChildSpec, ...]:
    """Say who does what is due at fixed times."""
    repository = system.address("repository")
    jobs = job_times(settings)
    clock, log = SystemClock(), get_logger("scooty.jobs")
    work: dict[str, JobWork] = {
        "heartbeat": partial(
            heartbeat, health=ActorHealth(parts_of(system)), log=log, monitor=_monitor(settings)
        ),
        "outbox_check": partial(
            outbox_check, outbox=system.address("outbox"), clock=clock, log=log
        ),
        "close_idle_events": partial(
            close_idle_events, repository=repository, desk=system.address("desk")
        ),
        "retention": partial(retention, repository=repository, desk=system.address("desk")),
        "cache_warmup": partial(cache_warmup, repository=repository, desk=system.address("desk")),
        "discord_check": partial(discord_check, gateway=system.address("gateway")),
        "live_board_check": partial(
            live_board_check,
            live_board=system.address("live_board"),
            announcer=system.address("announcer"),
        ),
        "daily_digest": partial(
            daily_digest,
            calls=Sql(repository),
            repository=repository,
            gateway=system.address("gateway"),
            log=log,
        ),
        "secrets_age": partial(
            secrets_age, rotated_on=settings.secrets_rotated_on, clock=clock, log=log
        ),
        **_archiving(settings, system),
        **_pushing(settings, system, log),
        **_counting(settings, system, log),
    }
    return (
        ChildSpec(
            name="jobs",
            start=lambda: JobRunner(work=work),
            after=("lease",),
            concurrency=4,
            handle_timeout_s=60.0,
        ),
        ChildSpec(
            name="scheduler",
            start=lambda: Scheduler(
                jobs=jobs,
                ledger=SqlLedger(repository),
                runner=system.address("jobs"),
                owner=f"{gethostname()}-{uuid4()}",
            ),
            after=("jobs",),
            concurrency=8,
            handle_timeout_s=HUNG_AFTER_S,
        ),
    )


def _monitor(settings: Settings) -> UptimeMonitor | None:
    url = settings.uptime_webhook_url
    return None if url is None else UptimeMonitor(url)


def _archiving(settings: Settings, system: ActorSystem) -> dict[str, JobWork]:
    folder = settings.archive_dir
    if folder is None:
        return {}
    repository = system.address("repository")
    return {"archive_export": partial(archive_export, repository=repository, folder=folder)}


def _pushing(settings: Settings, system: ActorSystem, log: JobLog) -> dict[str, JobWork]:
    url = settings.metrics_push_url
    if url is None:
        return {}
    parts = parts_of(system)

    async def read() -> bytes:
        return metrics_text(await take_snapshot(parts))

    instance = settings.instance or gethostname()
    push = MetricsPush(url, instance=instance, content_type=CONTENT_TYPE, read=read, log=log)
    return {"metrics_push": push.push}


def _counting(settings: Settings, system: ActorSystem, log: JobLog) -> dict[str, JobWork]:
    if not settings.redis_counters:
        return {}
    counters = RedisCounters(
        observer=system.address("observer"),
        cache=system.address("cache"),
        writer=f"{gethostname()}-{uuid4()}",
        clock=SystemClock(),
        log=log,
    )
    return {"redis_counters": counters.write}


def operation_specs(
    settings: Settings, system: ActorSystem, *, trace: Trace | None = None
) -> tuple[ChildSpec, ...]:
    """Say who counts, and who answers on the port."""
    parts = parts_of(system)
    # Drills are for this machine; a platform's checks and Prometheus come from outside.
    host = "127.0.0.1" if settings.drills else "0.0.0.0"  # noqa: S104 - nothing secret is served
    return (
        ChildSpec(
            name="observer",
            start=lambda: Observer(gateway=system.address("gateway"), trace=trace),
            concurrency=2,
            mailbox_size=_OBSERVER_MAILBOX,
            overflow="drop_old",
            handle_timeout_s=HUNG_AFTER_S,
        ),
        ChildSpec(
            name="web",
            start=lambda: Web(parts=parts, drills=settings.drills),
            concurrency=8,
            handle_timeout_s=HUNG_AFTER_S,
        ),
        ChildSpec(
            name="http_server",
            start=lambda: HttpServer(host=host, port=settings.port, handler=system.address("web")),
            after=("web",),
            handle_timeout_s=HUNG_AFTER_S,
        ),
    )
