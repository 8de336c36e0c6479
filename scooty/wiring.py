"""Who exists, in what order they start, and who may ask whom. The only module with child specs.

The ask graph, which has no cycle (an arrow is "asks"; the gateway only *tells* the desk)::

    http_server -> web -> supervisor, gateway, repository, cache, outbox, observer
    observer -> gateway
    desk -> rate_limiter, outbox, repository, cache, gateway, scheduler, supervisor
    outbox -> repository, cache, gateway
    scheduler -> jobs -> repository, outbox, gateway, cache, supervisor
    demo -> repository, cache
    scheduler, lease -> repository

Start order: what others need first. The desk starts after the gateway, and so stops before it: at
a drain the gateway leaves Discord first, the desk finishes what it has, and the gateway still
delivers those answers. What comes in before the desk is ready waits in the desk's mailbox. The
outbox needs no lease: a process that waits for its turn delivers what it has promised before.
"""

from __future__ import annotations

from functools import partial
from socket import gethostname
from typing import TYPE_CHECKING, Final, assert_never
from uuid import uuid4

from pydantic import SecretStr
from structlog import get_logger

from actors.cache import Cache
from actors.discord_gateway.actor import DiscordGateway
from actors.http_server import HttpServer
from actors.kernel import (
    ActorSystem,
    Backoff,
    ChildSpec,
    RestartIntensity,
    SpecError,
    SystemClock,
)
from actors.lease import LeaseHolder
from actors.postgres_server import PostgresServer, dsn_for
from actors.rate_limiter import Limit, RateLimiter
from actors.repository import PostgresConnection, Repository, SupabaseConnection
from actors.scheduler import Job, Scheduler
from scooty.commands import DECLARATIONS, Ports
from scooty.commands.ports import NothingAtHand
from scooty.database_settings import Embedded, GivenPostgres, GivenSupabase, choose_database
from scooty.desk import ActorHealth, ActorJobs, Desk
from scooty.desk.limits import AUTOCOMPLETE_LIMIT, COMMAND_LIMIT, GUILD_LIMIT
from scooty.domain.contact import Contacts
from scooty.errors import ConfigError
from scooty.event_loop import fastest_loop
from scooty.http.snapshot import Parts
from scooty.http.web import Web
from scooty.jobs import (
    JobRunner,
    JobWork,
    close_idle_events,
    heartbeat,
    outbox_check,
    secrets_age,
    timetable,
)
from scooty.observer import Observer
from scooty.outbox import Outbox, OutboxStorage
from scooty.sandbox.demo_event import DemoEvent
from scooty.sandbox.process import SandboxProcess
from scooty.storage import CachedStorage, SqlStorage
from scooty.storage.migrations import MIGRATIONS
from scooty.storage.sql_leases import SqlLeases
from scooty.storage.sql_ledger import SqlLedger
from scooty.storage.supabase import supabase_project

if TYPE_CHECKING:
    from pathlib import Path

    from actors.repository.connection import Connection
    from scooty.config import BurstLimit, Settings
    from scooty.database_settings import Database
    from scooty.storage import Storage

__all__ = ["child_specs", "run_bot", "storage_specs"]

_DATABASE_CONNECTIONS: Final = 8
_API_CONNECTIONS: Final = 16
"""More, because each call also waits for the way there and back."""
_DESK_CONCURRENCY: Final = 64
_MAILBOX: Final = 256
_HUNG_AFTER_S: Final = 8.0
"""Longer than any database deadline, short enough to matter between pairings and first card."""
_OBSERVER_MAILBOX: Final = 2_000
_UNTIL_IT_IS_NEEDED_S: Final = 10 * 365 * 86_400.0
"""A stand-by waits for as long as the other process lives."""
_IDENTIFY_BACKOFF: Final = Backoff(first_s=5.0, factor=2.0, max_s=60.0, jitter=0.2)
"""A new client means a new IDENTIFY, of which Discord allows 1,000 a day."""


def run_bot(settings: Settings, *, sandbox: bool) -> int:
    """Run the whole bot until it is told to stop.

    Returns:
        The process's exit code.
    """
    system = ActorSystem(
        intensity=RestartIntensity(restarts=5, within_s=30.0),
        drain_budget_s=10.0,
        loop_factory=fastest_loop(),
    )
    return system.run(child_specs(settings, system, sandbox=sandbox))


def child_specs(
    settings: Settings, system: ActorSystem, *, sandbox: bool = False
) -> tuple[ChildSpec, ...]:
    """Say which actors exist under ``settings``; the gateway's token must be set."""
    storage = _storage(settings, system)
    return (
        *(_sandbox(settings) if sandbox else ()),
        *storage_specs(settings),
        *_limits(settings),
        *_at_work(settings, system),
        _outbox(settings, system, storage),
        *(_demo(storage) if sandbox else ()),
        *_people(settings, system, storage),
        *_jobs(settings, system),
        *_operations(settings, system),
    )


def storage_specs(settings: Settings, *, starts_server: bool = True) -> tuple[ChildSpec, ...]:
    """Say which actors are the database.

    Args:
        settings: They name it.
        starts_server: False where the embedded one is known to run already.
    """
    directory = settings.state_dir / "postgres"
    database = choose_database(settings)
    owns_server = starts_server and isinstance(database, Embedded)
    repository = ChildSpec(
        name="repository",
        start=lambda: Repository(_connection(database, directory)),
        after=("postgres",) if owns_server else (),
        concurrency=_DESK_CONCURRENCY,
        mailbox_size=_MAILBOX,
        handle_timeout_s=_HUNG_AFTER_S,
        start_timeout_s=30.0,
    )
    if not owns_server:
        return (repository,)
    postgres = ChildSpec(
        name="postgres",
        start=lambda: PostgresServer(directory=directory),
        handle_timeout_s=_HUNG_AFTER_S,
        start_timeout_s=30.0,
        stop_timeout_s=10.0,
    )
    return (postgres, repository)


def _connection(database: Database, directory: Path) -> Connection:
    match database:
        case GivenSupabase():
            project = supabase_project(
                url=database.url,
                key=database.key,
                key_setting=database.key_setting,
                db_key=database.db_key,
            )
            return SupabaseConnection(
                project=project, migrations=MIGRATIONS, connections=_API_CONNECTIONS
            )
        case GivenPostgres(url=dsn):
            pass
        case Embedded():
            dsn = SecretStr(dsn_for(directory))
        case _:
            assert_never(database)
    return PostgresConnection(dsn=dsn, migrations=MIGRATIONS, connections=_DATABASE_CONNECTIONS)


def _at_work(settings: Settings, system: ActorSystem) -> tuple[ChildSpec, ...]:
    leases = SqlLeases(system.address("repository"))
    # Nobody else can use the embedded database, so a crashed process need not wait for itself.
    alone = isinstance(choose_database(settings), Embedded)
    owner = "embedded" if alone else settings.instance or f"{gethostname()}-{uuid4()}"
    return (
        ChildSpec(
            name="lease",
            start=lambda: LeaseHolder(store=leases, name="shard 0", owner=owner),
            after=("repository",),
            handle_timeout_s=_HUNG_AFTER_S,
            start_timeout_s=_UNTIL_IT_IS_NEEDED_S,
        ),
    )


def _storage(settings: Settings, system: ActorSystem) -> Storage:
    """Return the one way to the database: the cache is right because all writes pass through it."""
    storage = SqlStorage(system.address("repository"))
    if settings.redis_url is None:
        return storage
    return CachedStorage(storage, cache=system.address("cache"))


def _outbox(settings: Settings, system: ActorSystem, storage: Storage) -> ChildSpec:
    return ChildSpec(
        name="outbox",
        start=lambda: Outbox(
            directory=settings.state_dir / "outbox",
            storage=storage,
            gateway=system.address("gateway"),
            limit=settings.outbox_limit,
        ),
        after=("repository", "cache"),
        concurrency=_DESK_CONCURRENCY,
        mailbox_size=_MAILBOX,
        handle_timeout_s=_HUNG_AFTER_S,
    )


def _limits(settings: Settings) -> tuple[ChildSpec, ...]:
    url = settings.redis_url
    limits = (
        _limit(COMMAND_LIMIT, settings.command_limit),
        _limit(AUTOCOMPLETE_LIMIT, settings.autocomplete_limit),
        _limit(GUILD_LIMIT, settings.guild_limit),
    )
    return (
        ChildSpec(
            name="cache",
            start=lambda: Cache(url=url),
            concurrency=32,
            mailbox_size=_MAILBOX,
            handle_timeout_s=_HUNG_AFTER_S,
        ),
        ChildSpec(
            name="rate_limiter",
            start=lambda: RateLimiter(url=url, limits=limits),
            concurrency=32,
            mailbox_size=_MAILBOX,
            handle_timeout_s=_HUNG_AFTER_S,
        ),
    )


def _limit(name: str, limit: BurstLimit) -> Limit:
    return Limit(name=name, capacity=limit.burst, refill_per_s=limit.per_minute / 60)


def _people(settings: Settings, system: ActorSystem, storage: Storage) -> tuple[ChildSpec, ...]:
    token = settings.discord_token
    assert token is not None  # noqa: S101 - the command line has refused this with a sentence
    gateway, desk = system.address("gateway"), system.address("desk")
    contacts = Contacts()
    ports = Ports(
        storage=OutboxStorage(storage, outbox=system.address("outbox"), contacts=contacts),
        at_hand=storage.at_hand if isinstance(storage, CachedStorage) else NothingAtHand(),
        contacts=contacts,
        health=_health(system),
        jobs=ActorJobs(
            scheduler=system.address("scheduler"),
            names=tuple(job.name for job in _timetable(settings)),
        ),
    )
    return (
        ChildSpec(
            name="desk",
            start=lambda: Desk(
                gateway=gateway,
                limiter=system.address("rate_limiter"),
                ports=ports,
                observer=system.address("observer"),
            ),
            after=("gateway", "outbox"),
            concurrency=_DESK_CONCURRENCY,
            mailbox_size=_MAILBOX,
            handle_timeout_s=_HUNG_AFTER_S,
        ),
        ChildSpec(
            name="gateway",
            start=lambda: DiscordGateway(
                token=token,
                interactions=desk,
                commands=DECLARATIONS,
                guild_id=settings.discord_guild_id,
                base_url=settings.discord_base,
            ),
            after=("lease", "cache", "rate_limiter"),
            concurrency=_DESK_CONCURRENCY,
            mailbox_size=_MAILBOX,
            backoff=_IDENTIFY_BACKOFF,
            handle_timeout_s=_HUNG_AFTER_S,
        ),
    )


def _jobs(settings: Settings, system: ActorSystem) -> tuple[ChildSpec, ...]:
    repository = system.address("repository")
    clock, log = SystemClock(), get_logger("scooty.jobs")
    work: dict[str, JobWork] = {
        "heartbeat": partial(heartbeat, health=_health(system)),
        "outbox_check": partial(
            outbox_check, outbox=system.address("outbox"), clock=clock, log=log
        ),
        "close_idle_events": partial(close_idle_events, repository=repository),
        "secrets_age": partial(
            secrets_age, rotated_on=settings.secrets_rotated_on, clock=clock, log=log
        ),
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
                jobs=_timetable(settings),
                ledger=SqlLedger(repository),
                runner=system.address("jobs"),
                owner=f"{gethostname()}-{uuid4()}",
            ),
            after=("jobs",),
            concurrency=8,
            handle_timeout_s=_HUNG_AFTER_S,
        ),
    )


def _timetable(settings: Settings) -> tuple[Job, ...]:
    try:
        return timetable(settings.job_times, timezone=settings.timezone)
    except SpecError as error:
        raise ConfigError(f"SCOOTY_JOBS cannot be used: {error}.") from None


def _health(system: ActorSystem) -> ActorHealth:
    return ActorHealth(
        supervisor=system.supervisor,
        gateway=system.address("gateway"),
        repository=system.address("repository"),
        cache=system.address("cache"),
        outbox=system.address("outbox"),
    )


def _operations(settings: Settings, system: ActorSystem) -> tuple[ChildSpec, ...]:
    parts = Parts(
        supervisor=system.supervisor,
        gateway=system.address("gateway"),
        repository=system.address("repository"),
        cache=system.address("cache"),
        observer=system.address("observer"),
        outbox=system.address("outbox"),
    )
    # Drills are for this machine; a platform's checks and Prometheus come from outside.
    host = "127.0.0.1" if settings.drills else "0.0.0.0"  # noqa: S104 - nothing secret is served
    return (
        ChildSpec(
            name="observer",
            start=lambda: Observer(gateway=system.address("gateway")),
            concurrency=2,
            mailbox_size=_OBSERVER_MAILBOX,
            overflow="drop_old",
            handle_timeout_s=_HUNG_AFTER_S,
        ),
        ChildSpec(
            name="web",
            start=lambda: Web(parts=parts, drills=settings.drills),
            concurrency=8,
            handle_timeout_s=_HUNG_AFTER_S,
        ),
        ChildSpec(
            name="http_server",
            start=lambda: HttpServer(host=host, port=settings.port, handler=system.address("web")),
            after=("web",),
            handle_timeout_s=_HUNG_AFTER_S,
        ),
    )


def _sandbox(settings: Settings) -> tuple[ChildSpec, ...]:
    return (
        ChildSpec(
            name="sandbox",
            start=lambda: SandboxProcess(
                port=settings.sandbox_port,
                drills_port=settings.port,
                state_dir=settings.state_dir / "sandbox",
            ),
            start_timeout_s=20.0,
            handle_timeout_s=_HUNG_AFTER_S,
        ),
    )


def _demo(storage: Storage) -> tuple[ChildSpec, ...]:
    return (
        ChildSpec(
            name="demo",
            start=lambda: DemoEvent(storage=storage),
            after=("repository", "cache"),
            handle_timeout_s=_HUNG_AFTER_S,
        ),
    )
